import type { Keystore } from '../adapters/keystore.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { destroyOldSealing, rotateSealing } from '../custody/rotate-sealing.ts';
import type { Jobs, Round } from './webhooks.ts';

/** The jobs that make a new sealing key for each relation every month, and destroy those nobody needs any more every night. */
export function sealingJobs(
  parts: Parts,
  relations: readonly Relation[],
  keystore: Keystore,
): { readonly jobs: Jobs; readonly rounds: readonly Round[] } {
  return {
    jobs: {
      'rotate-sealing': async () => {
        for (const relation of relations) await rotateSealing(parts, relation, keystore);
      },
      'destroy-sealing': async () => {
        for (const relation of relations) await destroyOldSealing(parts, relation, keystore);
      },
    },
    rounds: [
      { job: 'rotate-sealing', match: '10 3 1 * *' },
      { job: 'destroy-sealing', match: '40 3 * * *' },
    ],
  };
}
