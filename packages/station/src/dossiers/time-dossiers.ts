import type { ActId, ClockRun, DossierId, Head, Instant } from '@entente/protocol';
import { tracks } from '@entente/tracks';
import { readAct } from '../exchange/weigh-entry.ts';
import { readToldSteps } from '../store/clock-steps.ts';
import type { Transaction } from '../store/database.ts';
import {
  type DossierClocks,
  type DossierTimes,
  readActPlaces,
  readDossierClocks,
  writeTimes,
} from '../store/dossiers.ts';
import type { HeldChannels, Sizes } from '../store/folding.ts';
import { type ActPlace, readActTimes } from './act-times.ts';
import type { Folding } from './folding.ts';
import { actsOf } from './read-clocks.ts';
import { isOpen, type ReadingsByStart } from './read-run.ts';
import { timesOfRuns } from './times-of-runs.ts';

/** Reads the clocks of dossiers anew whose acts were just received: nothing but deadlines can have changed. */
export async function timeDossiers(
  transaction: Transaction,
  { crypto, relation }: Folding,
  channels: HeldChannels,
  cut: Sizes,
  at: Instant,
  dossiers: readonly DossierId[],
): Promise<void> {
  if (dossiers.length === 0) return;
  const rows = await readDossierClocks(transaction, relation.number, dossiers);
  const acts = rows.flatMap(({ clocks }) => clocks.filter(isOpen).flatMap(actsOf));
  const heads = new Map<ActId, Head>();
  const places: ActPlace[] = [];
  const triggers = new Set(rows.flatMap(({ clocks }) => clocks.map(({ trigger }) => trigger)));
  for (const { act, own, index, envelope } of await readActPlaces(transaction, relation.number, [...new Set(acts)])) {
    places.push({ id: act, own, index });
    const { head } = triggers.has(act) ? readAct(crypto, envelope, undefined) : { head: undefined };
    if (head !== undefined) heads.set(act, head);
  }
  const times = await readActTimes(transaction, relation.number, channels, cut, places);
  const told = await readToldSteps(transaction, relation.number, dossiers);
  const readings: ReadingsByStart = new Map();
  const timed = rows.flatMap(({ dossier, track: name, version, clocks }: DossierClocks): readonly DossierTimes[] => {
    const track = tracks.find((one) => one.name === name && one.version === version);
    if (track === undefined) return [];
    const head = (run: ClockRun): Head | undefined => heads.get(run.trigger);
    return [
      { dossier, ...timesOfRuns(relation, track, clocks, head, { times, readings, told: told.get(dossier), at }) },
    ];
  });
  await writeTimes(transaction, relation.number, timed);
}
