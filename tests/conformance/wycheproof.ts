import { join } from 'node:path';
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import type { Family } from './family.ts';
import { implementations } from './implementations.ts';
import { Tally } from './tally.ts';
import { hex, orRefused, readJson } from './vectors.ts';

type Group = Readonly<Record<string, unknown>> & { readonly tests: readonly Vector[] };
type Vector = Readonly<Record<string, string | undefined>> & {
  readonly tcId: number;
  readonly result: 'valid' | 'invalid' | 'acceptable';
};

/** C2SP/wycheproof, `testvectors_v1`: every vector through both implementations. */
export const wycheproofFamilies: readonly Family[] = [
  family('ed25519_test.json', ed25519),
  family('mldsa_44_verify_test.json', mlDsaVerify),
  family('mldsa_44_sign_seed_test.json', mlDsaSign),
  family('mlkem_768_keygen_seed_test.json', mlKemKeygen),
  family('mlkem_768_encaps_test.json', mlKemEncapsulate),
  family('mlkem_768_test.json', mlKemDecapsulate),
];

function family(file: string, hold: (tally: Tally, vector: Vector, group: Group) => void): Family {
  return {
    name: `wycheproof ${file.replace('_test.json', '')}`,
    folder: 'crypto/wycheproof/testvectors_v1',
    async run(dir) {
      const tally = new Tally();
      const { testGroups } = readJson<{ readonly testGroups: readonly Group[] }>(join(dir, file));
      for (const group of testGroups) for (const vector of group.tests) hold(tally, vector, group);
      return tally;
    },
  };
}

function ed25519(tally: Tally, { tcId, result, msg = '', sig = '' }: Vector, { publicKey }: Group): void {
  const key = hex((publicKey as { readonly pk: string }).pk);
  for (const { name, verifyEd25519 } of implementations)
    tally.check(`${name} ${tcId}`, () => {
      const accepted = orRefused(() => verifyEd25519(key, hex(msg), hex(sig))) ?? false;
      return accepted === (result === 'valid');
    });
}

function mlDsaVerify(tally: Tally, { tcId, result, msg = '', sig = '', ctx }: Vector, { publicKey }: Group): void {
  const key = hex(String(publicKey));
  for (const { name, verifyMlDsa44 } of implementations)
    tally.check(`${name} ${tcId}`, () => {
      const accepted = orRefused(() => verifyMlDsa44(key, hex(msg), hex(sig), maybe(ctx))) ?? false;
      return accepted === (result === 'valid');
    });
}

/** `node:crypto` signs with fresh randomness: of it the key and its verdict on the published signature can be held. */
function mlDsaSign(tally: Tally, vector: Vector, { privateSeed, publicKey }: Group): void {
  const { tcId, result, msg, mu, sig = '', ctx, rnd } = vector;
  const seed = hex(String(privateSeed));
  const sign = (): Uint8Array => {
    const { secretKey } = ml_dsa44.keygen(seed);
    const extraEntropy = rnd === undefined ? false : hex(rnd);
    if (msg === undefined) return ml_dsa44.internal.sign(hex(mu ?? ''), secretKey, { externalMu: true, extraEntropy });
    return ml_dsa44.sign(hex(msg), secretKey, { extraEntropy, ...(ctx === undefined ? {} : { context: hex(ctx) }) });
  };
  tally.check(`@noble ${tcId}`, () => (orRefused(sign)?.toHex() ?? '') === sig);
  if (result !== 'valid') return;
  for (const { name, mlDsa44PublicKey, verifyMlDsa44 } of implementations) {
    tally.check(`${name} key of ${tcId}`, () => mlDsa44PublicKey(seed).toHex() === publicKey);
    if (msg !== undefined)
      tally.check(`${name} verdict on ${tcId}`, () =>
        verifyMlDsa44(hex(String(publicKey)), hex(msg), hex(sig), maybe(ctx)),
      );
  }
}

function mlKemKeygen(tally: Tally, { tcId, seed = '', ek, dk }: Vector): void {
  tally.check(`@noble secret key ${tcId}`, () => ml_kem768.keygen(hex(seed)).secretKey.toHex() === dk);
  for (const { name, mlKem768PublicKey } of implementations)
    tally.check(`${name} ${tcId}`, () => mlKem768PublicKey(hex(seed)).toHex() === ek);
}

/** `node:crypto` encapsulates with fresh randomness: of it the refusals can be held, and that it takes a good key. */
function mlKemEncapsulate(tally: Tally, { tcId, result, ek = '', m = '', c, K }: Vector): void {
  tally.check(`@noble values ${tcId}`, () => {
    const made = orRefused(() => ml_kem768.encapsulate(hex(ek), hex(m)));
    return (made?.cipherText.toHex() ?? '') === c && (made?.sharedSecret.toHex() ?? '') === K;
  });
  for (const { name, mlKem768Encapsulate } of implementations)
    tally.check(`${name} ${tcId}`, () => {
      const accepted = orRefused(() => mlKem768Encapsulate(hex(ek))) !== undefined;
      return accepted === (result === 'valid');
    });
}

function mlKemDecapsulate(tally: Tally, { tcId, seed = '', ek, c = '', K }: Vector): void {
  for (const { name, mlKem768Decapsulate, mlKem768PublicKey } of implementations) {
    tally.check(
      `${name} ${tcId}`,
      () => (orRefused(() => mlKem768Decapsulate(hex(seed), hex(c)))?.toHex() ?? '') === K,
    );
    if (ek !== undefined) tally.check(`${name} key of ${tcId}`, () => mlKem768PublicKey(hex(seed)).toHex() === ek);
  }
}

function maybe(text: string | undefined): Uint8Array | undefined {
  return text === undefined ? undefined : hex(text);
}
