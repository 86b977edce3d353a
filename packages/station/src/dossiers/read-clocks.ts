import {
  type ActId,
  type ClockReading,
  type ClockRun,
  type DossierState,
  type Head,
  type Instant,
} from '@entente/protocol';
import type { Crypto } from '@entente/wire';
import type { Relation } from '../custody/relation.ts';
import { readAct } from '../exchange/weigh-entry.ts';
import type { Database, Queryable } from '../store/database.ts';
import { readActPlaces } from '../store/dossiers.ts';
import { readHeldChannels } from '../store/folding.ts';
import { type ActPlace, readActTimes } from './act-times.ts';
import { isOpen, readRun } from './read-run.ts';

/** One run of a clock as it reads at an instant. */
export interface RunReading {
  readonly run: ClockRun;
  readonly reading: ClockReading;
}

/**
 * The clocks of dossiers as they read at an instant, each dossier's by name: of several runs of one clock the one that is open,
 * else the last. A pure function of what is held and of the instant (PROTOCOL §3.5).
 * @returns in the order of the states, read with as many statements as for one
 */
export async function readClocks(
  { database, crypto }: { readonly database: Database; readonly crypto: Crypto },
  relation: Relation,
  states: readonly DossierState[],
  at: Instant,
): Promise<readonly ReadonlyMap<string, ClockReading>[]> {
  const runs = states.flatMap(({ clocks }) => clocks);
  const readings = new Map(
    (await readRuns(database, crypto, relation, runs, at)).map(({ run, reading }) => [run, reading]),
  );
  return states.map(({ clocks }) => {
    const openLast = clocks.toSorted((one, other) => Number(isOpen(one)) - Number(isOpen(other)));
    return new Map(
      openLast.flatMap((run) => {
        const reading = readings.get(run);
        return reading === undefined ? [] : [[run.clock, reading] as const];
      }),
    );
  });
}

/** Reads runs of clocks, of one dossier or of many. */
export async function readRuns(
  queryable: Queryable,
  crypto: Crypto,
  relation: Relation,
  runs: readonly ClockRun[],
  at: Instant,
): Promise<readonly RunReading[]> {
  if (runs.length === 0) return [];
  const channels = await readHeldChannels(queryable, relation.number);
  const rows = await readActPlaces(queryable, relation.number, [...new Set(runs.flatMap(actsOf))]);
  const heads = new Map<ActId, Head>();
  const places: ActPlace[] = [];
  for (const { own, index, envelope } of rows) {
    const { id, head } = readAct(crypto, envelope, undefined);
    if (head === undefined) continue;
    heads.set(id, head);
    places.push({ id, own, index });
  }
  const cut = { own: channels.own.size, theirs: channels.theirs.size };
  const times = await readActTimes(queryable, relation.number, channels, cut, places);
  return runs.flatMap((run) => {
    const trigger = heads.get(run.trigger);
    const reading = trigger && readRun(relation, run, trigger, times, at);
    return reading === undefined ? [] : [{ run, reading }];
  });
}

/** The acts a run speaks of. */
export function actsOf(run: ClockRun): readonly ActId[] {
  return [run.trigger, ...run.moves.map(({ act }) => act)];
}
