import type { Log } from '../adapters/log.ts';
import type { BlindStation } from '../blind/blind-station.ts';
import { removeOldSets } from '../blind/remove-old-sets.ts';
import { refreshSets } from '../blind/refresh-sets.ts';
import { takeBlindActs } from '../blind/take-blind-acts.ts';
import type { Relation } from '../custody/relation.ts';
import { Bell, listenForEvents, pause } from './bell.ts';
import type { Jobs, Round } from './webhooks.ts';

/** Blind checks under way. */
export interface BlindLoop {
  /** Takes in what just came, at once: an answer then leaves with the receipt. Never fails. */
  take(relation: Relation): Promise<void>;
  /** Lets the pieces at hand end. */
  stop(): Promise<void>;
}

// Where a notice was lost, or another process was killed at work, the channel is looked at all the same.
const lookAgain = 5000;
const afterDefect = 1000;

/** Answers the counterparts' queries and settles ours as the channels grow, until stopped. */
export function startBlindLoop(station: BlindStation, relations: readonly Relation[], log: Log): BlindLoop {
  const stopped = new AbortController();
  const bell = new Bell();
  const listening = listenForEvents(station.parts.database, bell, stopped.signal);
  const takers = new Map(relations.map((relation) => [relation, sharing(() => takeBlindActs(station, relation))]));
  const loops = [...takers].map(([relation, take]) => run(take, relation, bell, log, stopped.signal));
  const taking = new Set<Promise<void>>();
  return {
    take: async (relation) => {
      const take = takers.get(relation);
      if (stopped.signal.aborted || take === undefined) return;
      const taken = take().then(
        () => undefined,
        (error: unknown) => log.defect('blind checks were not taken in', error, { relation: relation.name }),
      );
      taking.add(taken);
      await taken;
      taking.delete(taken);
    },
    stop: async () => {
      stopped.abort();
      bell.ring();
      await Promise.all([...loops, ...taking, listening]);
    },
  };
}

/**
 * Runs one at a time: who calls while one runs shares the next with all who do. The loop and whoever has just taken a parcel
 * in call at once, and would only wait for each other's row.
 */
function sharing<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | undefined;
  let next: Promise<Result> | undefined;
  const start = (): Promise<Result> => {
    next = undefined;
    running = work().finally(() => (running = undefined));
    return running;
  };
  return () => (next ??= running?.then(start, start)) ?? start();
}

async function run(
  take: () => Promise<boolean>,
  relation: Relation,
  bell: Bell,
  log: Log,
  over: AbortSignal,
): Promise<void> {
  while (!over.aborted) {
    const heard = bell.next();
    let rest = lookAgain;
    try {
      if (await take()) continue;
    } catch (error) {
      log.defect('blind checks were not taken in', error, { relation: relation.name });
      rest = afterDefect;
    }
    await Promise.race([heard, pause(rest, over)]);
  }
}

/** The job that publishes sets anew before they are too old, and removes those that are past audit, every night. */
export function blindJobs(
  station: BlindStation,
  relations: readonly Relation[],
): { readonly jobs: Jobs; readonly rounds: readonly Round[] } {
  return {
    jobs: {
      'refresh-blind-sets': async () => {
        for (const relation of relations) {
          await refreshSets(station, relation);
          await removeOldSets(station, relation);
        }
      },
    },
    rounds: [{ job: 'refresh-blind-sets', match: '20 2 * * *' }],
  };
}
