import type { ActId, Instant, PartyId, Sha256Hex } from '@entente/protocol';
import type { Channel } from './channels.ts';
import type { Queryable } from './database.ts';
import { type Entry, entryOf, type EntryRow } from './entries.ts';

/** A root-signed notice as it is kept. */
export interface NoticeRecord {
  readonly hash: Sha256Hex;
  readonly party: PartyId;
  readonly kind: string;
  readonly received: Instant;
  /** How much of the party's channel was held when it came. */
  readonly size: number;
  readonly bytes: Uint8Array;
}

/** Keeps a notice. @returns false where it is here already */
export async function keepNotice(queryable: Queryable, relation: number, notice: NoticeRecord): Promise<boolean> {
  const { hash, party, kind, received, size, bytes } = notice;
  const { rowCount } = await queryable.query(
    'insert into notice values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing',
    [relation, Buffer.from(hash, 'hex'), party, kind, received, size, bytes],
  );
  return rowCount === 1;
}

export type NoticeToSend = Pick<NoticeRecord, 'hash' | 'bytes'>;

/** All notices of a party, in the order in which they came: for a counterpart that may have lost any of them. */
export async function allNotices(
  queryable: Queryable,
  relation: number,
  party: PartyId,
): Promise<readonly NoticeToSend[]> {
  const { rows } = await queryable.query<NoticeToSend>(
    `select encode(hash, 'hex') as hash, bytes from notice where relation = $1 and party = $2 order by received, hash`,
    [relation, party],
  );
  return rows;
}

/** Notices of a party that the other side is not known to have, in the order in which they came. */
export async function untakenNotices(
  queryable: Queryable,
  relation: number,
  party: PartyId,
): Promise<readonly NoticeToSend[]> {
  const { rows } = await queryable.query<NoticeToSend>({
    name: 'untaken-notices',
    text: `select encode(hash, 'hex') as hash, bytes from notice
           where relation = $1 and party = $2 and not taken order by received, hash`,
    values: [relation, party],
  });
  return rows;
}

export async function noteTaken(queryable: Queryable, relation: number, hash: Sha256Hex): Promise<void> {
  await queryable.query('update notice set taken = true where relation = $1 and hash = $2', [
    relation,
    Buffer.from(hash, 'hex'),
  ]);
}

/** The other side was restored, perhaps to before it took them: none counts as taken any more. */
export async function sendAgain(queryable: Queryable, relation: number, party: PartyId): Promise<void> {
  await queryable.query('update notice set taken = false where relation = $1 and party = $2 and taken', [
    relation,
    party,
  ]);
}

export async function isKept(queryable: Queryable, relation: number, hash: Sha256Hex): Promise<boolean> {
  const { rowCount } = await queryable.query('select from notice where relation = $1 and hash = $2', [
    relation,
    Buffer.from(hash, 'hex'),
  ]);
  return rowCount === 1;
}

/** Notices of a kind in the order in which they came. */
export async function noticesOfKind(
  queryable: Queryable,
  relation: number,
  kind: string,
): Promise<readonly Uint8Array[]> {
  const { rows } = await queryable.query<Pick<NoticeRecord, 'bytes'>>(
    'select bytes from notice where relation = $1 and kind = $2 order by received, hash',
    [relation, kind],
  );
  return rows.map(({ bytes }) => bytes);
}

/** The relation's own acts in a channel, as far as it was read, that are without effect where they stand, in pieces of 500. */
export async function* notedRelationActs(
  queryable: Queryable,
  { relation, channel, size }: Pick<Channel, 'relation' | 'channel' | 'size'>,
): AsyncGenerator<Entry> {
  for (let after = -1; ;) {
    const { rows } = await queryable.query<EntryRow>(
      `select * from entry where relation = $1 and channel = $2 and index > $3 and index < $4 and verdict is not null
         and dossier = '\\x00000000000000000000000000000000' order by index limit 500`,
      [relation, channel, after, size],
    );
    const entries = rows.map(entryOf);
    yield* entries;
    const last = entries.at(-1);
    if (last === undefined || entries.length < 500) return;
    after = last.index;
  }
}

/** Whether an act stands in the relation, in either channel as far as it was read, or in what an epoch left behind. */
export async function hasPlace(
  queryable: Queryable,
  relation: number,
  act: ActId,
  channels: readonly Pick<Channel, 'channel' | 'size'>[],
): Promise<boolean> {
  const { rowCount } = await queryable.query(
    `select from entry where act = $1 and relation = $2 and not exists (
       select from unnest($3::int[], $4::bigint[]) as read (channel, size)
       where read.channel = entry.channel and entry.index >= read.size)`,
    [Buffer.from(act, 'hex'), relation, channels.map(({ channel }) => channel), channels.map(({ size }) => size)],
  );
  return (rowCount ?? 0) > 0;
}
