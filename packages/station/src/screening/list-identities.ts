import type { Identity } from '@entente/matching';
import type { Queryable } from '../store/database.ts';
import { readListed } from '../store/subjects.ts';

/** An entry of a watch list, as it is compared. */
export interface ListedIdentity {
  /** Stays the same as long as the entry stands in its list. */
  readonly subject: number;
  readonly kind: string;
  readonly identity: Identity;
}

const piece = 1000;

/** The identities of all watch lists that may be searched for a purpose, `leads/investigation`; in pieces. */
export async function* listIdentities(queryable: Queryable, purpose: string): AsyncGenerator<ListedIdentity> {
  for (let after = 0; ;) {
    const rows = await readListed(queryable, purpose, after, piece);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < piece) return;
    after = last.subject;
  }
}
