import { type Frontier, readFrontier } from '@entente/c2sp';
import { type LogSize, type PartyId, Refusal } from '@entente/protocol';
import type { Queryable, Transaction } from './database.ts';

/** A note at a size of a channel: signed by its owner, or cosigned by the counterpart as well. */
export interface NotedHead {
  readonly size: LogSize;
  readonly note: string;
}

/** One channel as the database holds it. */
export interface Channel {
  readonly relation: number;
  readonly channel: number;
  readonly owner: PartyId;
  readonly epoch: number;
  readonly own: boolean;
  readonly size: LogSize;
  readonly root: Uint8Array;
  readonly frontier: Frontier;
  /** Rank of the last entry, 0 for none (PROTOCOL §3.2). */
  readonly lastRank: number;
  readonly lastTime: number;
  readonly lastSeen: LogSize;
  readonly signed: NotedHead | undefined;
  readonly cosigned: NotedHead | undefined;
  readonly stopped: string | undefined;
}

interface ChannelRow {
  readonly relation: number;
  readonly channel: number;
  readonly owner: PartyId;
  readonly epoch: number;
  readonly own: boolean;
  readonly size: LogSize;
  readonly root: Uint8Array;
  readonly frontier: Uint8Array;
  readonly last_rank: number;
  readonly last_time: number;
  readonly last_seen: LogSize;
  readonly signed_size: LogSize;
  readonly signed_note: string | null;
  readonly cosigned_size: LogSize;
  readonly cosigned_note: string | null;
  readonly stopped: string | null;
}

const newest = 'select * from channel where relation = $1 and owner = $2 order by epoch desc limit 1';

/** The newest epoch of a party's channel, as committed. */
export async function readChannel(queryable: Queryable, relation: number, owner: PartyId): Promise<Channel> {
  const { rows } = await queryable.query<ChannelRow>({ name: 'read-channel', text: newest, values: [relation, owner] });
  return fromRow(rows[0], owner);
}

/** Both parties' channels, each in its newest epoch, as one statement sees them. */
export async function readChannels(
  queryable: Queryable,
  relation: number,
): Promise<{ readonly own: Channel; readonly theirs: Channel }> {
  const { rows } = await queryable.query<ChannelRow>({
    name: 'read-channels',
    text: 'select distinct on (own) * from channel where relation = $1 order by own, epoch desc',
    values: [relation],
  });
  const channel = (isOwn: boolean): Channel =>
    fromRow(
      rows.find(({ own }) => own === isOwn),
      isOwn ? 'own' : 'theirs',
    );
  return { own: channel(true), theirs: channel(false) };
}

/** How a channel stands, without its notes: a few words, where a whole channel carries two signed heads. */
export interface Standing extends Pick<Channel, 'relation' | 'channel' | 'epoch' | 'size' | 'stopped'> {
  readonly cosignedSize: LogSize;
  /** From where on it is sent again, whatever the counterpart has: it was forced to go on, or receipts of it are void. */
  readonly sentAgainFrom: LogSize | undefined;
}

/** Both parties' channels, as one statement sees them. */
export interface Standings {
  readonly own: Standing;
  readonly theirs: Standing;
}

/** How both parties' channels stand, each in its newest epoch, as one statement sees them. */
export async function readStandings(queryable: Queryable, relation: number): Promise<Standings> {
  const { rows } = await queryable.query<StandingRow>({
    name: 'read-standings',
    text: `select distinct on (own) own, relation, channel, epoch, size, cosigned_size as "cosignedSize", stopped,
                  least(forced, void_from) as "sentAgainFrom"
           from channel where relation = $1 order by own, epoch desc`,
    values: [relation],
  });
  const standing = (isOwn: boolean): Standing => {
    const row = rows.find(({ own }) => own === isOwn);
    if (row === undefined) throw new Refusal('relation-unknown');
    return { ...row, stopped: row.stopped ?? undefined, sentAgainFrom: row.sentAgainFrom ?? undefined };
  };
  return { own: standing(true), theirs: standing(false) };
}

interface StandingRow extends Omit<Standing, 'stopped' | 'sentAgainFrom'> {
  readonly own: boolean;
  readonly stopped: string | null;
  readonly sentAgainFrom: LogSize | null;
}

/** The same, with its row locked until the transaction ends: who holds it is the only one to give positions. */
export async function lockChannel(transaction: Transaction, relation: number, owner: PartyId): Promise<Channel> {
  const { rows } = await transaction.query<ChannelRow>({
    name: 'lock-channel',
    text: `${newest} for update`,
    values: [relation, owner],
  });
  return fromRow(rows[0], owner);
}

function fromRow(row: ChannelRow | undefined, owner: string): Channel {
  if (row === undefined) throw new Refusal('relation-unknown', { where: owner });
  return {
    relation: row.relation,
    channel: row.channel,
    owner: row.owner,
    epoch: row.epoch,
    own: row.own,
    size: row.size,
    root: row.root,
    frontier: readFrontier(row.size, row.frontier),
    lastRank: row.last_rank,
    lastTime: row.last_time,
    lastSeen: row.last_seen,
    signed: row.signed_note === null ? undefined : { size: row.signed_size, note: row.signed_note },
    cosigned: row.cosigned_note === null ? undefined : { size: row.cosigned_size, note: row.cosigned_note },
    stopped: row.stopped ?? undefined,
  };
}

/** Keeps the owner's signed head; a smaller one never replaces a larger. */
export async function keepSignedHead(queryable: Queryable, channel: number, head: NotedHead): Promise<void> {
  await queryable.query({
    name: 'keep-signed-head',
    text: 'update channel set signed_size = $2, signed_note = $3 where channel = $1 and signed_size <= $2 and size >= $2',
    values: [channel, head.size, head.note],
  });
}

/** Keeps a head with the cosignatures of the other party: proof of custody. A smaller one never replaces a larger. */
export async function keepCosignedHead(queryable: Queryable, channel: number, head: NotedHead): Promise<void> {
  await queryable.query({
    name: 'keep-cosigned-head',
    text: `update channel set cosigned_size = $2, cosigned_note = $3
           where channel = $1 and cosigned_size <= $2 and cosigned_note is distinct from $3 and size >= $2`,
    values: [channel, head.size, head.note],
  });
}

/**
 * Keeps a head of our own channel as the counterpart cosigned it and, where it is news, remembers when the counterpart said
 * that it held this much; the first time counts.
 * @param seconds since 1970, as its cosignature says; undefined where it says none
 */
export async function keepReceipt(
  queryable: Queryable,
  channel: number,
  head: NotedHead,
  seconds: number | undefined,
): Promise<void> {
  await queryable.query({
    name: 'keep-receipt',
    text: `with kept as (
             update channel set cosigned_size = $2, cosigned_note = $3,
                    void_from = case when void_to > $2 then void_from end, void_to = case when void_to > $2 then void_to end
             where channel = $1 and cosigned_size <= $2 and cosigned_note is distinct from $3 and size >= $2
               and void_note is distinct from $3
             returning relation, channel, cosigned_size)
           insert into cosignature select relation, channel, cosigned_size, $4::bigint from kept where $4::bigint is not null
           on conflict do nothing`,
    // A cosignature says whole seconds: at the latest it was made at the end of that second.
    values: [channel, head.size, head.note, seconds === undefined ? null : seconds * 1000 + 999],
  });
}

/** Stops a channel: nothing is appended or accepted until a root-signed order. */
export async function stopChannel(queryable: Queryable, channel: number, why: string): Promise<void> {
  await queryable.query('update channel set stopped = $2 where channel = $1 and stopped is null', [channel, why]);
}
