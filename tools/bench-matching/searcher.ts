import type { Identity } from '@entente/matching';
import type { Hit } from './rank.ts';
import type { Stored } from './read-searches.ts';

/** How many proposals a search may give: recall within 50 is the widest that is measured. */
export const proposals = 50;

/** Whatever finds stored identities: the product's index, or a rival. */
export interface Searcher {
  readonly name: string;
  put(stored: readonly Stored[]): Promise<void>;
  /** Called once, after the last `put` and before the first search. */
  ready(): Promise<void>;
  /** At most `proposals` of them; rivals know only the name. */
  search(query: Identity): Promise<readonly Hit[]>;
  close(): Promise<void>;
}
