import { appendLeaves, emptyFrontier, type Frontier, readCheckpoint, rootOf } from '@entente/c2sp';
import { Refusal, type Sha256Hex } from '@entente/protocol';
import type { Crypto } from '@entente/wire';
import { askInOrder } from './ask-threads.ts';
import type { Piece } from './piece.ts';
import type { SignatureCount } from './signature-book.ts';
import type { RootActPlace } from './verify-piece.ts';
import type { Signers } from './verify-task.ts';
import type { VerifyThread } from './verify-threads.ts';

/** What a channel must come to, by its notes and by what the other channel claims to have seen of it. */
export interface Expected {
  /** Roots by size. */
  readonly roots: ReadonlyMap<number, Sha256Hex>;
  /** The newest signed head: what stands beyond it has not left yet, and nobody vouches for it. */
  readonly size: number;
}

export interface ChannelFound {
  readonly entries: number;
  /** Entries after the newest signed head. */
  readonly unsigned: number;
  readonly root: Sha256Hex;
  /** Entries whose envelope or head cannot be read: kept as bytes, noted. */
  readonly unreadable: number;
  readonly bodies: number;
  readonly signatures: SignatureCount | undefined;
  /** Where acts of roots on accords and on trust stand. */
  readonly rootActs: readonly RootActPlace[];
}

/** What the entries of a channel say they saw of the other: size → root. Never less than before. @throws Refusal `seen-decreases` */
export async function collectSeen(
  threads: readonly VerifyThread[],
  path: string,
): Promise<ReadonlyMap<number, Sha256Hex>> {
  const claims = new Map<number, Sha256Hex>();
  let last = { size: -1, root: '' };
  const ask = (thread: VerifyThread, piece: Piece) => thread.ask({ kind: 'claims', piece });
  for await (const { answer } of askInOrder(threads, path, ask)) {
    for (const { size, root, at } of answer) {
      if (size === last.size && root === last.root) continue;
      if (size <= last.size)
        throw new Refusal('seen-decreases', { where: `${path} byte ${at}`, what: `${size} after ${last.size}` });
      claims.set(size, root);
      last = { size, root };
    }
  }
  return claims;
}

/**
 * Computes a channel anew from its bytes: each envelope, head, body and leaf hashed by the threads, the tree built here,
 * and its root compared wherever somebody named one. With signers, one thread alone is given: keys are learnt in order.
 * @throws Refusal naming the place or size that does not hold
 */
export async function verifyChannel(
  crypto: Crypto,
  threads: readonly VerifyThread[],
  path: string,
  expected: Expected,
  signers: Signers | undefined,
  onRead: (bytes: number) => void,
): Promise<ChannelFound> {
  const [first] = threads;
  if (signers !== undefined) await first?.ask({ kind: 'signers', path, signers });
  const asked = signers === undefined ? threads : threads.slice(0, 1);
  const tree = new Tree(crypto, path, expected.roots);
  let unreadable = 0;
  let bodies = 0;
  const rootActs: RootActPlace[] = [];
  const ask = (thread: VerifyThread, piece: Piece) => thread.ask({ kind: 'entries', piece });
  for await (const { piece, answer } of askInOrder(asked, path, ask)) {
    rootActs.push(...answer.rootActs.map((act) => ({ ...act, index: tree.size + act.index })));
    tree.append(answer.leaves);
    unreadable += answer.unreadable;
    bodies += answer.bodies;
    onRead(piece.to - piece.from);
  }
  const furthest = expected.roots.keys().reduce((far, size) => Math.max(far, size), expected.size);
  if (tree.size < furthest) throw new Refusal('gap', { where: path, what: `${tree.size} entries of ${furthest}` });
  return {
    entries: tree.size,
    unsigned: tree.size - expected.size,
    root: tree.root(),
    unreadable,
    bodies,
    signatures: signers && (await first?.ask({ kind: 'count', path })),
    rootActs,
  };
}

/** Grows the tree in steps that end where a root is known, and compares it there. */
class Tree {
  readonly #crypto: Crypto;
  readonly #path: string;
  readonly #roots: ReadonlyMap<number, Sha256Hex>;
  #frontier: Frontier = emptyFrontier;

  constructor(crypto: Crypto, path: string, roots: ReadonlyMap<number, Sha256Hex>) {
    this.#crypto = crypto;
    this.#path = path;
    this.#roots = roots;
  }

  get size(): number {
    return this.#frontier.size;
  }

  root(): Sha256Hex {
    return rootOf(this.#crypto, this.#frontier).toHex() as Sha256Hex;
  }

  /** @param leaves leaf hashes one after the other */
  append(leaves: Uint8Array): void {
    let waiting: Uint8Array[] = [];
    for (let at = 0; at < leaves.length; at += 32) {
      waiting.push(leaves.subarray(at, at + 32));
      const expected = this.#roots.get(this.size + waiting.length);
      if (expected === undefined) continue;
      this.#grow(waiting);
      waiting = [];
      if (this.root() !== expected) {
        throw new Refusal('hash-mismatch', { where: this.#path, what: `the root of the first ${this.size} entries` });
      }
    }
    this.#grow(waiting);
  }

  #grow(leaves: readonly Uint8Array[]): void {
    this.#frontier = appendLeaves(this.#crypto, this.#frontier, leaves).frontier;
  }
}

/** The size and root of a checkpoint's text. */
export function headOfNote(text: string): { readonly size: number; readonly root: Sha256Hex; readonly origin: string } {
  const { size, root, origin } = readCheckpoint(text);
  return { size, root: root.toHex() as Sha256Hex, origin };
}
