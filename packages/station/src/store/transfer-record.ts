import { type ActId, actTypeOf, type Head, type Instant, type JsonObject } from '@entente/protocol';
import { tracks } from '@entente/tracks';
import type { Crypto } from '@entente/wire';
import { pageOf, type Page } from './page.ts';
import type { Queryable, Transaction } from './database.ts';
import { writeHouseLog } from './house-log.ts';
import type { RelationRecord } from './relations.ts';
import { wholeRelation } from './whole-relation.ts';

/** Whom data goes to and why, in the words of the officer who authorised it. */
export interface TransferGround {
  readonly receivingAuthority: string;
  readonly justification: string;
}

/** Keeps what the officer said until the act is released. */
export async function keepTransferGround(
  transaction: Transaction,
  relation: number,
  act: ActId,
  { receivingAuthority, justification }: TransferGround,
): Promise<void> {
  await transaction.query('insert into transfer_ground values ($1, $2, $3, $4) on conflict do nothing', [
    relation,
    Buffer.from(act, 'hex'),
    receivingAuthority,
    justification,
  ]);
}

/** An act that has just been given its position. */
export interface ReleasedAct {
  readonly act: ActId;
  readonly head: Head;
}

/**
 * Writes the record of transfers to the other state for a released parcel, in the release's own transaction (DOMAIN §5;
 * Directive (EU) 2016/680 art. 38(3)): one statement of the house log for all its acts that carry data. Where the officer
 * named no authority it is the counterpart, and the justification is the reasoning of the gates the act passed.
 */
export async function writeTransferRecord(
  transaction: Transaction,
  crypto: Crypto,
  relation: RelationRecord,
  time: Instant,
  released: readonly ReleasedAct[],
): Promise<void> {
  const transfers = released.filter(
    ({ head }) => actTypeOf(tracks, head.type, head.trackVersion)?.type.transfers === true,
  );
  if (transfers.length === 0) return;
  const grounds = await takeGrounds(transaction, relation.relation, transfers);
  await writeHouseLog(transaction, crypto, {
    kind: 'transfer',
    time,
    what: {
      relation: relation.name,
      receivingAuthority: relation.counterpart,
      transfers: transfers.map(({ act, head }) => writeTransfer(act, head, grounds.get(act))),
    },
    dossiers: [{ relation: relation.relation, dossier: wholeRelation }],
  });
}

function writeTransfer(act: ActId, head: Head, ground: TransferGround | undefined): JsonObject {
  return {
    act,
    dossier: head.dossier,
    type: head.type,
    codes: head.handling.codes,
    ...(head.legalBasis === undefined ? {} : { legalBasis: head.legalBasis }),
    ...(ground === undefined
      ? { gates: head.gates.map(({ gate }) => gate) }
      : { receivingAuthority: ground.receivingAuthority, justification: ground.justification }),
  };
}

async function takeGrounds(
  transaction: Transaction,
  relation: number,
  transfers: readonly ReleasedAct[],
): Promise<ReadonlyMap<string, TransferGround>> {
  const { rows } = await transaction.query<TransferGround & { act: string }>({
    name: 'take-transfer-grounds',
    text: `delete from transfer_ground where relation = $1 and act = any($2::bytea[])
           returning encode(act, 'hex') as act, receiving_authority as "receivingAuthority", justification`,
    values: [relation, transfers.map(({ act }) => Buffer.from(act, 'hex'))],
  });
  return new Map(rows.map((row) => [row.act, row]));
}

/** One transfer as the supervisory authority asks for it. */
export interface Transfer {
  readonly relation: string;
  readonly act: string;
  readonly dossier: string;
  readonly type: string;
  readonly time: Instant;
  readonly legalBasis: string | undefined;
  readonly receivingAuthority: string;
  readonly justification: string;
  readonly codes: readonly string[];
}

interface Statement {
  readonly time: Instant;
  readonly what: {
    readonly relation: string;
    readonly receivingAuthority: string;
    readonly transfers: readonly (Omit<Transfer, 'relation' | 'time' | 'receivingAuthority' | 'justification'> & {
      readonly receivingAuthority?: string;
      readonly justification?: string;
      readonly gates?: readonly string[];
    })[];
  };
}

/** The record of a relation by parcels, the newest first; `limit` counts parcels. */
export async function listTransfers(
  queryable: Queryable,
  relation: number,
  before: number | undefined,
  limit: number,
): Promise<Page<Transfer>> {
  const { rows } = await queryable.query<{ index: number; bytes: Uint8Array }>(
    `select index, bytes from house_subject join house_entry using (index)
     where relation = $1 and dossier = $2 and kind = 'transfer' and bytes is not null and ($3::bigint is null or index < $3)
     order by index desc limit $4`,
    [relation, Buffer.from(wholeRelation, 'hex'), before ?? null, limit + 1],
  );
  const { items, next } = pageOf(rows, limit, ({ index }) => [index]);
  return { items: items.flatMap(({ bytes }) => readStatement(bytes)), next };
}

function readStatement(bytes: Uint8Array): readonly Transfer[] {
  const { time, what } = JSON.parse(new TextDecoder().decode(bytes)) as Statement;
  return what.transfers.toReversed().map(({ receivingAuthority, justification, gates, ...transfer }) => ({
    ...transfer,
    relation: what.relation,
    time,
    receivingAuthority: receivingAuthority ?? what.receivingAuthority,
    justification: justification ?? `gates: ${(gates ?? []).join(', ')}`,
  }));
}
