import type { Route } from '@entente/contract';
import { type Instant, Refusal } from '@entente/protocol';
import type { Queryable } from '../store/database.ts';
import { type Caller, findCaller } from '../store/tokens.ts';
import type { FailureLimit } from './failure-limit.ts';

const bearer = /^Bearer ([\x21-\x7e]{1,200})$/;
const nobody: Caller = Object.freeze({ token: '', officer: undefined, scopes: new Set<never>(), relation: undefined });

/**
 * Who calls, and that they may call this route. Missing, unknown, expired and revoked tokens get one and the same answer.
 * @throws Refusal `token-expired`, `quota-exceeded`, `not-authorised` (what: the scope)
 */
export async function authenticate(
  queryable: Queryable,
  limit: FailureLimit,
  { access }: Route,
  from: { readonly authorization: string | undefined; readonly address: string; readonly now: Instant },
): Promise<Caller> {
  if (access === 'anonymous') return nobody;
  limit.check(from.address, from.now);
  const [, secret] = bearer.exec(from.authorization ?? '') ?? [];
  const caller = secret === undefined ? undefined : await findCaller(queryable, secret, from.now);
  if (caller === undefined) {
    limit.failed(from.address, from.now);
    throw new Refusal('token-expired', { where: 'authorization' });
  }
  if (access !== 'any-token' && !caller.scopes.has(access)) {
    throw new Refusal('not-authorised', { where: 'authorization', what: access });
  }
  return caller;
}
