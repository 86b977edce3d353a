import {
  type DossierId,
  type DossierState,
  type Head,
  type Instant,
  type NotedReason,
  Refusal,
} from '@entente/protocol';
import { awaitedIn } from './awaited-bodies.ts';
import type { Queryable } from './database.ts';
import { pageOf, type Page } from './page.ts';
import { headIn } from './relation-queries.ts';

/** A dossier in a list. */
export interface DossierSummary {
  readonly dossier: DossierId;
  readonly track: string;
  readonly state: string;
  readonly opener: string;
  readonly opened: Instant;
  readonly changed: Instant;
  readonly urgency: number;
  readonly deadline: Instant | null;
}

export interface InboxFilter {
  readonly track: string | undefined;
  readonly state: string | undefined;
  /** Deadline (2^53 − 1 for none), last change, dossier of the last one shown. */
  readonly after: readonly unknown[] | undefined;
  readonly limit: number;
}

const summary = `encode(dossier, 'hex') as dossier, track, state, opener, opened, changed, urgency, deadline`;
const never = Number.MAX_SAFE_INTEGER;

/** Dossiers by their next deadline, those without one after all others, then by their last change. */
export async function pageInbox(
  queryable: Queryable,
  relation: number,
  { track, state, after, limit }: InboxFilter,
): Promise<Page<DossierSummary>> {
  const [deadline, changed, dossier] = after ?? [null, null, null];
  const { rows } = await queryable.query<DossierSummary>({
    name: 'page-inbox',
    text: `select ${summary} from dossier
           where relation = $1 and ($2::text is null or track = $2) and ($3::text is null or state = $3)
             and ($4::bigint is null or
                  (coalesce(deadline, ${never}), -changed, dossier) > ($4, -($5::bigint), decode($6, 'hex')))
           order by coalesce(deadline, ${never}), -changed, dossier limit $7`,
    values: [relation, track ?? null, state ?? null, deadline, changed, dossier, limit + 1],
  });
  return pageOf(rows, limit, (row) => [row.deadline ?? never, row.changed, row.dossier]);
}

/** The folded state of a dossier and the cut it covers. */
export interface Dossier extends DossierSummary {
  readonly ownSize: number;
  readonly theirSize: number;
  readonly folded: DossierState;
}

/** @throws Refusal `dossier-unknown` */
export async function readDossier(queryable: Queryable, relation: number, dossier: DossierId): Promise<Dossier> {
  const { rows } = await queryable.query<Dossier>({
    name: 'read-dossier',
    text: `select ${summary}, own_size as "ownSize", their_size as "theirSize", folded
           from dossier where relation = $1 and dossier = decode($2, 'hex')`,
    values: [relation, dossier],
  });
  if (rows[0] === undefined) throw new Refusal('dossier-unknown', { where: dossier });
  return rows[0];
}

/** An act of a dossier with all that is known of its way, but no content. */
export interface DossierAct {
  readonly act: string;
  readonly from: string;
  readonly index: number;
  readonly time: Instant;
  readonly seen: number;
  readonly noted: NotedReason | null;
  /** `awaited`: it has not come; `withheld`: nor has any act that erased it, though the counterpart said more since. */
  readonly body: 'none' | 'held' | 'erased' | 'awaited' | 'withheld';
  readonly cosigned: boolean;
  /** The other party's first entry that saw it: the logged receipt. */
  readonly receipt: { readonly index: number; readonly time: Instant } | undefined;
  readonly head: Head;
}

interface ActRow extends Omit<DossierAct, 'receipt' | 'head' | 'body'> {
  readonly held: boolean;
  readonly receiptIndex: number | null;
  readonly receiptTime: Instant | null;
  readonly envelope: Uint8Array;
}

/** All acts of a dossier: those folded in line order, then later arrivals by rank. */
export async function listDossierActs(
  queryable: Queryable,
  relation: number,
  { dossier, folded }: Pick<Dossier, 'dossier' | 'folded'>,
): Promise<readonly DossierAct[]> {
  const { rows } = await queryable.query<ActRow>({
    name: 'list-dossier-acts',
    text: `select encode(entry.act, 'hex') as act, this.owner as from, entry.index, entry.time, entry.seen,
                  entry.verdict as noted, entry.body is not null as held, entry.index < this.cosigned_size as cosigned,
                  receipt.index as "receiptIndex", receipt.time as "receiptTime", entry.envelope
           from entry join channel this on this.channel = entry.channel
             left join lateral (select channel from channel where relation = $1 and owner <> this.owner
                                order by epoch desc limit 1) other on true
             left join lateral first_seeing($1::smallint, other.channel, entry.index + 1) receipt on true
           where entry.relation = $1 and entry.dossier = decode($2, 'hex')
             and entry.dossier <> '\\x00000000000000000000000000000000'
           order by entry.rank, this.own desc, entry.index limit 10000`,
    values: [relation, dossier],
  });
  const place = new Map(folded.acts.map(({ id }, at) => [id as string, at]));
  const awaited = await awaitedIn(queryable, relation, dossier);
  return rows
    .flatMap((row) => actOf(row, awaited))
    .toSorted((one, other) => (place.get(one.act) ?? never) - (place.get(other.act) ?? never));
}

function actOf(
  { held, receiptIndex, receiptTime, envelope, ...row }: ActRow,
  awaited: ReadonlyMap<string, boolean>,
): readonly DossierAct[] {
  const head = headIn(envelope);
  if (head === undefined) return [];
  const body = head.body === undefined ? 'none' : held ? 'held' : withoutBody(awaited.get(row.act));
  const receipt =
    receiptIndex === null || receiptTime === null ? undefined : { index: receiptIndex, time: receiptTime };
  return [{ ...row, body, receipt, head }];
}

function withoutBody(withheld: boolean | undefined): DossierAct['body'] {
  if (withheld === undefined) return 'erased';
  return withheld ? 'withheld' : 'awaited';
}

/** The folded states of a relation's dossiers opened within a time, in pieces of 500: a year of them fits no memory. */
export async function* foldedStates(
  queryable: Queryable,
  relation: number,
  from: Instant,
  until: Instant,
): AsyncGenerator<readonly DossierState[]> {
  let after = '';
  for (;;) {
    const { rows } = await queryable.query<{ dossier: string; folded: DossierState }>({
      name: 'folded-states',
      text: `select encode(dossier, 'hex') as dossier, folded from dossier
             where relation = $1 and dossier > decode($2, 'hex') and opened >= $3 and opened < $4
             order by dossier limit 500`,
      values: [relation, after, from, until],
    });
    yield rows.map(({ folded }) => folded);
    const last = rows.at(-1);
    if (last === undefined || rows.length < 500) return;
    after = last.dossier;
  }
}
