import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  hash,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import type { Sha256Hex } from '@entente/protocol';
import { type Crypto, isSmallOrder, type KeyPair, type Sha256Stream, type SignatureScheme } from '@entente/wire';
import { xwing } from './x-wing.ts';

const tagLength = 16;
// Importing a key costs more than an Ed25519 verification: the keys of a relation's officers and stations stay imported.
const keysKept = 4096;

type Scheme = 'ed25519' | 'ml-dsa-44' | 'p256';
const publicKeyLength: Readonly<Record<Scheme, number>> = { ed25519: 32, 'ml-dsa-44': 1312, p256: 65 };

/** The primitives by OpenSSL. Keys come and go raw: `createPublicKey` accepts trailing bytes after an SPKI. */
export const nodeCrypto: Crypto = Object.freeze({
  sha256,
  sha256Hex: (data: Uint8Array) => hash('sha256', data, 'hex') as Sha256Hex,
  sha256Stream,
  randomBytes: (length: number) => plain(randomBytes(length)),
  ed25519: schemeOf('ed25519'),
  mldsa44: schemeOf('ml-dsa-44'),
  p256: schemeOf('p256'),
  xwing,
  sealChunk,
  openChunk,
  hkdfSha256: (key: Uint8Array, salt: Uint8Array, info: string, length: number) =>
    new Uint8Array(hkdfSync('sha256', key, salt, info, length)),
});

const digestLength = 32;
let digests = Buffer.allocUnsafeSlow(1024 * digestLength);
let digestsMade = 0;

/** A digest beside others in one buffer: a buffer of its own costs twice what the hash does, and the collector must find it. */
function sha256(data: Uint8Array): Uint8Array {
  if (digestsMade === digests.length) {
    digests = Buffer.allocUnsafeSlow(digests.length);
    digestsMade = 0;
  }
  digests.write(hash('sha256', data, 'latin1'), digestsMade, digestLength, 'latin1');
  const digest = new Uint8Array(digests.buffer, digestsMade, digestLength);
  digestsMade += digestLength;
  return digest;
}

/** The same bytes without Buffer's ways: its `slice` is a view, its `toString` a text. */
function plain(bytes: Buffer): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

function sha256Stream(): Sha256Stream {
  const all = createHash('sha256');
  return { update: (data) => void all.update(data), digestHex: () => all.digest('hex') as Sha256Hex };
}

function schemeOf(scheme: Scheme): SignatureScheme {
  const imported = new Map<string, KeyObject | undefined>();
  // As long as somebody holds the seed: a private key costs as much to import as to sign with.
  const seeds = new WeakMap<Uint8Array, KeyObject>();
  const digest = scheme === 'p256' ? 'sha256' : null;

  function publicKeyObject(publicKey: Uint8Array): KeyObject | undefined {
    const name = publicKey.toBase64();
    if (imported.has(name)) return imported.get(name);
    if (imported.size >= keysKept) imported.clear();
    const key = importPublicKey(scheme, publicKey);
    imported.set(name, key);
    return key;
  }

  function privateKeyObject(secretSeed: Uint8Array): KeyObject {
    const key = seeds.get(secretSeed) ?? importSeed(scheme, secretSeed);
    seeds.set(secretSeed, key);
    return key;
  }

  function publicKeyOf(secretSeed: Uint8Array): Uint8Array {
    const key = createPublicKey(importSeed(scheme, secretSeed));
    const raw =
      scheme === 'p256'
        ? key.export({ format: 'raw-public', type: 'uncompressed' })
        : key.export({ format: 'raw-public' });
    return plain(raw);
  }

  return Object.freeze({
    publicKeyOf,
    generate(): KeyPair {
      const secretSeed = plain(randomBytes(32));
      return { publicKey: publicKeyOf(secretSeed), secretSeed };
    },
    sign: (secretSeed: Uint8Array, message: Uint8Array) => plain(sign(digest, message, privateKeyObject(secretSeed))),
    verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
      if (publicKey.length !== publicKeyLength[scheme]) return false;
      const key = publicKeyObject(publicKey);
      return key !== undefined && verify(digest, message, key, signature);
    },
  });
}

function importSeed(scheme: Scheme, secretSeed: Uint8Array): KeyObject {
  const key = Buffer.from(secretSeed.buffer, secretSeed.byteOffset, secretSeed.length);
  switch (scheme) {
    case 'ed25519':
      return createPrivateKey({ key, format: 'raw-private', asymmetricKeyType: 'ed25519' });
    case 'ml-dsa-44':
      return createPrivateKey({ key, format: 'raw-seed', asymmetricKeyType: 'ml-dsa-44' });
    case 'p256':
      return createPrivateKey({ key, format: 'raw-private', asymmetricKeyType: 'ec', namedCurve: 'P-256' });
    default:
      return scheme satisfies never;
  }
}

function importPublicKey(scheme: Scheme, publicKey: Uint8Array): KeyObject | undefined {
  if (scheme === 'ed25519' && isSmallOrder(publicKey)) return undefined;
  if (scheme === 'p256' && publicKey[0] !== 4) return undefined;
  const raw = { key: Buffer.from(publicKey), format: 'raw-public' } as const;
  try {
    return scheme === 'p256'
      ? createPublicKey({ ...raw, asymmetricKeyType: 'ec', namedCurve: 'P-256' })
      : createPublicKey({ ...raw, asymmetricKeyType: scheme });
  } catch {
    return undefined;
  }
}

function sealChunk(key: Uint8Array, nonce: Uint8Array, data: Uint8Array): Uint8Array {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: tagLength });
  const sealed = new Uint8Array(data.length + tagLength);
  const ciphertext = cipher.update(data);
  sealed.set(ciphertext);
  giveBack(ciphertext);
  cipher.final();
  sealed.set(cipher.getAuthTag(), data.length);
  return sealed;
}

/** Frees what nobody else has seen: left to the collector, the chunks of a large file cost more to find than to seal. */
function giveBack({ buffer, length }: Buffer<ArrayBuffer>): void {
  if (buffer.byteLength === length) buffer.transfer(0);
}

function openChunk(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array | undefined {
  if (sealed.length < tagLength) return undefined;
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: tagLength });
  decipher.setAuthTag(sealed.subarray(sealed.length - tagLength));
  const data = decipher.update(sealed.subarray(0, sealed.length - tagLength));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return plain(data);
}
