import { type Head, type Instant, type LogSize, type NotedReason, readHead, Refusal } from '@entente/protocol';
import { readEnvelope } from '@entente/wire';
import type { Caller } from './tokens.ts';
import type { Queryable } from './database.ts';
import { pageOf, type Page } from './page.ts';
import type { RelationRecord } from './relations.ts';

/** The relations a token is for. */
export async function visibleRelations(queryable: Queryable, caller: Caller): Promise<readonly RelationRecord[]> {
  const { rows } = await queryable.query<RelationRecord>(
    'select relation, name, own, counterpart from relation where $1::smallint is null or relation = $1 order by name',
    [caller.relation ?? null],
  );
  return rows;
}

/** Finds a relation; one that the token is not for is as unknown as one that does not exist. @throws Refusal `relation-unknown` */
export async function findRelation(queryable: Queryable, name: string, caller?: Caller): Promise<RelationRecord> {
  const { rows } = await queryable.query<RelationRecord>({
    name: 'find-relation',
    text: `select relation, name, own, counterpart from relation
           where name = $1 and ($2::smallint is null or relation = $2)`,
    values: [name, caller?.relation ?? null],
  });
  if (rows[0] === undefined) throw new Refusal('relation-unknown', { where: name });
  return rows[0];
}

/** A channel without its entries; `seen` is how much of it the other party says it holds. */
export interface ChannelSummary {
  readonly owner: string;
  readonly own: boolean;
  readonly epoch: number;
  readonly size: number;
  readonly root: string;
  readonly seen: number;
  readonly signed: number;
  readonly cosigned: number;
  readonly stopped: string | null;
  readonly signedNote: string | null;
  readonly cosignedNote: string | null;
}

/** The newest epoch of both channels, our own first. */
export async function summariseChannels(queryable: Queryable, relation: number): Promise<readonly ChannelSummary[]> {
  const { rows } = await queryable.query<ChannelSummary>({
    name: 'summarise-channels',
    text: `with newest as (select distinct on (owner) * from channel where relation = $1 order by owner, epoch desc)
           select this.owner, this.own, this.epoch, this.size, encode(this.root, 'hex') as root, this.stopped,
                  other.last_seen as seen, this.signed_size as signed, this.cosigned_size as cosigned,
                  this.signed_note as "signedNote", this.cosigned_note as "cosignedNote"
           from newest this join newest other on other.owner <> this.owner order by this.own desc`,
    values: [relation],
  });
  return rows;
}

/** What a relation's page counts. */
export interface RelationCounts {
  readonly alarms: number;
  readonly waiting: number;
  readonly held: number;
}

export async function countRelation(queryable: Queryable, relation: number): Promise<RelationCounts> {
  const { rows } = await queryable.query<RelationCounts>({
    name: 'count-relation',
    text: `select (select count(*)::int from alarm where relation = $1 and settled is null) as alarms,
                  (select count(*)::int from outbox where relation = $1) as waiting,
                  (select count(*)::int from outbox where relation = $1 and held is not null) as held`,
    values: [relation],
  });
  return rows[0] ?? { alarms: 0, waiting: 0, held: 0 };
}

/** An alarm without its proof, which may hold what nobody has checked. */
export interface AlarmSummary {
  readonly number: number;
  readonly time: Instant;
  readonly kind: string;
  readonly what: string;
  readonly proof: boolean;
  readonly settled: Instant | null;
}

export async function pageAlarms(
  queryable: Queryable,
  relation: number,
  before: number | undefined,
  limit: number,
): Promise<Page<AlarmSummary>> {
  const { rows } = await queryable.query<AlarmSummary>(
    `select number, time, kind, what, proof is not null as proof, settled from alarm
     where relation = $1 and ($2::bigint is null or number < $2) order by number desc limit $3`,
    [relation, before ?? null, limit + 1],
  );
  return pageOf(rows, limit, ({ number }) => [number]);
}

/** An entry without content. */
export interface EntrySummary {
  readonly index: LogSize;
  readonly act: string;
  readonly dossier: string;
  readonly time: Instant;
  readonly seen: LogSize;
  readonly register: boolean;
  readonly heads: boolean;
  readonly noted: NotedReason | null;
  readonly head: Head | undefined;
}

/** Entries of the newest epoch of a party's channel, in order. */
export async function listEntries(
  queryable: Queryable,
  relation: number,
  owner: string,
  from: number,
  limit: number,
): Promise<readonly EntrySummary[]> {
  const { rows } = await queryable.query<Omit<EntrySummary, 'head'> & { envelope: Uint8Array }>({
    name: 'list-entries',
    text: `select index, encode(act, 'hex') as act, encode(dossier, 'hex') as dossier, time, seen, register, heads,
                  verdict as noted, envelope
           from entry where relation = $1 and index >= $3 and index < $3::bigint + $4 and channel =
             (select channel from channel where relation = $1 and owner = $2 order by epoch desc limit 1)
           order by index`,
    values: [relation, owner, from, limit],
  });
  return rows.map(({ envelope, ...entry }) => ({ ...entry, head: headIn(envelope) }));
}

/** The head in an envelope; undefined where the counterpart sent what cannot be read, which is noted and kept. */
export function headIn(envelope: Uint8Array): Head | undefined {
  try {
    return readHead(readEnvelope(envelope).headBytes);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
