// <32 hex of the direction>-<from>-<to>.parcel.age, <32 hex>-<64 hex of the sealed file>.attachment.age,
// <32 hex>-<64 hex of the act>.express.age, <32 hex>-<own>-<theirs>-<32 hex>.question.age, the same .answer.age,
// <32 hex>.notices.age
import { type ActId, isActId, isLogSize, isSha256Hex, type LogSize, type Sha256Hex } from '@entente/protocol';
import type { Crypto } from '@entente/wire';

/** What lies in a dead drop. The drop learns who speaks to whom only if it knows both already; it sees sizes and times. */
export type DropName =
  | { readonly kind: 'parcel'; readonly direction: string; readonly from: LogSize; readonly to: LogSize }
  | { readonly kind: 'attachment'; readonly direction: string; readonly sealed: Sha256Hex }
  | { readonly kind: 'express'; readonly direction: string; readonly act: ActId }
  /** What a restored station asks, and the answer: `writeQuestion`. */
  | { readonly kind: 'question' | 'answer'; readonly direction: string; readonly question: string };

const grammar = /^([0-9a-f]{32})-([0-9a-f-]{1,100})\.(parcel|attachment|express|question|answer)\.age$/;
const rangeGrammar = /^(\d{1,16})-(\d{1,16})$/;
const questionGrammar = /^\d{1,16}-\d{1,16}-[0-9a-f]{32}$/;

/**
 * The opaque name of one channel in a drop, or of one party's notices, whose origin has no epoch.
 * @param accord hash of the relation's first accord: known to its two parties only, and the same for both at any time
 */
export function dropDirection(crypto: Crypto, accord: Sha256Hex, origin: string): string {
  return crypto.sha256Hex(new TextEncoder().encode(`entente-drop/v1\n${accord}\n${origin}\n`)).slice(0, 32);
}

export function writeDropName(name: DropName): string {
  switch (name.kind) {
    case 'parcel':
      return `${name.direction}-${name.from}-${name.to}.parcel.age`;
    case 'attachment':
      return `${name.direction}-${name.sealed}.attachment.age`;
    case 'express':
      return `${name.direction}-${name.act}.express.age`;
    case 'question':
    case 'answer':
      return `${name.direction}-${name.question}.${name.kind}.age`;
    default:
      return name satisfies never;
  }
}

/** The one file that holds what a root said and the other side is not known to have. */
export function noticesName(direction: string): string {
  return `${direction}.notices.age`;
}

/** Reads a file name found in a drop; undefined for whatever else lies there, which is nobody's business. */
export function readDropName(text: string): DropName | undefined {
  const [, direction, what, kind] = grammar.exec(text) ?? [];
  if (direction === undefined || what === undefined) return undefined;
  switch (kind) {
    case 'attachment':
      return isSha256Hex(what) ? Object.freeze({ kind, direction, sealed: what }) : undefined;
    case 'express':
      return isActId(what) ? Object.freeze({ kind, direction, act: what }) : undefined;
    case 'question':
    case 'answer':
      return questionGrammar.test(what) ? Object.freeze({ kind, direction, question: what }) : undefined;
    default:
      return readParcelName(text, direction, what);
  }
}

function readParcelName(text: string, direction: string, range: string): DropName | undefined {
  const [, fromDigits, toDigits] = rangeGrammar.exec(range) ?? [];
  const [from, to] = [Number(fromDigits), Number(toDigits)];
  if (!isLogSize(from) || !isLogSize(to) || from >= to) return undefined;
  const name = Object.freeze({ kind: 'parcel', direction, from, to } as const);
  return writeDropName(name) === text ? name : undefined;
}
