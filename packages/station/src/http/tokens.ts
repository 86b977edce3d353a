import type { Scope } from '@entente/contract';
import { writeInstant } from '@entente/protocol';
import { transact } from '../store/database.ts';
import { findRelation } from '../store/relation-queries.ts';
import { issueToken, listTokens, revokeToken } from '../store/tokens.ts';
import { type Handlers, json, nothing } from './call.ts';
import { readInstantAt } from './drafts.ts';
import type { HttpParts } from './parts.ts';
import { writeMaybe } from './relations.ts';

interface TokenBody {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expires: string;
  readonly officer?: number;
  readonly relation?: string;
}

export function tokenHandlers({ database, crypto, clock }: HttpParts): Handlers {
  return {
    listTokens: async () =>
      json({
        tokens: (await listTokens(database)).map(({ expires, made, officer, relation, revoked, ...token }) => ({
          ...token,
          expires: writeInstant(expires),
          made: writeInstant(made),
          officer: officer ?? undefined,
          relation: relation ?? undefined,
          revoked: writeMaybe(revoked),
        })),
      }),
    issueToken: async ({ caller, body }) => {
      const { name, scopes, expires, officer, relation } = body<TokenBody>();
      const wanted = {
        name,
        scopes,
        officer,
        expires: readInstantAt(expires, '$.expires'),
        relation: relation === undefined ? undefined : (await findRelation(database, relation)).relation,
      };
      return json({
        ...(await transact(database, (transaction) => issueToken(transaction, crypto, clock.now(), wanted, caller))),
      });
    },
    revokeToken: async ({ caller, parameter }) => {
      await transact(database, (transaction) =>
        revokeToken(transaction, crypto, clock.now(), parameter('token'), caller),
      );
      return nothing;
    },
  };
}
