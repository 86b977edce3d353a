import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { isRole, isScope, type Scope, scopesOfRole } from '@entente/contract';
import { type Instant, Refusal } from '@entente/protocol';
import type { Crypto } from '@entente/wire';
import type { Queryable, Transaction } from './database.ts';
import { writeHouseLog } from './house-log.ts';

/** Who calls: what the token names and is good for, as it is at this instant. */
export interface Caller {
  readonly token: string;
  readonly officer: number | undefined;
  readonly scopes: ReadonlySet<Scope>;
  /** The one relation it is for; undefined for all. */
  readonly relation: number | undefined;
}

export interface NewToken {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expires: Instant;
  readonly officer: number | undefined;
  readonly relation: number | undefined;
}

// `entente_` lets a scanner of repositories and mails find one that leaked.
const grammar = /^entente_[A-Za-z0-9_-]{43}$/;
const longestLife = 366 * 86_400_000;

/** Makes a token of 32 random bytes and keeps its SHA-256 only. The secret is returned once and stored nowhere. */
export async function issueToken(
  transaction: Transaction,
  crypto: Crypto,
  now: Instant,
  token: NewToken,
  by: Caller | undefined,
): Promise<{ readonly token: string; readonly secret: string }> {
  if (token.expires <= now || token.expires > now + longestLife) {
    throw new Refusal('field-malformed', { where: '$.expires', what: 'after now and within a year' });
  }
  if (token.officer !== undefined) await checkOfficer(transaction, token.officer);
  const secret = `entente_${randomBytes(32).toString('base64url')}`;
  const { rows } = await transaction.query<{ token: string }>(
    `insert into token (hash, officer, scopes, expires, name, made, relation) values ($1, $2, $3, $4, $5, $6, $7) returning token`,
    [
      hash('sha256', secret, 'buffer'),
      token.officer ?? null,
      token.scopes,
      token.expires,
      token.name,
      now,
      token.relation ?? null,
    ],
  );
  const made = rows[0]?.token;
  if (made === undefined) throw new Error('an insert that returns has a row');
  await writeHouseLog(transaction, crypto, {
    kind: 'administration',
    time: now,
    what: { done: 'token-issued', token: made, scopes: token.scopes, officer: token.officer ?? null, by: whoOf(by) },
  });
  return { token: made, secret };
}

/** Who a token names; undefined for one that is unknown, expired, revoked, or whose officer is. */
export async function findCaller(queryable: Queryable, secret: string, now: Instant): Promise<Caller | undefined> {
  if (!grammar.test(secret)) return undefined;
  const wanted = hash('sha256', secret, 'buffer');
  // Found by its hash: how long the search takes says nothing of the secret's bytes.
  const { rows } = await queryable.query<CallerRow>({
    name: 'find-caller',
    text: `select token.hash, token.token, token.officer, token.scopes, token.relation, officer.roles
           from token left join officer using (officer)
           where token.hash = $1 and token.expires > $2 and token.revoked is null and officer.revoked is null`,
    values: [wanted, now],
  });
  const row = rows[0];
  if (row === undefined || !timingSafeEqual(row.hash, wanted)) return undefined;
  return Object.freeze({
    token: row.token,
    officer: row.officer ?? undefined,
    scopes: new Set(allowedScopes(row)),
    relation: row.relation ?? undefined,
  });
}

/** Whether a token that was good is still: for calls that last, like a stream of events. */
export async function isStillGood(queryable: Queryable, { token }: Caller, now: Instant): Promise<boolean> {
  const { rowCount } = await queryable.query({
    name: 'is-still-good',
    text: `select from token left join officer using (officer)
           where token.token = $1 and token.expires > $2 and token.revoked is null and officer.revoked is null`,
    values: [token, now],
  });
  return rowCount === 1;
}

interface CallerRow {
  readonly hash: Buffer;
  readonly token: string;
  readonly officer: number | null;
  readonly scopes: readonly string[];
  readonly relation: number | null;
  readonly roles: readonly string[] | null;
}

/** An officer's token never does more than the officer's roles allow today. */
function allowedScopes({ officer, scopes, roles }: CallerRow): readonly Scope[] {
  const granted = scopes.filter(isScope);
  if (officer === null) return granted;
  const ofRoles = new Set((roles ?? []).filter(isRole).flatMap((role) => scopesOfRole[role]));
  return granted.filter((scope) => ofRoles.has(scope));
}

/** Ends a token at once. @throws Refusal `token-expired` where there is none that still lives */
export async function revokeToken(
  transaction: Transaction,
  crypto: Crypto,
  now: Instant,
  token: string,
  by: Caller | undefined,
): Promise<void> {
  const { rowCount } = await transaction.query('update token set revoked = $2 where token = $1 and revoked is null', [
    token,
    now,
  ]);
  if (rowCount !== 1) throw new Refusal('token-expired', { where: 'token' });
  await writeHouseLog(transaction, crypto, {
    kind: 'administration',
    time: now,
    what: { done: 'token-revoked', token, by: whoOf(by) },
  });
}

export interface TokenSummary {
  readonly token: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expires: Instant;
  readonly made: Instant;
  readonly officer: number | null;
  readonly relation: string | null;
  readonly revoked: Instant | null;
}

export async function listTokens(queryable: Queryable): Promise<readonly TokenSummary[]> {
  const { rows } = await queryable.query<TokenSummary>(
    `select token, token.name, scopes, expires, made, officer, relation.name as relation, revoked
     from token left join relation using (relation) order by made desc, token`,
  );
  return rows;
}

async function checkOfficer(transaction: Transaction, officer: number): Promise<void> {
  const { rowCount } = await transaction.query('select from officer where officer = $1 and revoked is null', [officer]);
  if (rowCount !== 1) throw new Refusal('officer-unknown', { where: '$.officer' });
}

/** Who did it, as the house log names them; the station itself, at its founding, is nobody's token. */
export function whoOf(caller: Caller | undefined): { readonly token: string | null; readonly officer: number | null } {
  return { token: caller?.token ?? null, officer: caller?.officer ?? null };
}
