import type { ActId, DossierId, DossierState, Instant } from '@entente/protocol';
import type { Queryable, Transaction } from './database.ts';

/** Steps of running clocks that were told, by dossier: the trigger's id, a space, the step's name. */
export async function readToldSteps(
  queryable: Queryable,
  relation: number,
  dossiers: readonly DossierId[],
): Promise<ReadonlyMap<DossierId, ReadonlySet<string>>> {
  if (dossiers.length === 0) return new Map();
  const { rows } = await queryable.query<{ dossier: DossierId; keys: string[] }>({
    name: 'read-told-steps',
    text: `select encode(dossier, 'hex') as dossier, array_agg(encode(trigger, 'hex') || ' ' || step) as keys
           from clock_step where relation = $1 and dossier = any($2::bytea[]) group by dossier`,
    values: [relation, dossiers.map((dossier) => Buffer.from(dossier, 'hex'))],
  });
  return new Map(rows.map(({ dossier, keys }) => [dossier, new Set(keys)]));
}

/** Writes down that a step is told. False where another process has told it: the key stands in the statement. */
export async function keepToldStep(
  transaction: Transaction,
  relation: number,
  dossier: DossierId,
  step: { readonly trigger: ActId; readonly name: string; readonly due: Instant },
  told: Instant,
): Promise<boolean> {
  const { rowCount } = await transaction.query(
    `insert into clock_step values ($1, decode($2, 'hex'), decode($3, 'hex'), $4, $5, $6) on conflict do nothing`,
    [relation, dossier, step.trigger, step.name, step.due, told],
  );
  return rowCount === 1;
}

/** A dossier of which a step is due. */
export interface DossierDue {
  readonly dossier: DossierId;
  readonly folded: DossierState;
}

/** Locks the dossier whose step is due longest; another process takes another. */
export async function lockNextDue(
  transaction: Transaction,
  relation: number,
  now: Instant,
): Promise<DossierDue | undefined> {
  const { rows } = await transaction.query<DossierDue>({
    name: 'lock-next-due',
    text: `select encode(dossier, 'hex') as dossier, folded from dossier
           where relation = $1 and next_step <= $2 order by next_step limit 1 for update skip locked`,
    values: [relation, now],
  });
  return rows[0];
}

export async function keepNextStep(
  transaction: Transaction,
  relation: number,
  dossier: DossierId,
  next: Instant | undefined,
): Promise<void> {
  await transaction.query(`update dossier set next_step = $3 where relation = $1 and dossier = decode($2, 'hex')`, [
    relation,
    dossier,
    next ?? null,
  ]);
}

/** When the next step of any relation is due; undefined where no clock runs. */
export async function nextStepDue(queryable: Queryable): Promise<Instant | undefined> {
  const { rows } = await queryable.query<{ due: Instant | null }>('select min(next_step) as due from dossier');
  return rows[0]?.due ?? undefined;
}
