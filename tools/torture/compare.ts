import { type ActId, readHead } from '@entente/protocol';
import { readEnvelope } from '@entente/wire';
import { type Database, openDatabase } from '../../packages/station/src/store/database.ts';
import { parties, type Party, other } from './found-stations.ts';

import { waitUntil } from './wait-until.ts';

/** What one side has said, in order; what it tried to say and does not know whether it was kept. */
export interface Spoken {
  /** Authorised for certain, by kind, in order: acts of one kind are equally urgent. */
  readonly authorised: ReadonlyMap<string, readonly ActId[]>;
  /** Tried, and the answer was lost. */
  readonly uncertain: ReadonlySet<ActId>;
}

/** Both databases at the end of a run. */
export type Databases = Readonly<Record<Party, Database>>;

interface Head {
  readonly size: number;
  /** Where the last act ends that is more than a receipt: by a folder or a stick, receipts of receipts never come. */
  readonly owed: number;
  readonly cosigned: number;
  /** How much of the other's channel its last entry had seen. */
  readonly seen: number;
  readonly stopped: string | null;
  readonly root: string;
}

export async function openDatabases(urls: Readonly<Record<Party, string>>): Promise<Databases> {
  return { fr: await openDatabase(urls.fr, 2), ma: await openDatabase(urls.ma, 2) };
}

/**
 * Waits until nothing waits, both hold both channels to the end, and each holds the other's cosignature of its last entry;
 * where nobody dials, of its last act.
 */
export async function quiet(databases: Databases, milliseconds: number, dialled = true): Promise<void> {
  let last = '';
  try {
    await waitUntil('both channels are level', milliseconds, async () => {
      // What waits is looked at first: an act that leaves the outbox in between stands in the channel that is looked at next.
      const waiting = await Promise.all(parties.map((party) => waits(databases[party])));
      const state = await Promise.all(
        parties.flatMap((owner) => [owner, other(owner)].map((at) => headOf(databases[at], owner))),
      );
      const [frAtFr, frAtMa, maAtMa, maAtFr] = state;
      last = JSON.stringify({ frAtFr, frAtMa, maAtMa, maAtFr, waiting });
      return (
        waiting.every((count) => count === 0) &&
        isLevel(frAtFr, frAtMa, dialled) &&
        isLevel(maAtMa, maAtFr, dialled) &&
        (!dialled || (owesNothing(frAtFr, maAtFr) && owesNothing(maAtMa, frAtMa)))
      );
    });
  } catch (cause) {
    throw new Error(`the channels do not come level: ${last}`, { cause });
  }
}

function isLevel(own: Head | undefined, held: Head | undefined, dialled: boolean): boolean {
  if (own === undefined || held === undefined || own.size !== held.size) return false;
  return own.cosigned >= (dialled ? own.size : own.owed);
}

/** Whether a party has logged the receipt of the last act that it holds of the other's: else one more entry is to come. */
function owesNothing(own: Head | undefined, theirs: Head | undefined): boolean {
  return own !== undefined && theirs !== undefined && own.seen >= theirs.owed;
}

async function headOf(database: Database, owner: Party): Promise<Head | undefined> {
  const { rows } = await database.query<Head>(
    `select size, cosigned_size as cosigned, last_seen as seen, stopped, encode(root, 'hex') as root,
            coalesce((select index from entry e where e.channel = c.channel and not heads order by index desc limit 1), -1) + 1 as owed
     from channel c where owner = $1 order by epoch desc limit 1`,
    [owner],
  );
  return rows[0];
}

/** How many entries a party's channel has, in its own database. */
export async function sizeOf(databases: Databases, owner: Party): Promise<number> {
  return (await headOf(databases[owner], owner))?.size ?? 0;
}

async function waits(database: Database): Promise<number> {
  // What waits, and the receipt that is owed where the counterpart has said more than receipts since our last entry.
  const { rows } = await database.query<{ count: number }>(
    `select ((select count(*) from outbox where held is null) +
             (select count(*) from channel mine, channel theirs where mine.own and not theirs.own and exists
               (select from entry where channel = theirs.channel and index >= mine.last_seen and not heads)))::int as count`,
  );
  return rows[0]?.count ?? 0;
}

/** How much of our channel the counterpart had seen when it answered an act that came ahead; undefined where it did not. */
export async function seenWhenAnswered(database: Database, act: ActId): Promise<number | undefined> {
  const { rows } = await database.query<{ seen: number; envelope: Uint8Array }>(
    `select seen, envelope from entry join channel using (relation, channel) where not own and not heads order by index`,
  );
  return rows.find(({ envelope }) => {
    const { type, inputs } = readHead(readEnvelope(envelope).headBytes);
    return type === 'relation/express-receipt' && inputs['act'] === act;
  })?.seen;
}

/** Where an act stands in its channel; beyond everything where it does not. */
export async function placeOf(database: Database, act: ActId): Promise<number> {
  const { rows } = await database.query<{ index: number }>(`select index from entry where act = decode($1, 'hex')`, [
    act,
  ]);
  return rows[0]?.index ?? Infinity;
}

/** Everything that must hold once both are level, however it came about. @returns what does not, in words */
export async function differences(
  databases: Databases,
  spoken: Readonly<Record<Party, Spoken>>,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const owner of parties) {
    wrong.push(...(await unlike(databases, owner)));
    wrong.push(...(await misplaced(databases[owner], owner, spoken[owner])));
  }
  for (const party of parties) wrong.push(...(await astray(databases[party], party)));
  return wrong;
}

/** Every column of every entry that both must hold alike: bytes, leaves, times, what was seen, order, judgement. */
const likened = `index, time, seen, rank, encode(act, 'hex') as act, encode(leaf, 'hex') as leaf,
  encode(dossier, 'hex') as dossier, register, heads, verdict, encode(sha256(envelope), 'hex') as envelope,
  encode(sha256(body), 'hex') as body`;

async function unlike(databases: Databases, owner: Party): Promise<readonly string[]> {
  const [own, held] = [await headOf(databases[owner], owner), await headOf(databases[other(owner)], owner)];
  const wrong: string[] = [];
  if (own?.root !== held?.root) wrong.push(`the root of ${owner}'s channel is not the same on both sides`);
  for (const stopped of [own?.stopped, held?.stopped])
    if (stopped) wrong.push(`${owner}'s channel is stopped: ${stopped}`);
  const size = own?.size ?? 0;
  const step = 2000;
  for (let from = 0; from < size; from += step) {
    const [here, there] = await Promise.all(
      [owner, other(owner)].map((at) =>
        databases[at].query<{ index: number }>(
          `select ${likened} from entry where channel = (select channel from channel where owner = $1 order by epoch desc limit 1)
           and index >= $2 and index < $3 order by index`,
          [owner, from, from + step],
        ),
      ),
    );
    const expected = Math.min(step, size - from);
    if (here?.rows.length !== expected || there?.rows.length !== expected)
      wrong.push(`${owner}'s channel has holes after ${from}`);
    for (const [at, row] of here?.rows.entries() ?? []) {
      const theirs = JSON.stringify(there?.rows[at]);
      if (theirs !== JSON.stringify(row))
        wrong.push(`entry ${row.index} of ${owner}: ${JSON.stringify(row)} here, ${theirs} there`);
      if (wrong.length > 5) return wrong;
    }
  }
  return wrong;
}

/** Acts lost, doubled, reordered, or without effect, against what was said. */
async function misplaced(
  database: Database,
  owner: Party,
  { authorised, uncertain }: Spoken,
): Promise<readonly string[]> {
  const { rows } = await database.query<{ act: ActId; index: number; verdict: string | null }>(
    `select encode(act, 'hex') as act, index, verdict from entry
     where channel = (select channel from channel where owner = $1 order by epoch desc limit 1) order by index`,
    [owner],
  );
  const places = new Map<ActId, number>();
  const wrong: string[] = [];
  for (const { act, index, verdict } of rows) {
    if (places.has(act)) wrong.push(`${owner}: act ${act} stands twice, at ${places.get(act)} and ${index}`);
    places.set(act, index);
    if (verdict !== null) wrong.push(`${owner}: entry ${index} is without effect: ${verdict}`);
  }
  const known = new Set<ActId>(uncertain);
  for (const [kind, acts] of authorised) {
    let before = -1;
    for (const act of acts) {
      const place = places.get(act);
      if (place === undefined) wrong.push(`${owner}: the ${kind} act ${act} is lost`);
      else if (place < before)
        wrong.push(`${owner}: the ${kind} act ${act} stands at ${place}, before one said earlier`);
      before = place ?? before;
      known.add(act);
    }
  }
  for (const { act, type } of await headsOf(
    database,
    [...places.keys()].filter((id) => !known.has(id)),
  )) {
    if (!byItself.has(type)) wrong.push(`${owner}: nobody said the ${type} act ${act}`);
  }
  return wrong.slice(0, 8);
}

/** What a station says by itself, and what was said before the first kill. */
const byItself: ReadonlySet<string> = new Set([
  'relation/heads',
  'relation/express-receipt',
  'relation/attachment-receipt',
  'relation/digest',
  'relation/officer-key',
  'relation/sealing-key',
]);

async function headsOf(database: Database, acts: readonly ActId[]): Promise<readonly { act: ActId; type: string }[]> {
  const { rows } = await database.query<{ act: ActId; envelope: Uint8Array }>(
    `select encode(act, 'hex') as act, envelope from entry where act = any($1::bytea[])`,
    [acts.map((act) => Buffer.from(act, 'hex'))],
  );
  return rows.map(({ act, envelope }) => ({ act, type: readHead(readEnvelope(envelope).headBytes).type }));
}

/** What a station must have none of after a run without fraud. */
async function astray(database: Database, party: Party): Promise<readonly string[]> {
  const { rows: alarms } = await database.query<{ kind: string; what: string }>('select kind, what from alarm limit 5');
  const { rows: held } = await database.query<{ held: string; count: number }>(
    'select held, count(*)::int as count from outbox where held is not null group by 1',
  );
  return [
    ...alarms.map(({ kind, what }) => `${party} raised an alarm: ${kind}: ${what}`),
    ...held.map(({ held: reason, count: acts }) => `${party} holds back ${acts} acts: ${reason}`),
  ];
}
