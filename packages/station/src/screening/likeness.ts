import type { Identity } from '@entente/matching';

/** What is asked of the worker that holds the search structures. */
export type Question =
  | {
      readonly ask: 'search';
      readonly number: number;
      /** `relation/1/person`, `list/3/organisation`. */
      readonly rooms: readonly string[];
      readonly identity: Identity;
      /** How many at most, of each room. */
      readonly limit: number;
      readonly atLeast: number;
    }
  | { readonly ask: 'load'; readonly number: number };

/** A subject like the one asked for, and how likely it is to be the same, as the search structure judges it. */
export interface Likeness {
  readonly subject: number;
  readonly probability: number;
}

export type Answer =
  | { readonly number: number; readonly kind: 'found'; readonly found: readonly Likeness[] }
  | { readonly number: number; readonly kind: 'loaded' }
  | { readonly number: number; readonly kind: 'failed'; readonly error: unknown };
