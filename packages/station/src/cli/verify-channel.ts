import { appendLeaves, emptyFrontier, type Frontier, leafHash, readCheckpoint, rootOf } from '@entente/c2sp';
import { type ActId, readHead, Refusal, type Sha256Hex } from '@entente/protocol';
import { type Crypto, readEnvelope, writeLeaf } from '@entente/wire';
import { type ChannelLine, readChannelLine, seenOfLine } from './channel-folder.ts';
import { linesOf } from './lines-of.ts';
import type { OpenedEntry } from './opened-entry.ts';
import type { SignatureBook } from './signature-book.ts';

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
}

type Entry = Extract<ChannelLine, { kind: 'entry' }>;

/** What the entries of a channel say they saw of the other: size → root. Never less than before. @throws Refusal `seen-decreases` */
export async function collectSeen(
  path: string,
  onRead: (bytes: number) => void,
): Promise<ReadonlyMap<number, Sha256Hex>> {
  const claims = new Map<number, Sha256Hex>();
  let last = { size: -1, root: '' };
  let number = 0;
  for await (const lines of linesOf(path, onRead)) {
    for (const line of lines) {
      number += 1;
      const seen = seenOfLine(line);
      if (seen === undefined || (seen.size === last.size && seen.root === last.root)) continue;
      if (seen.size <= last.size)
        throw new Refusal('seen-decreases', {
          where: `${path} line ${number}`,
          what: `${seen.size} after ${last.size}`,
        });
      claims.set(seen.size, seen.root);
      last = seen;
    }
  }
  return claims;
}

/**
 * Computes a channel anew from its bytes: each envelope, head, body and leaf hashed, the tree built, and its root compared
 * wherever somebody named one. @throws Refusal naming the line or size that does not hold
 */
export async function verifyChannel(
  crypto: Crypto,
  path: string,
  expected: Expected,
  signatures: SignatureBook | undefined,
  onRead: (bytes: number) => void,
): Promise<ChannelFound> {
  const tree = new Tree(crypto, path, expected.roots);
  let number = 0;
  let unreadable = 0;
  let bodies = 0;
  for await (const lines of linesOf(path, onRead)) {
    for (const line of lines) {
      number += 1;
      const read = readChannelLine(line.toString('utf8'), number);
      if (read.kind === 'approval') {
        signatures?.take(read.approval);
        continue;
      }
      const act = openEntry(crypto, read, `${path} line ${number}`);
      if (act.head === undefined) unreadable += 1;
      if (read.body !== undefined) bodies += 1;
      signatures?.check(tree.size, act);
      tree.append(act.leaf);
    }
    tree.flush();
  }
  tree.flush();
  const furthest = expected.roots.keys().reduce((far, size) => Math.max(far, size), expected.size);
  if (tree.size < furthest) throw new Refusal('gap', { where: path, what: `${tree.size} entries of ${furthest}` });
  return { entries: tree.size, unsigned: tree.size - expected.size, root: tree.root(), unreadable, bodies };
}

function openEntry(crypto: Crypto, { envelope, body, seen, time }: Entry, where: string): OpenedEntry {
  const hash = crypto.sha256Hex(envelope);
  const opened = orUnreadable(() => readEnvelope(envelope));
  const id = (opened === undefined ? hash : crypto.sha256Hex(opened.headBytes)) as ActId;
  const head = opened && orUnreadable(() => readHead(opened.headBytes));
  if (body !== undefined && head !== undefined && crypto.sha256Hex(body) !== head.body) {
    throw new Refusal('hash-mismatch', { where, what: `the body of act ${id}` });
  }
  const leaf = leafHash(crypto, writeLeaf({ act: id, envelope: hash, seen, time }));
  return { id, head, signatures: opened?.signatures ?? [], leaf };
}

/** Grows the tree in steps that end where a root is known, and compares it there. */
class Tree {
  readonly #crypto: Crypto;
  readonly #path: string;
  readonly #roots: ReadonlyMap<number, Sha256Hex>;
  #frontier: Frontier = emptyFrontier;
  #waiting: Uint8Array[] = [];

  constructor(crypto: Crypto, path: string, roots: ReadonlyMap<number, Sha256Hex>) {
    this.#crypto = crypto;
    this.#path = path;
    this.#roots = roots;
  }

  get size(): number {
    return this.#frontier.size + this.#waiting.length;
  }

  root(): Sha256Hex {
    return rootOf(this.#crypto, this.#frontier).toHex() as Sha256Hex;
  }

  append(leaf: Uint8Array): void {
    this.#waiting.push(leaf);
    const expected = this.#roots.get(this.size);
    if (expected === undefined) return;
    this.flush();
    if (this.root() !== expected) {
      throw new Refusal('hash-mismatch', { where: this.#path, what: `the root of the first ${this.size} entries` });
    }
  }

  flush(): void {
    if (this.#waiting.length === 0) return;
    this.#frontier = appendLeaves(this.#crypto, this.#frontier, this.#waiting).frontier;
    this.#waiting = [];
  }
}

/** The size and root of a checkpoint's text. */
export function headOfNote(text: string): { readonly size: number; readonly root: Sha256Hex; readonly origin: string } {
  const { size, root, origin } = readCheckpoint(text);
  return { size, root: root.toHex() as Sha256Hex, origin };
}

function orUnreadable<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
