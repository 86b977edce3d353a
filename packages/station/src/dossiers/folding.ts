import type { Crypto } from '@entente/wire';
import type { Relation } from '../custody/relation.ts';
import { Suspects } from './suspects.ts';

/** What folding a relation works with; one of each in a process, so that suspects are read once. */
export interface Folding {
  readonly crypto: Crypto;
  readonly relation: Relation;
  readonly suspects: Suspects;
}

export function openFolding(crypto: Crypto, relation: Relation): Folding {
  return { crypto, relation, suspects: new Suspects(crypto, relation) };
}
