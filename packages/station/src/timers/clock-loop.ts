import type { Parts, Relation } from '../custody/relation.ts';
import { announceDigest } from '../dossiers/announce-digest.ts';
import { reachClocks } from '../dossiers/reach-clocks.ts';
import { tellLateReviews } from '../release/tell-late-reviews.ts';
import { nextStepDue } from '../store/clock-steps.ts';
import type { Jobs, Round } from './webhooks.ts';

/**
 * The jobs of legal time: tell of clocks that reach an escalation or their end and of late reviews, and once a day tell the counterpart our
 * digest. A clock's steps stand in our own tables and are read by the station's clock; a job only looks.
 */
export function clockJobs(
  parts: Parts,
  relations: readonly Relation[],
): { readonly jobs: Jobs; readonly rounds: readonly Round[] } {
  return {
    jobs: {
      'reach-clocks': () => reachAll(parts, relations),
      'announce-digests': async () => {
        for (const relation of relations) await announceDigest(parts, relation, 'daily');
      },
    },
    rounds: [
      { job: 'reach-clocks', match: '* * * * *' },
      { job: 'announce-digests', match: '41 * * * *' },
    ],
  };
}

const round = 50_000;

/** Tells what is due, then waits for what falls due before the next round. */
async function reachAll(parts: Parts, relations: readonly Relation[]): Promise<void> {
  const until = performance.now() + round;
  for (;;) {
    for (const relation of relations) {
      await reachClocks(parts, relation);
      await tellLateReviews(parts, relation);
    }
    const due = await nextStepDue(parts.database);
    const wait = due === undefined ? Infinity : Math.max(100, due - parts.clock.now());
    if (performance.now() + wait > until) return;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
