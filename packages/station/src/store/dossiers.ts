import type { ActId, ClockRun, DossierId, Instant, NotedReason } from '@entente/protocol';
import { copyRows } from './copy-rows.ts';
import type { Queryable, Transaction } from './database.ts';
import type { Sizes } from './folding.ts';

/** An act of a dossier as it lies in a channel. */
export interface DossierEntry {
  readonly dossier: DossierId;
  readonly own: boolean;
  readonly index: number;
  readonly time: Instant;
  /** How much it counts as having seen. */
  readonly seen: number;
  readonly rank: number;
  readonly act: ActId;
  readonly verdict: NotedReason | null;
}

/** All entries of dossiers that a cut covers, of both channels, in no order. */
export async function readDossierEntries(
  queryable: Queryable,
  relation: number,
  channels: { readonly own: { readonly channel: number }; readonly theirs: { readonly channel: number } },
  cut: Sizes,
  dossiers: readonly DossierId[],
): Promise<readonly DossierEntry[]> {
  const { rows } = await queryable.query<DossierEntry>({
    name: 'read-dossier-entries',
    // One descent of the index a dossier, whatever the planner knew of the table when it planned: `offset 0`. The cut stands
    // outside: inside, a planner that knew nothing walked the whole channel for each dossier (20 s at 40,000 entries).
    text: `select encode(touched.dossier, 'hex') as dossier, channel = $3 as own, index, time, saw as seen, rank,
                  encode(act, 'hex') as act, verdict
           from unnest($2::bytea[]) as touched (dossier), lateral (
             select *, saw(entry) from entry
             where relation = $1 and dossier = touched.dossier and dossier <> '\\x00000000000000000000000000000000'
             offset 0) as acts
           where (channel = $3 and index < $4) or (channel = $5 and index < $6)`,
    values: [
      relation,
      dossiers.map((dossier) => Buffer.from(dossier, 'hex')),
      channels.own.channel,
      cut.own,
      channels.theirs.channel,
      cut.theirs,
    ],
  });
  return rows;
}

/** What was written of a dossier when it was last folded. */
export interface WrittenDossier {
  readonly digest: Uint8Array;
  readonly covered: Sizes;
  readonly late: Uint8Array | undefined;
}

export async function readWrittenDossiers(
  queryable: Queryable,
  relation: number,
  dossiers: readonly DossierId[],
): Promise<ReadonlyMap<DossierId, WrittenDossier>> {
  const { rows } = await queryable.query<{
    dossier: DossierId;
    digest: Uint8Array;
    own_size: number;
    their_size: number;
    late: Uint8Array | null;
  }>({
    name: 'read-written-dossiers',
    text: `select encode(dossier, 'hex') as dossier, digest, own_size, their_size, late
           from dossier where relation = $1 and dossier = any($2::bytea[])`,
    values: [relation, dossiers.map((dossier) => Buffer.from(dossier, 'hex'))],
  });
  return new Map(
    rows.map(({ dossier, digest, own_size, their_size, late }) => [
      dossier,
      { digest, covered: { own: own_size, theirs: their_size }, late: late ?? undefined },
    ]),
  );
}

/** A dossier as it is written. */
export interface DossierRow {
  readonly dossier: DossierId;
  readonly track: string;
  readonly state: string;
  readonly opener: string;
  readonly opened: Instant;
  readonly changed: Instant;
  readonly urgency: number;
  readonly running: boolean;
  readonly deadline: Instant | undefined;
  readonly nextStep: Instant | undefined;
  readonly late: Uint8Array | undefined;
  /** The state in JCS: the very bytes both stations compare. */
  readonly folded: Uint8Array;
  readonly digest: Uint8Array;
}

const columns = {
  relation: 'int2',
  dossier: 'bytea',
  track: 'text',
  state: 'text',
  opener: 'text',
  own_size: 'int8',
  their_size: 'int8',
  opened: 'int8',
  changed: 'int8',
  urgency: 'int2',
  running: 'bool',
  deadline: 'int8',
  next_step: 'int8',
  late: 'bytea',
  folded: 'text',
  digest: 'bytea',
} as const;
const names = Object.keys(columns).join(', ');
const declared = Object.entries(columns)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ');
const values = names.replace('folded', 'folded::jsonb');
const sets = Object.keys(columns)
  .slice(2)
  .map((name) => `${name} = excluded.${name}`)
  .join(', ');

/** Writes dossiers as a cut has them: one COPY, one merge. */
export async function writeDossiers(
  transaction: Transaction,
  relation: number,
  cut: Sizes,
  rows: readonly DossierRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await transaction.query(`create temp table if not exists folding (${declared}) on commit delete rows`);
  await copyRows(
    transaction,
    'pg_temp.folding',
    columns,
    rows.map((row) => [
      relation,
      Buffer.from(row.dossier, 'hex'),
      row.track,
      row.state,
      row.opener,
      cut.own,
      cut.theirs,
      row.opened,
      row.changed,
      row.urgency,
      row.running,
      row.deadline ?? null,
      row.nextStep ?? null,
      row.late ?? null,
      Buffer.from(row.folded).toString(),
      row.digest,
    ]),
  );
  await transaction.query({
    name: 'merge-dossiers',
    text: `insert into dossier (${names}) select ${values} from pg_temp.folding
           on conflict (relation, dossier) do update set ${sets}`,
  });
}

/** Takes away dossiers that no act of the cut opens any more: what opened them has become suspect. */
export async function removeDossiers(
  transaction: Transaction,
  relation: number,
  dossiers: readonly DossierId[],
): Promise<void> {
  if (dossiers.length === 0) return;
  await transaction.query('delete from dossier where relation = $1 and dossier = any($2::bytea[])', [
    relation,
    dossiers.map((dossier) => Buffer.from(dossier, 'hex')),
  ]);
}

/** The clocks of a dossier as folded. */
export interface DossierClocks {
  readonly dossier: DossierId;
  readonly track: string;
  readonly version: number;
  readonly clocks: readonly ClockRun[];
}

export async function readDossierClocks(
  queryable: Queryable,
  relation: number,
  dossiers: readonly DossierId[],
): Promise<readonly DossierClocks[]> {
  const { rows } = await queryable.query<DossierClocks>({
    name: 'read-dossier-clocks',
    text: `select encode(dossier, 'hex') as dossier, track, (folded->>'trackVersion')::int as version,
                  folded->'clocks' as clocks
           from dossier where relation = $1 and dossier = any($2::bytea[])`,
    values: [relation, dossiers.map((dossier) => Buffer.from(dossier, 'hex'))],
  });
  return rows;
}

/** The instants of a dossier, which may change though its state does not. */
export type DossierTimes = Pick<DossierRow, 'dossier' | 'deadline' | 'nextStep'>;

export async function writeTimes(
  transaction: Transaction,
  relation: number,
  rows: readonly DossierTimes[],
): Promise<void> {
  await transaction.query({
    name: 'write-times',
    text: `update dossier set deadline = timed.deadline, next_step = timed.next_step
           from unnest($2::bytea[], $3::bigint[], $4::bigint[]) timed (dossier, deadline, next_step)
           where dossier.relation = $1 and dossier.dossier = timed.dossier
             and (dossier.deadline, dossier.next_step) is distinct from (timed.deadline, timed.next_step)`,
    values: [
      relation,
      rows.map(({ dossier }) => Buffer.from(dossier, 'hex')),
      rows.map(({ deadline }) => deadline ?? null),
      rows.map(({ nextStep }) => nextStep ?? null),
    ],
  });
}

/** Where an act stands. */
export type ActRow = Pick<DossierEntry, 'act' | 'own' | 'index'> & { readonly envelope: Uint8Array };

/** Where acts stand; of an act that stands twice, the place that has effect. */
export async function readActPlaces(
  queryable: Queryable,
  relation: number,
  acts: readonly ActId[],
): Promise<readonly ActRow[]> {
  const { rows } = await queryable.query<ActRow>({
    name: 'read-act-places',
    text: `select encode(entry.act, 'hex') as act, channel.own, entry.index, entry.envelope
           from entry join channel using (relation, channel)
           where entry.relation = $1 and entry.act = any($2::bytea[]) and entry.verdict is null`,
    values: [relation, acts.map((act) => Buffer.from(act, 'hex'))],
  });
  return rows;
}
