// RFC 6962 section 2.1 proofs. Inclusion and consistency are two cases of one: the proof that a subtree belongs to a tree
// (draft-ietf-plants-merkle-tree-certs, 4.4). A leaf is the subtree [index, index + 1), an older tree is [0, old size).
import { equalBytes } from './bytes.ts';
import type { Hasher } from './crypto.ts';
import { FormatError } from './errors.ts';
import { emptyRoot, nodeHasher } from './merkle.ts';
import { checkSize, isSubtree, type Range, type ReadHash, rootOfRange, splitOf } from './subtree.ts';

/** More hashes than any tree can need, and the most a witness accepts. */
export const MAX_PROOF = 63;

/** One step from the root of the tree towards the subtree, and the sibling passed by. */
interface Step {
  readonly sibling: Range;
  readonly side: 'left' | 'right';
  /** The sibling is itself part of the subtree. */
  readonly inside: boolean;
}

interface Descent {
  /** From the root downwards. */
  readonly steps: readonly Step[];
  /** The part of the subtree where the descent ended; its hash is in the proof unless it is the whole subtree. */
  readonly rest: Range;
  readonly whole: boolean;
}

/** @throws FormatError if there is no such leaf */
export function inclusionProof(crypto: Hasher, size: number, index: number, readHash: ReadHash): readonly Uint8Array[] {
  return inclusionRanges(size, index).map((range) => rootOfRange(crypto, range, readHash));
}

/** @throws FormatError unless 0 <= old <= size */
export function consistencyProof(crypto: Hasher, old: number, size: number, readHash: ReadHash): readonly Uint8Array[] {
  return consistencyRanges(old, size).map((range) => rootOfRange(crypto, range, readHash));
}

/** The proof that the subtree [start, end) belongs to the tree. @throws FormatError unless it is a subtree */
export function subtreeProof(
  crypto: Hasher,
  { start, end }: Range,
  size: number,
  readHash: ReadHash,
): readonly Uint8Array[] {
  return subtreeRanges(start, end, size).map((range) => rootOfRange(crypto, range, readHash));
}

/** The ranges whose roots make the proof, in its order. */
export function inclusionRanges(size: number, index: number): readonly Range[] {
  return subtreeRanges(index, index + 1, size);
}

/** The ranges whose roots make the proof, in its order; none from the empty tree, which every tree contains. */
export function consistencyRanges(old: number, size: number): readonly Range[] {
  checkSize(size);
  return old === 0 ? [] : subtreeRanges(0, old, size);
}

function subtreeRanges(start: number, end: number, size: number): readonly Range[] {
  const { steps, rest, whole } = descend(start, end, size);
  const siblings = steps.map(({ sibling }) => sibling).toReversed();
  return whole ? siblings : [rest, ...siblings];
}

/** Silent if `proof` shows that the leaf is the `index`-th of the tree. @throws FormatError */
export function verifyInclusion(
  crypto: Hasher,
  tree: { readonly size: number; readonly root: Uint8Array },
  index: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
): void {
  const holds =
    isSubtree(index, index + 1, tree.size) &&
    subtreeBelongs(crypto, { start: index, end: index + 1, hash: leaf }, tree, proof);
  if (!holds) throw new FormatError('inclusion-invalid', `leaf ${index} of ${tree.size}`);
}

/** Silent if `proof` shows that the first tree is the beginning of the second. @throws FormatError */
export function verifyConsistency(
  crypto: Hasher,
  old: { readonly size: number; readonly root: Uint8Array },
  tree: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): void {
  if (!isConsistent(crypto, old, tree, proof)) {
    throw new FormatError('consistency-invalid', `size ${old.size} to ${tree.size}`);
  }
}

/** Whether `proof` shows that the first tree is the beginning of the second. */
export function isConsistent(
  crypto: Hasher,
  old: { readonly size: number; readonly root: Uint8Array },
  tree: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (old.size === 0) {
    const empty = emptyRoot(crypto);
    return proof.length === 0 && equalBytes(old.root, empty) && (tree.size !== 0 || equalBytes(tree.root, empty));
  }
  if (!isSubtree(0, old.size, tree.size)) return false;
  return subtreeBelongs(crypto, { start: 0, end: old.size, hash: old.root }, tree, proof);
}

/** Whether `proof` shows that the subtree, a valid one of this tree, has that hash. */
export function subtreeBelongs(
  crypto: Hasher,
  subtree: Range & { readonly hash: Uint8Array },
  tree: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  const { steps, whole } = descend(subtree.start, subtree.end, tree.size);
  const siblings = whole ? proof : proof.slice(1);
  const rest = whole ? subtree.hash : proof[0];
  if (rest === undefined || siblings.length !== steps.length || proof.length > MAX_PROOF) return false;
  if ([subtree.hash, tree.root, ...proof].some((hash) => hash.length !== 32)) return false;
  const join = nodeHasher(crypto);
  let inner = rest;
  let outer = rest;
  for (const [at, step] of steps.toReversed().entries()) {
    const sibling = siblings[at];
    if (sibling === undefined) return false;
    outer = step.side === 'left' ? join(sibling, outer) : join(outer, sibling);
    if (step.inside) inner = join(sibling, inner);
  }
  return equalBytes(inner, subtree.hash) && equalBytes(outer, tree.root);
}

function descend(start: number, end: number, size: number): Descent {
  if (!isSubtree(start, end, size)) throw new FormatError('range-outside', `leaves ${start} to ${end} of ${size}`);
  const steps: Step[] = [];
  let low = 0;
  let high = size;
  let from = start;
  while (low !== from || high !== end) {
    const middle = low + splitOf(high - low);
    if (end <= middle) {
      steps.push({ sibling: { start: middle, end: high }, side: 'right', inside: false });
      high = middle;
    } else {
      const inside = from < middle;
      steps.push({ sibling: { start: low, end: middle }, side: 'left', inside });
      if (inside) from = middle;
      low = middle;
    }
  }
  return { steps, rest: { start: low, end: high }, whole: from === start };
}
