import { join } from 'node:path';
import type { Identity } from '@entente/matching';
import { blobsFolder } from '../../packages/station/src/adapters/blobs-folder.ts';
import { houseKeys, type Keystore } from '../../packages/station/src/adapters/keystore.ts';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { sodiumGroup } from '../../packages/station/src/adapters/sodium-group.ts';
import type { BlindStation } from '../../packages/station/src/blind/blind-station.ts';
import { prepareCheck } from '../../packages/station/src/blind/prepare-check.ts';
import { publishSet } from '../../packages/station/src/blind/publish-set.ts';
import type { Parts, Relation } from '../../packages/station/src/custody/relation.ts';
import { sealingKeysOf } from '../../packages/station/src/custody/sealing-keys.ts';
import { readCheck } from '../../packages/station/src/store/blind-checks.ts';
import { listBlindSets } from '../../packages/station/src/store/blind.ts';
import { type Officer, sendPrepared } from './fill-outbox.ts';

export const purpose = 'leads/investigation';

/** What a bench's station does of blind checks when asked. */
export interface BlindSide {
  readonly parts: Parts;
  readonly relation: Relation;
  readonly keystore: Keystore;
  readonly home: string;
  readonly officer: Officer;
  /** Until the counterpart has said more than it had when this was asked. */
  readonly untilHeard: () => Promise<void>;
}

/** Publishes so many invented persons. @returns seconds, and tags before padding */
export async function publishInvented(
  side: BlindSide,
  count: number,
): Promise<{ readonly seconds: number; readonly tags: number; readonly pages: number }> {
  async function* invented(): AsyncGenerator<Identity, void, undefined> {
    for (let number = 0; number < count; number += 1) yield personOf(number);
  }
  const begun = performance.now();
  const { tags, pages } = await publishSet(await stationOf(side), side.relation, purpose, invented());
  return { seconds: (performance.now() - begun) / 1000, tags, pages };
}

/** Waits until the counterpart's table is here and has been held against its root. @returns seconds */
export async function awaitTable({ parts, relation }: BlindSide, pages: number): Promise<number> {
  const begun = performance.now();
  for (;;) {
    const sets = await listBlindSets(parts.database, relation.number, false, purpose);
    if (sets.some((set) => set.pages === pages && set.holds === true)) return (performance.now() - begun) / 1000;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Asks one after the other: every second person is watched. @returns milliseconds from the officer's click to the outcome */
export async function askInvented(side: BlindSide, runs: number, watched: number): Promise<readonly number[]> {
  const station = await stationOf(side);
  const { parts, relation, officer } = side;
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const number = run % 2 === 0 ? Math.floor(Math.random() * watched) : watched + run;
    const begun = performance.now();
    const author = { officer: 1, function: 'duty-officer', pseudonym: officer.pseudonym };
    const wanted = { purpose, legalBasis: 'SAFE-37b', identity: personOf(number) } as const;
    const prepared = await prepareCheck(station, relation, author, wanted);
    await sendPrepared(parts, relation, officer, prepared);
    // Asking all the time would take from the station what is measured.
    await side.untilHeard();
    for (;;) {
      const check = await readCheck(parts.database, relation.number, prepared.act);
      if (check?.state === (run % 2 === 0 ? 'hit' : 'no-hit')) break;
      if (check?.state !== 'asked') throw new Error(`check ${prepared.act} came to ${check?.state}: ${check?.reason}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    times.push(performance.now() - begun);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return times;
}

async function stationOf({ parts, relation, keystore, home }: BlindSide): Promise<BlindStation> {
  const [storage] = await keystore.readSealing(houseKeys);
  if (storage === undefined) throw new Error('a station that serves has its storage key');
  const custody = {
    database: parts.database,
    blobs: blobsFolder(join(home, 'blobs')),
    parts: join(home, 'parts'),
    crypto: nodeCrypto,
    storage,
    openWithSealingKey: sealingKeysOf(parts, [relation]),
    now: () => parts.clock.now(),
  };
  return { parts, custody, keystore, group: await sodiumGroup() };
}

const syllables = [
  'ba',
  'ri',
  'mo',
  'tal',
  'ken',
  'sou',
  'der',
  'fi',
  'gan',
  'lou',
  'mer',
  'nas',
  'po',
  'ver',
  'zi',
  'ha',
];

/** The same person for the same number: three names and a birth date. */
function personOf(number: number): Identity {
  const names = [number, number * 7919, number * 104_729].map((seed, at) => nameOf(seed + at * 31));
  const year = 1940 + (number % 65);
  const month = String(1 + (number % 12)).padStart(2, '0');
  const day = String(1 + (number % 28)).padStart(2, '0');
  return { names: [names.join(' ')], births: [`${year}-${month}-${day}`] };
}

function nameOf(seed: number): string {
  let name = '';
  for (let rest = seed % 65_536, at = 0; at < 4; at += 1, rest = Math.floor(rest / 16))
    name += syllables[rest % 16] ?? '';
  return name.charAt(0).toUpperCase() + name.slice(1);
}
