import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import type { Family } from './family.ts';
import { implementations, throughNoble, throughNode } from './implementations.ts';
import { Tally } from './tally.ts';
import { hex, orRefused, readJson } from './vectors.ts';

/** C2SP/CCTV for the signatures and the key encapsulation that Entente uses. */
export const cctvFamilies: readonly Family[] = [
  family('ed25519', 'crypto/CCTV/ed25519', ed25519Edges),
  family('ML-DSA accumulated', 'crypto/CCTV/ML-DSA', mlDsaAccumulated),
  family('ML-KEM strcmp', 'crypto/CCTV/ML-KEM', strcmp),
  family('ML-KEM unlucky and intermediate', 'crypto/CCTV/ML-KEM', encapsulated),
  family('ML-KEM modulus', 'crypto/CCTV/ML-KEM', modulus),
];

function family(name: string, folder: string, hold: (tally: Tally, dir: string) => void): Family {
  return {
    name: `CCTV ${name}`,
    folder,
    async run(dir) {
      const tally = new Tally();
      hold(tally, dir);
      return tally;
    },
  };
}

type Edge = Readonly<Record<'key' | 'sig' | 'msg', string>> & {
  readonly number: number;
  readonly flags: readonly string[] | null;
};

/**
 * Signatures that the standard leaves open and that no honest signer makes. What is held is each implementation's own rule,
 * so that an upgrade which changes it is noticed: OpenSSL 3.5 is as strict as can be, `@noble` multiplies by the cofactor.
 */
function ed25519Edges(tally: Tally, dir: string): void {
  const refused = {
    [throughNode.name]: ['low_order_A', 'low_order_R', 'low_order_residue'],
    [throughNoble.name]: ['low_order_A', 'non_canonical_R', 'reencoded_k'],
  };
  for (const { number, key, sig, msg, flags } of readJson<readonly Edge[]>(join(dir, 'ed25519vectors.json')))
    for (const { name, verifyEd25519 } of implementations)
      tally.check(`${name} ${number} ${flags?.join(' ') ?? ''}`, () => {
        const accepted = orRefused(() => verifyEd25519(hex(key), Buffer.from(msg), hex(sig))) ?? false;
        return accepted !== (refused[name] ?? []).some((flag) => flags?.includes(flag) === true);
      });
}

/** A hundred keys and signatures from one SHAKE-128 stream, hashed together; the expected hash stands in the README. */
function mlDsaAccumulated(tally: Tally, dir: string): void {
  const readme = readFileSync(join(dir, 'accumulated', 'README.md'), 'utf8');
  const wanted = /### ML-DSA-44\s+- 100 iterations: `([0-9a-f]{64})`/.exec(readme)?.[1];
  const seeds = createHash('shake128', { outputLength: 32 * 100 }).digest();
  const sum = createHash('shake128', { outputLength: 32 });
  const message = new Uint8Array(0);
  for (let at = 0; at < 100; at += 1) {
    const seed = seeds.subarray(32 * at, 32 * (at + 1));
    const { publicKey, secretKey } = ml_dsa44.keygen(seed);
    const signature = ml_dsa44.sign(message, secretKey, { extraEntropy: false });
    sum.update(publicKey).update(signature);
    tally.check(`node:crypto key ${at}`, () => throughNode.mlDsa44PublicKey(seed).toHex() === publicKey.toHex());
    tally.check(`node:crypto verdict ${at}`, () => throughNode.verifyMlDsa44(publicKey, message, signature));
  }
  tally.check('@noble, the hash of all', () => sum.digest('hex') === wanted);
}

/** Only `@noble` takes an expanded decapsulation key; `node:crypto` meets the same vector, from its seed, in wycheproof. */
function strcmp(tally: Tally, dir: string): void {
  const value = values(join(dir, 'strcmp', 'ML-KEM-768.txt'));
  tally.check('strcmp', () => ml_kem768.decapsulate(value('c'), value('dk')).toHex() === value('K').toHex());
}

/**
 * Only `@noble` takes the random value and the expanded key. These files are older than the final FIPS 203, which derives
 * keys from seeds in another way: from the key on they hold.
 */
function encapsulated(tally: Tally, dir: string): void {
  for (const folder of ['unluckysample', 'intermediate']) {
    const value = values(join(dir, folder, 'ML-KEM-768.txt'));
    tally.check(`${folder} encapsulated`, () => {
      const { cipherText, sharedSecret } = ml_kem768.encapsulate(value('ek'), value('m'));
      return cipherText.toHex() === value('c').toHex() && sharedSecret.toHex() === value('K').toHex();
    });
    tally.check(
      `${folder} decapsulated`,
      () => ml_kem768.decapsulate(value('c'), value('dk')).toHex() === value('K').toHex(),
    );
  }
}

/** Encapsulation keys with one coefficient out of range, each at another place: all must be refused. */
function modulus(tally: Tally, dir: string): void {
  const lines = gunzipSync(readFileSync(join(dir, 'modulus', 'ML-KEM-768.txt.gz')))
    .toString()
    .trim()
    .split('\n');
  for (const [at, line] of lines.entries())
    for (const { name, mlKem768Encapsulate } of implementations)
      tally.check(`${name} line ${at + 1}`, () => orRefused(() => mlKem768Encapsulate(hex(line))) === undefined);
}

/** Lines of `name = hex`; the first of a name counts. */
function values(path: string): (name: string) => Uint8Array {
  const text = readFileSync(path, 'utf8');
  return (name) => {
    const found = new RegExp(`^${name} = ([0-9a-f]+)$`, 'm').exec(text)?.[1];
    if (found === undefined) throw new Error(`${path} has no value ${name}`);
    return hex(found);
  };
}
