import type { ActId, Instant } from '@entente/protocol';
import { budgetWindow, type SpentQueries } from './blind-budget.ts';
import type { Queryable, Transaction } from './database.ts';

/** What became of a check; `invalid`: the answer does not hold, and is alarmed. */
export type CheckState = 'asked' | 'hit' | 'no-hit' | 'refused' | 'invalid';

/** A check that an officer of ours asked. Whom about only its sealed opening says. */
export interface BlindCheck {
  readonly act: ActId;
  readonly set: ActId;
  readonly purpose: string;
  readonly officer: number;
  readonly made: Instant;
  readonly state: CheckState;
  /** Why it was refused or does not hold. */
  readonly reason: string | undefined;
  readonly answer: ActId | undefined;
  readonly settled: Instant | undefined;
}

interface CheckRow extends Omit<BlindCheck, 'reason' | 'answer' | 'settled'> {
  readonly reason: string | null;
  readonly answer: ActId | null;
  readonly settled: Instant | null;
}

const columns = `encode(act, 'hex') as act, encode(set_act, 'hex') as set, purpose, officer, made, state, reason,
  encode(answer, 'hex') as answer, settled`;

export async function insertCheck(
  transaction: Transaction,
  relation: number,
  check: Pick<BlindCheck, 'act' | 'set' | 'purpose' | 'officer' | 'made'>,
  sealed: { readonly opening: Uint8Array; readonly pending: Uint8Array },
): Promise<void> {
  await transaction.query(
    `insert into blind_check (relation, act, set_act, purpose, officer, made, opening, pending)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      relation,
      Buffer.from(check.act, 'hex'),
      Buffer.from(check.set, 'hex'),
      check.purpose,
      check.officer,
      check.made,
      sealed.opening,
      sealed.pending,
    ],
  );
}

export async function readCheck(queryable: Queryable, relation: number, act: ActId): Promise<BlindCheck | undefined> {
  const { rows } = await queryable.query<CheckRow>({
    name: 'read-check',
    text: `select ${columns} from blind_check where relation = $1 and act = $2`,
    values: [relation, Buffer.from(act, 'hex')],
  });
  return rows[0] && fromRow(rows[0]);
}

/** Newest first. */
export async function listChecks(
  queryable: Queryable,
  relation: number,
  limit: number,
): Promise<readonly BlindCheck[]> {
  const { rows } = await queryable.query<CheckRow>(
    `select ${columns} from blind_check where relation = $1 order by made desc, act limit $2`,
    [relation, limit],
  );
  return rows.map(fromRow);
}

/** What the station itself can open while it awaits the answer; undefined once the check is settled. */
export async function readPending(queryable: Queryable, relation: number, act: ActId): Promise<Uint8Array | undefined> {
  const { rows } = await queryable.query<{ pending: Uint8Array | null }>({
    name: 'read-pending',
    text: 'select pending from blind_check where relation = $1 and act = $2',
    values: [relation, Buffer.from(act, 'hex')],
  });
  return rows[0]?.pending ?? undefined;
}

/** The opening of a check, sealed to the offline key: for the inspector's audit. */
export async function readOpening(queryable: Queryable, relation: number, act: ActId): Promise<Uint8Array | undefined> {
  const { rows } = await queryable.query<{ opening: Uint8Array }>(
    'select opening from blind_check where relation = $1 and act = $2',
    [relation, Buffer.from(act, 'hex')],
  );
  return rows[0]?.opening;
}

/** Writes down what became of a check that waits; once settled it stays so. */
export async function settleCheck(
  transaction: Transaction,
  relation: number,
  act: ActId,
  outcome: {
    readonly state: Exclude<CheckState, 'asked'>;
    readonly reason?: string;
    readonly answer: ActId;
    readonly settled: Instant;
  },
): Promise<void> {
  await transaction.query(
    `update blind_check set state = $3, reason = $4, answer = $5, settled = $6, pending = null
     where relation = $1 and act = $2 and state = 'asked'`,
    [
      relation,
      Buffer.from(act, 'hex'),
      outcome.state,
      outcome.reason ?? null,
      Buffer.from(outcome.answer, 'hex'),
      outcome.settled,
    ],
  );
}

/** How many of our own queries stand in the channel or wait to, this day (UTC) and in the 30 days that end with it. */
export async function countOwnQueries(
  queryable: Queryable,
  relation: number,
  purpose: string,
  now: Instant,
): Promise<SpentQueries> {
  const { rows } = await queryable.query<SpentQueries>({
    name: 'count-own-queries',
    text: `select count(*) filter (where made >= $3)::int as day, count(*)::int as month from blind_check c
           where relation = $1 and purpose = $2 and made >= $4 and state <> 'refused'
             and (exists (select from entry e where e.act = c.act) or exists (select from outbox o where o.act = c.act))`,
    values: [relation, purpose, ...budgetWindow(now)],
  });
  return rows[0] ?? { day: 0, month: 0 };
}

/** Forgets checks drawn up before an instant that nobody signed. */
export async function forgetUnsigned(queryable: Queryable, relation: number, before: Instant): Promise<void> {
  await queryable.query(
    `delete from blind_check c where relation = $1 and state = 'asked' and made < $2
       and not exists (select from entry e where e.act = c.act) and not exists (select from outbox o where o.act = c.act)`,
    [relation, before],
  );
}

function fromRow({ reason, answer, settled, ...row }: CheckRow): BlindCheck {
  return { ...row, reason: reason ?? undefined, answer: answer ?? undefined, settled: settled ?? undefined };
}
