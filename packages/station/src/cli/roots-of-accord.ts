import { readAccord, type Sha256Hex } from '@entente/protocol';
import { accordPayloadType, readDsse, rootFingerprint } from '@entente/wire';
import { nodeCrypto } from '../adapters/node-crypto.ts';

/** The roots to trust: those a person named, else those the accord itself names, which then are still to be compared by voice. */
export function rootsOfAccord(envelope: Uint8Array, named: readonly Sha256Hex[]): readonly [Sha256Hex, Sha256Hex] {
  const [first, second] = named;
  if (first !== undefined && second !== undefined) return [first, second];
  const { parties } = readAccord(readDsse(envelope, accordPayloadType, 'accord-malformed', envelope.length).payload);
  const fingerprintOf = ({ root }: (typeof parties)[number]): Sha256Hex =>
    rootFingerprint(nodeCrypto, {
      ed25519: Uint8Array.fromBase64(root.ed25519),
      mldsa44: Uint8Array.fromBase64(root.mldsa44),
    });
  return [fingerprintOf(parties[0]), fingerprintOf(parties[1])];
}
