import type { DossierId } from './identifiers.ts';
import { writeUtf8 } from './utf8.ts';

/** SHA-256, handed in: this package computes no cryptography. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/**
 * The state of a whole relation at a cut, as 256 sums of 32 bytes: one for each first byte of a dossier's id, so that two
 * stations that differ can name where. A sum is an addition modulo 2^256 of SHA-256(dossier id ‖ 0x0A ‖ state bytes):
 * the order of dossiers does not matter and one dossier's change is one subtraction and one addition.
 *
 * It finds a difference between two stations that follow the rules. It is no proof against one that lies: a sum of
 * hashes can be aimed at, so each party computes its own and compares.
 */
export interface RelationDigest {
  readonly sums: readonly bigint[];
}

const buckets = 256;
const modulus = 1n << 256n;
export const emptyDigest: RelationDigest = { sums: Array.from({ length: buckets }, () => 0n) };

/** The hash of one dossier's state, 32 bytes. */
export function dossierDigest(dossier: DossierId, state: Uint8Array, sha256: Sha256): Uint8Array {
  const id = writeUtf8(dossier);
  const input = new Uint8Array(id.length + 1 + state.length);
  input.set(id);
  input[id.length] = 0x0a;
  input.set(state, id.length + 1);
  return sha256(input);
}

/** The digest after one dossier changed: its hash before, absent where it is new, and after, absent where it is gone. */
export function changeDigest(
  digest: RelationDigest,
  dossier: DossierId,
  change: { readonly before?: Uint8Array; readonly after?: Uint8Array },
): RelationDigest {
  const bucket = Number.parseInt(dossier.slice(0, 2), 16);
  const sum = (digest.sums[bucket] ?? 0n) - numberOf(change.before) + numberOf(change.after);
  return { sums: digest.sums.with(bucket, BigInt.asUintN(256, sum)) };
}

/** The 32 bytes that an act names: SHA-256 of all sums, in order. */
export function hashDigest(digest: RelationDigest, sha256: Sha256): Uint8Array {
  return sha256(writeDigest(digest));
}

/** All sums as 8,192 bytes, big endian, in order: the body of the act, for naming what differs. */
export function writeDigest(digest: RelationDigest): Uint8Array {
  return Uint8Array.fromHex(digest.sums.map((sum) => sum.toString(16).padStart(64, '0')).join(''));
}

/** Reads what `writeDigest` wrote; undefined for any other length. */
export function readDigest(bytes: Uint8Array): RelationDigest | undefined {
  if (bytes.length !== buckets * 32) return undefined;
  return { sums: Array.from({ length: buckets }, (_, i) => numberOf(bytes.subarray(i * 32, i * 32 + 32))) };
}

/** The first bytes of dossier ids, as two hexadecimal digits, under which two relations' states differ. */
export function differingDossiers(one: RelationDigest, other: RelationDigest): readonly string[] {
  return one.sums.flatMap((sum, i) => (sum === other.sums[i] ? [] : [i.toString(16).padStart(2, '0')]));
}

function numberOf(bytes: Uint8Array | undefined): bigint {
  return bytes === undefined || bytes.length === 0 ? 0n : BigInt(`0x${bytes.toHex()}`) % modulus;
}
