import {
  type C2spCrypto,
  type Checkpoint,
  readCheckpoint,
  readNote,
  readTlogProof,
  type TlogProof,
} from '@entente/c2sp';
import { type PartyId, Refusal, type RelationId } from '@entente/protocol';
import { checkSize, readUtf8, utf8 } from './bytes.ts';
import { type DoubleVkey, originOf } from './channel-keys.ts';
import { c2spCryptoOf, type Crypto } from './crypto.ts';
import { refusing, verifySignedNote } from './notes.ts';
import { padmeSize } from './padme.ts';
import { type ParcelLimits, parcelLimits } from './parcel.ts';
import { type ParcelHeader, readParcelHeader } from './parcel-header.ts';
import {
  isCosignedLine,
  isPadLine,
  padLine,
  type ParcelItem,
  readCosignedLine,
  readFirstLine,
  readItemLine,
} from './parcel-lines.ts';
import { markVerified, type Verified } from './verified.ts';

/** What the receiver knows before opening: whose parcel it must be, and the keys that sign its channel's heads. */
export interface ParcelExpectation {
  readonly from: PartyId;
  readonly to: PartyId;
  readonly relation: RelationId;
  readonly epoch: number;
  readonly log: DoubleVkey;
  /** Where the counterpart gives back entries of another channel than its own: whose heads those are. */
  readonly givenBack?: { readonly origin: string; readonly log: DoubleVkey };
}

/** A parcel whose header and checkpoint are signed by the channel's owner; its entries are still only bytes. */
export type OpenedParcel = OpenedParts &
  (
    | { readonly kind: 'run'; readonly header: Extract<ParcelHeader, { kind: 'run' }> }
    /** The inclusion proof is the sender's until `verifyInclusion` holds it against the leaf. */
    | {
        readonly kind: 'express';
        readonly header: Extract<ParcelHeader, { kind: 'express' }>;
        readonly proof: TlogProof;
      }
  );

interface OpenedParts {
  readonly checkpoint: Checkpoint;
  /** The signed checkpoint, verbatim. */
  readonly checkpointNote: string;
  /** Our own checkpoint as the sender cosigned it, verbatim and not verified here. */
  readonly cosigned: string | undefined;
  /**
   * Approvals and entries in order, each judged for framing only; as many entries as the header says.
   * @throws Refusal `parcel-malformed`, `too-large` on the way
   */
  items(): Generator<ParcelItem, void, undefined>;
}

/**
 * What a parcel claims to be, to find the relation of one that came by stick. Nothing of it is verified.
 * @throws Refusal `parcel-malformed`, `note-malformed`, `too-large`
 */
export function claimOfParcel(plaintext: Uint8Array, limits: ParcelLimits = parcelLimits): ParcelHeader {
  const { header } = readFirstLine(lineAt(plaintext, 0, limits, 1).text);
  return readParcelHeader(refusing('note-malformed', 'header', () => readNote(utf8(header)).text));
}

/**
 * Verifies the first line of a parcel, header and checkpoint, before anything after it is parsed.
 * @throws Refusal `too-large`, `parcel-malformed`, `note-malformed`, `signature-…`, `wrong-relation`, `wrong-recipient`, `wrong-epoch`
 */
export function openParcel(
  crypto: Crypto,
  plaintext: Uint8Array,
  expect: ParcelExpectation,
  limits: ParcelLimits = parcelLimits,
): Verified<OpenedParcel> {
  checkSize(plaintext, limits.plaintext, 'parcel');
  if (padmeSize(plaintext.length) !== plaintext.length) throw malformed('parcel', 'not a Padmé size');
  const verifier = c2spCryptoOf(crypto);
  const { text, next } = lineAt(plaintext, 0, limits, 1);
  const line = readFirstLine(text);
  const header = readParcelHeader(verifySignedNote(verifier, utf8(line.header), [expect.log.ed25519], 'header').text);
  checkRoute(header, expect);
  if (line.kind === 'run' && header.kind === 'run') {
    const entries = header.end - header.start;
    if (entries > limits.entries) throw new Refusal('too-large', { where: 'range' });
    const checkpoint = verifyHead(verifier, utf8(line.checkpoint), expect);
    // Every parcel stands alone: its checkpoint is the head right after its last entry; one given back ends where its giver likes.
    const isHead = expect.givenBack === undefined ? checkpoint.size === header.end : checkpoint.size >= header.end;
    if (!isHead) throw malformed('checkpoint', 'not the head after the last entry');
    const rest = { checkpoint, checkpointNote: line.checkpoint, ...readRest(plaintext, next, limits, entries) };
    return markVerified(Object.freeze({ kind: 'run', header, ...rest }));
  }
  if (line.kind === 'express' && header.kind === 'express') {
    const proof = refusing('proof-invalid', 'proof', () => readTlogProof(utf8(line.proof)));
    const checkpoint = verifyHead(verifier, proof.note, expect);
    if (proof.index !== header.index || proof.extra !== undefined)
      throw malformed('proof', 'not of the entry announced');
    const checkpointNote = readUtf8(proof.note, 'note-malformed', 'proof');
    const rest = { checkpoint, checkpointNote, ...readRest(plaintext, next, limits, 1) };
    return markVerified(Object.freeze({ kind: 'express', header, proof, ...rest }));
  }
  throw malformed('header', 'of another kind than the first line');
}

function checkRoute(header: ParcelHeader, expect: ParcelExpectation): void {
  if (header.to !== expect.to) throw new Refusal('wrong-recipient', { where: 'header' });
  if (header.from !== expect.from || header.relation !== expect.relation)
    throw new Refusal('wrong-relation', { where: 'header' });
  if (header.epoch !== expect.epoch) throw new Refusal('wrong-epoch', { where: 'header' });
}

function verifyHead(verifier: C2spCrypto, bytes: Uint8Array, expect: ParcelExpectation): Checkpoint {
  const { origin, log } = expect.givenBack ?? {
    origin: originOf(expect.from, expect.to, expect.epoch),
    log: expect.log,
  };
  const note = verifySignedNote(verifier, bytes, [log.ed25519, log.mldsa44], 'checkpoint');
  const checkpoint = refusing('note-malformed', 'checkpoint', () => readCheckpoint(note.text));
  if (checkpoint.origin !== origin) throw new Refusal('wrong-relation', { where: 'checkpoint' });
  // ML-DSA-44 signatures do not cover extension lines.
  if (checkpoint.extension.length > 0) throw malformed('checkpoint', 'extension lines');
  return checkpoint;
}

function readRest(
  plaintext: Uint8Array,
  start: number,
  limits: ParcelLimits,
  entries: number,
): Pick<OpenedParts, 'cosigned' | 'items'> {
  const second = lineAt(plaintext, start, limits, 2);
  const hasCosigned = isCosignedLine(second.text);
  const cosigned = hasCosigned ? readCosignedLine(second.text) : undefined;
  const items = hasCosigned ? { at: second.next, number: 3 } : { at: start, number: 2 };
  return { cosigned, items: () => readItems(plaintext, items.at, items.number, limits, entries) };
}

function* readItems(
  plaintext: Uint8Array,
  start: number,
  firstNumber: number,
  limits: ParcelLimits,
  expected: number,
): Generator<ParcelItem, void, undefined> {
  const counts = { entry: 0, approval: 0 };
  const most = { entry: expected, approval: limits.approvals };
  for (let at = start, number = firstNumber; ; number++) {
    const { text, next } = lineAt(plaintext, at, limits, number);
    if (isPadLine(text)) {
      checkEnd(plaintext, text, next, number, expected - counts.entry);
      return;
    }
    const item = readItemLine(text, number);
    counts[item.kind] += 1;
    if (counts[item.kind] > most[item.kind]) throw malformed(`line ${number}`, 'more than announced');
    yield item;
    at = next;
  }
}

function checkEnd(plaintext: Uint8Array, text: string, next: number, number: number, missing: number): void {
  const where = `line ${number}`;
  if (missing > 0) throw malformed(where, `${missing} entries missing`);
  if (next !== plaintext.length || text !== padLine(text.length - padLine(0).length))
    throw malformed(where, 'not the end');
}

function lineAt(
  plaintext: Uint8Array,
  at: number,
  limits: ParcelLimits,
  number: number,
): { readonly text: string; readonly next: number } {
  const where = `line ${number}`;
  const end = plaintext.indexOf(0x0a, at);
  if (end === -1) throw malformed(where, 'truncated');
  // The padding alone may be longer than a line: 12 % of 64 MiB.
  const limit = end === plaintext.length - 1 ? limits.plaintext : limits.line;
  if (end - at > limit) throw new Refusal('too-large', { where });
  return { text: readUtf8(plaintext.subarray(at, end), 'parcel-malformed', where), next: end + 1 };
}

function malformed(where: string, what: string): Refusal {
  return new Refusal('parcel-malformed', { where, what });
}
