// <32 hex of the direction>-<from>-<to>.parcel.age, or <32 hex>-<64 hex of the sealed file>.attachment.age
import { isLogSize, isSha256Hex, type LogSize, type Sha256Hex } from '@entente/protocol';
import type { Crypto } from '@entente/wire';

/** What lies in a dead drop. The drop learns who speaks to whom only if it knows both already; it sees sizes and times. */
export type DropName =
  | { readonly kind: 'parcel'; readonly direction: string; readonly from: LogSize; readonly to: LogSize }
  | { readonly kind: 'attachment'; readonly direction: string; readonly sealed: Sha256Hex };

const grammar = /^([0-9a-f]{32})-(?:(\d{1,16})-(\d{1,16})\.parcel|([0-9a-f]{64})\.attachment)\.age$/;

/** The opaque name of one channel in a drop: the accord's hash is known to its two parties only. */
export function dropDirection(crypto: Crypto, accord: Sha256Hex, origin: string): string {
  return crypto.sha256Hex(new TextEncoder().encode(`entente-drop/v1\n${accord}\n${origin}\n`)).slice(0, 32);
}

export function writeDropName(name: DropName): string {
  switch (name.kind) {
    case 'parcel':
      return `${name.direction}-${name.from}-${name.to}.parcel.age`;
    case 'attachment':
      return `${name.direction}-${name.sealed}.attachment.age`;
    default:
      return name satisfies never;
  }
}

/** Reads a file name found in a drop; undefined for whatever else lies there, which is nobody's business. */
export function readDropName(text: string): DropName | undefined {
  const [, direction, fromDigits, toDigits, sealed] = grammar.exec(text) ?? [];
  if (direction === undefined) return undefined;
  if (isSha256Hex(sealed)) return Object.freeze({ kind: 'attachment', direction, sealed });
  const [from, to] = [Number(fromDigits), Number(toDigits)];
  if (!isLogSize(from) || !isLogSize(to) || from >= to) return undefined;
  const name = Object.freeze({ kind: 'parcel', direction, from, to });
  return writeDropName(name) === text ? name : undefined;
}
