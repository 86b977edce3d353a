import { Refusal } from '@entente/protocol';
import type { Crypto } from './crypto.ts';
import { type Dsse, type DsseSignature, preAuthEncoding } from './dsse.ts';
import { type DoubleKey, type DoubleSeed, publicKeysOf } from './double-key.ts';

/** Signs a payload with both keys of a root: Ed25519 first, then ML-DSA-44. */
export function signByRoot(
  crypto: Crypto,
  payloadType: string,
  payload: Uint8Array,
  seeds: DoubleSeed,
): readonly [DsseSignature, DsseSignature] {
  const message = preAuthEncoding(payloadType, payload);
  const { ed25519, mldsa44 } = publicKeysOf(crypto, seeds);
  return [
    { key: crypto.sha256Hex(ed25519), signature: crypto.ed25519.sign(seeds.ed25519, message) },
    { key: crypto.sha256Hex(mldsa44), signature: crypto.mldsa44.sign(seeds.mldsa44, message) },
  ];
}

/**
 * Silent if the envelope bears the signatures of all these roots, in their order, Ed25519 before ML-DSA-44, and no other.
 * @throws Refusal `signature-missing`, `signature-invalid`
 */
export function checkRootSignatures(
  crypto: Crypto,
  payloadType: string,
  { payload, signatures }: Dsse,
  roots: readonly DoubleKey[],
): void {
  const message = preAuthEncoding(payloadType, payload);
  const required = roots.flatMap(({ ed25519, mldsa44 }) => [
    { scheme: crypto.ed25519, publicKey: ed25519 },
    { scheme: crypto.mldsa44, publicKey: mldsa44 },
  ]);
  if (signatures.length !== required.length) {
    throw new Refusal('signature-missing', { where: 'signatures', what: `${signatures.length} of ${required.length}` });
  }
  for (const [at, { scheme, publicKey }] of required.entries()) {
    const where = `signatures[${at}]`;
    const found = signatures[at];
    if (found?.key !== crypto.sha256Hex(publicKey)) throw new Refusal('signature-missing', { where });
    if (!scheme.verify(publicKey, message, found.signature)) throw new Refusal('signature-invalid', { where });
  }
}
