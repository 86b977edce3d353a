// <32 hex of the direction>-<from>-<to>.parcel | -<64 hex act>.express | -<64 hex sealed SHA-256>.attachment, all + .age
import { type ActId, isActId, isLogSize, isSha256Hex, type LogSize, type Sha256Hex } from '@entente/protocol';
import type { Crypto } from '@entente/wire';

/** What lies in a dead drop. The drop learns who speaks to whom only if it knows both already; it sees sizes and times. */
export type DropName = { readonly direction: string } & (
  | { readonly kind: 'parcel'; readonly from: LogSize; readonly to: LogSize }
  | { readonly kind: 'express'; readonly act: ActId }
  | { readonly kind: 'attachment'; readonly sealed: Sha256Hex }
);

const grammar = /^([0-9a-f]{32})-(?:(\d{1,16})-(\d{1,16})\.parcel|([0-9a-f]{64})\.(express|attachment))\.age$/;

/** The opaque name of one direction of a relation: the accord's hash is known to its two parties only. */
export function dropDirection(crypto: Crypto, accord: Sha256Hex, origin: string): string {
  return crypto.sha256Hex(new TextEncoder().encode(`entente-drop/v1\n${accord}\n${origin}\n`)).slice(0, 32);
}

export function writeDropName(name: DropName): string {
  switch (name.kind) {
    case 'parcel':
      return `${name.direction}-${name.from}-${name.to}.parcel.age`;
    case 'express':
      return `${name.direction}-${name.act}.express.age`;
    case 'attachment':
      return `${name.direction}-${name.sealed}.attachment.age`;
    default:
      return name satisfies never;
  }
}

/** Reads a file name found in a drop; undefined for whatever else lies there, which is nobody's business. */
export function readDropName(text: string): DropName | undefined {
  const [, direction, from, to, hash, kind] = grammar.exec(text) ?? [];
  if (direction === undefined) return undefined;
  const name = nameOf(direction, Number(from), Number(to), hash, kind);
  return name !== undefined && writeDropName(name) === text ? Object.freeze(name) : undefined;
}

function nameOf(
  direction: string,
  from: number,
  to: number,
  hash: string | undefined,
  kind: string | undefined,
): DropName | undefined {
  if (kind === 'express' && isActId(hash)) return { kind, direction, act: hash };
  if (kind === 'attachment' && isSha256Hex(hash)) return { kind, direction, sealed: hash };
  return isLogSize(from) && isLogSize(to) && from < to ? { kind: 'parcel', direction, from, to } : undefined;
}
