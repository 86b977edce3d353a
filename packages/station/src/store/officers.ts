import type { Role } from '@entente/contract';
import { type Instant, Refusal } from '@entente/protocol';
import type { Crypto } from '@entente/wire';
import type { Queryable, Transaction } from './database.ts';
import { writeHouseLog } from './house-log.ts';
import { type Caller, whoOf } from './tokens.ts';

export interface NewOfficer {
  readonly name: string;
  readonly function: string;
  readonly roles: readonly Role[];
  readonly unit: string;
  readonly deputy: number | undefined;
}

export interface Officer {
  readonly officer: number;
  readonly name: string;
  readonly function: string;
  readonly roles: readonly string[];
  readonly unit: string;
  readonly deputy: number | null;
  readonly revoked: Instant | null;
  /** Signing keys that are not revoked. */
  readonly keys: number;
}

const officers = `select officer, name, function, roles, unit, deputy, revoked,
  (select count(*)::int from officer_key k where k.officer = officer.officer and k.revoked is null) as keys from officer`;

export async function listOfficers(queryable: Queryable): Promise<readonly Officer[]> {
  const { rows } = await queryable.query<Officer>(`${officers} order by officer`);
  return rows;
}

/** Enters an officer. @throws Refusal `already-exists` for the name, `officer-unknown` for the deputy */
export async function enterOfficer(
  transaction: Transaction,
  crypto: Crypto,
  now: Instant,
  officer: NewOfficer,
  by: Caller | undefined,
): Promise<Officer> {
  if (officer.deputy !== undefined) await checkOfficers(transaction, [officer.deputy], '$.deputy');
  const { rows } = await transaction.query<{ officer: number }>(
    `insert into officer (name, function, roles, unit, deputy) values ($1, $2, $3, $4, $5)
     on conflict (name) do nothing returning officer`,
    [officer.name, officer.function, officer.roles, officer.unit, officer.deputy ?? null],
  );
  const number = rows[0]?.officer;
  if (number === undefined) throw new Refusal('already-exists', { where: '$.name' });
  await writeHouseLog(transaction, crypto, {
    kind: 'officer',
    time: now,
    what: { done: 'entered', officer: number, function: officer.function, roles: officer.roles, by: whoOf(by) },
  });
  const { rows: entered } = await transaction.query<Officer>(`${officers} where officer = $1`, [number]);
  if (entered[0] === undefined) throw new Error('the officer was just entered');
  return entered[0];
}

/** Revokes an officer: tokens die with them; keys that signed stay what they were and end by an act of the channel. */
export async function revokeOfficer(
  transaction: Transaction,
  crypto: Crypto,
  now: Instant,
  officer: number,
  by: Caller | undefined,
): Promise<void> {
  const { rowCount } = await transaction.query(
    'update officer set revoked = $2 where officer = $1 and revoked is null',
    [officer, now],
  );
  if (rowCount !== 1) throw new Refusal('officer-unknown', { where: 'officer' });
  await transaction.query('update token set revoked = $2 where officer = $1 and revoked is null', [officer, now]);
  await transaction.query('delete from roster where officer = $1 and until > $2', [officer, now]);
  await writeHouseLog(transaction, crypto, {
    kind: 'officer',
    time: now,
    what: { done: 'revoked', officer, by: whoOf(by) },
  });
}

/** One stretch of duty; `until` is the first instant that is no longer in it. */
export interface Duty {
  readonly officer: number;
  readonly from: Instant;
  readonly until: Instant;
}

/** Duties of a unit that are not over. */
export async function readRoster(queryable: Queryable, unit: string, now: Instant): Promise<readonly Duty[]> {
  const { rows } = await queryable.query<Duty>(
    'select officer, "from", until from roster where unit = $1 and until > $2 order by "from", officer',
    [unit, now],
  );
  return rows;
}

/** Replaces what is not over. @throws Refusal `officer-unknown`, `field-malformed` for a duty that ends before it begins */
export async function writeRoster(
  transaction: Transaction,
  crypto: Crypto,
  now: Instant,
  unit: string,
  duties: readonly Duty[],
  by: Caller | undefined,
): Promise<void> {
  const backwards = duties.findIndex(({ from, until }) => from >= until);
  if (backwards >= 0)
    throw new Refusal('field-malformed', { where: `$.duties[${backwards}]`, what: 'from before until' });
  await checkOfficers(transaction, [...new Set(duties.map(({ officer }) => officer))], '$.duties');
  await transaction.query('delete from roster where unit = $1 and until > $2', [unit, now]);
  await transaction.query(
    `insert into roster (unit, officer, "from", until)
     select $1, * from unnest($2::smallint[], $3::bigint[], $4::bigint[])`,
    [unit, duties.map(({ officer }) => officer), duties.map(({ from }) => from), duties.map(({ until }) => until)],
  );
  await writeHouseLog(transaction, crypto, {
    kind: 'roster',
    time: now,
    what: { unit, duties: duties.map(({ officer, from, until }) => [officer, from, until]), by: whoOf(by) },
  });
}

async function checkOfficers(transaction: Transaction, wanted: readonly number[], where: string): Promise<void> {
  const { rowCount } = await transaction.query(
    'select from officer where officer = any($1::int[]) and revoked is null',
    [wanted],
  );
  if (rowCount !== wanted.length) throw new Refusal('officer-unknown', { where });
}
