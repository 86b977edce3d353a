import { leafHash } from '@entente/c2sp';
import { type ActId, readHead, Refusal, type Sha256Hex, orUnreadable } from '@entente/protocol';
import { type Crypto, noticeTypes, readEnvelope, writeLeaf } from '@entente/wire';
import { type ChannelLine, readChannelLine, SeenReader } from './channel-folder.ts';
import type { OpenedEntry } from './opened-entry.ts';
import { type Piece, readLines } from './piece.ts';
import type { SignatureBook } from './signature-book.ts';

const hashLength = 32;

/** What a piece of a channel comes to, computed from its bytes alone. */
export interface PieceFound {
  /** The entries' leaf hashes, one after the other. */
  readonly leaves: Uint8Array<ArrayBuffer>;
  /** Entries whose envelope or head cannot be read: kept as bytes, noted. */
  readonly unreadable: number;
  readonly bodies: number;
  /** Indices are those in the piece. */
  readonly rootActs: readonly RootActPlace[];
}

/** Where an act stands that proposes or accepts an accord, reports a compromise, confirms or brings a keyset. */
export interface RootActPlace {
  readonly id: ActId;
  readonly type: string;
  readonly index: number;
  readonly seen: number;
}

/** A prefix of the other channel that an entry claims to have seen. */
export interface Claim {
  readonly size: number;
  readonly root: Sha256Hex;
  /** The place of the line in its file, in bytes. */
  readonly at: number;
}

/**
 * Computes the leaves of a piece anew: each envelope, head, body and leaf hashed.
 * @throws Refusal naming the place of the line that does not hold
 */
export function verifyPiece(crypto: Crypto, piece: Piece, signatures: SignatureBook | undefined): PieceFound {
  const leaves: Uint8Array[] = [];
  let unreadable = 0;
  let bodies = 0;
  const rootActs: RootActPlace[] = [];
  readLines(piece, (line, at) => {
    const where = `${piece.path} byte ${at}`;
    const read = readChannelLine(line, where);
    if (read.kind === 'approval') return signatures?.take(read.approval);
    const act = openEntry(crypto, read, where);
    if (act.head === undefined) unreadable += 1;
    if (read.body !== undefined) bodies += 1;
    signatures?.check(act);
    const type = act.head?.type ?? '';
    if (type.startsWith('relation/accord-') || noticeTypes.includes(type))
      rootActs.push({ id: act.id, type, index: leaves.length, seen: act.seen });
    leaves.push(act.leaf);
  });
  return { leaves: joined(leaves), unreadable, bodies, rootActs };
}

/** The prefixes of the other channel that a piece's entries claim to have seen, each once, in order. */
export function claimsOfPiece(piece: Piece): readonly Claim[] {
  const claims: Claim[] = [];
  const reader = new SeenReader();
  readLines(piece, (line, at) => {
    const seen = reader.read(line);
    if (seen !== undefined) claims.push({ ...seen, at });
  });
  return claims;
}

type Entry = Extract<ChannelLine, { kind: 'entry' }>;

function openEntry(crypto: Crypto, { envelope, body, seen, time }: Entry, where: string): OpenedEntry {
  const hash = crypto.sha256Hex(envelope);
  const opened = orUnreadable(() => readEnvelope(envelope));
  const id = (opened === undefined ? hash : crypto.sha256Hex(opened.headBytes)) as ActId;
  const head = opened && orUnreadable(() => readHead(opened.headBytes));
  if (body !== undefined && head !== undefined && crypto.sha256Hex(body) !== head.body) {
    throw new Refusal('hash-mismatch', { where, what: `the body of act ${id}` });
  }
  const leaf = leafHash(crypto, writeLeaf({ act: id, envelope: hash, seen, time }));
  return { id, head, signatures: opened?.signatures ?? [], seen: seen.size, leaf };
}

function joined(hashes: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hashes.length * hashLength);
  for (const [at, hash] of hashes.entries()) bytes.set(hash, at * hashLength);
  return bytes;
}
