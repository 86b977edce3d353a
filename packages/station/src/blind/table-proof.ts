import { inclusionProof, leafHash, nodeHash, verifyInclusion } from '@entente/c2sp';
import type { Crypto } from '@entente/wire';
import type { ReadPage } from './table-file.ts';

/** A page of a table with its place and the proof that it belongs to the committed root. */
export interface ProvenPage {
  readonly index: number;
  readonly page: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** Proves pages of a table; reads it once. */
export async function provePages(
  crypto: Crypto,
  readPage: ReadPage,
  count: number,
  indexes: readonly number[],
): Promise<readonly ProvenPage[]> {
  const leaves: Uint8Array[] = [];
  for (let index = 0; index < count; index += 1) leaves.push(leafHash(crypto, await readPage(index)));
  const levels = levelsOf(crypto, leaves);
  const proven: ProvenPage[] = [];
  for (const index of new Set(indexes)) {
    const proof = inclusionProof(crypto, count, index, (height, at) => {
      const hash = levels[height]?.[at];
      if (hash === undefined) throw new Error('a tree has all its perfect subtrees');
      return hash;
    });
    proven.push({ index, page: await readPage(index), proof });
  }
  return proven;
}

/** Silent if the page is the `index`-th of the table with that root. @throws FormatError `inclusion-invalid` */
export function verifyPage(
  crypto: Crypto,
  table: { readonly pages: number; readonly root: Uint8Array },
  { index, page, proof }: ProvenPage,
): void {
  verifyInclusion(crypto, { size: table.pages, root: table.root }, index, leafHash(crypto, page), proof);
}

/** The hashes of all perfect subtrees, by height. */
function levelsOf(crypto: Crypto, leaves: readonly Uint8Array[]): readonly (readonly Uint8Array[])[] {
  const levels: Uint8Array[][] = [[...leaves]];
  for (let below = levels[0] ?? []; below.length > 1;) {
    const level: Uint8Array[] = [];
    for (let at = 0; at + 1 < below.length; at += 2) {
      const [left, right] = [below[at], below[at + 1]];
      if (left !== undefined && right !== undefined) level.push(nodeHash(crypto, left, right));
    }
    levels.push(level);
    below = level;
  }
  return levels;
}
