import type { Log } from '../adapters/log.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { compareDigests } from '../dossiers/compare-digests.ts';
import { type Folding, openFolding } from '../dossiers/folding.ts';
import { foldDossiers } from '../dossiers/fold-dossiers.ts';
import { whatWaits } from '../store/folding.ts';
import { Bell, listenForEvents, pause } from './bell.ts';

/** Folding under way; stopping lets the piece being folded end. */
export interface FoldLoop {
  stop(): Promise<void>;
}

// Where a notice was lost, or another process was folding and was killed, the channels are looked at all the same.
const lookAgain = 5000;
const afterDefect = 1000;
// It rests before the first piece too: an act that comes alone is on its way to its receipt, a blind check to its answer, and
// folding beside them would take the processors that they need.
// What comes while it rests is folded in one piece: an exchange that goes on costs a folding now and then, not one a parcel;
// and as a dossier is folded whole, one of thousands of acts that goes on growing is folded the less often the longer it takes.
const leastRest = 200;

/** Folds every relation's dossiers as its channels grow, apart from the exchange, until stopped. */
export async function startFolding(parts: Parts, relations: readonly Relation[], log: Log): Promise<FoldLoop> {
  const stopped = new AbortController();
  const bell = new Bell();
  const listening = listenForEvents(parts.database, bell, stopped.signal);
  const loops = relations.map((relation) => run(parts, openFolding(parts.crypto, relation), bell, log, stopped.signal));
  return {
    stop: async () => {
      stopped.abort();
      bell.ring();
      await Promise.all([...loops, listening]);
    },
  };
}

async function run(parts: Parts, folding: Folding, bell: Bell, log: Log, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    const heard = bell.next();
    let rest = lookAgain;
    try {
      const waits = await whatWaits(parts.database, folding.relation.number);
      if (waits.entries) {
        const begun = performance.now();
        const folded = await foldDossiers(parts, folding);
        if (folded.kind === 'folded') {
          if (!folded.isFull) await pause(Math.max(leastRest, performance.now() - begun), over);
          continue;
        }
      } else if (waits.digest) await compareDigests(parts, folding);
    } catch (error) {
      log.defect('dossiers were not folded', error, { relation: folding.relation.name });
      rest = afterDefect;
    }
    await Promise.race([heard, pause(rest, over)]);
    await pause(leastRest, over);
  }
}
