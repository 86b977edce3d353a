// -> mlkem768x25519 <X-Wing ciphertext, base64 without padding>
// <file key under HPKE with an empty AAD, 32 bytes>                                       (age v1, C2SP age)
import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Identity, type Recipient, Stanza } from 'age-encryption';
import { concatBytes, utf8 } from './bytes.ts';
import type { Crypto } from './crypto.ts';

const kind = 'mlkem768x25519';
const ciphertextSize = 1120;
const sealedFileKeySize = 32;
// HPKE (RFC 9180): X-Wing, HKDF-SHA256, ChaCha20-Poly1305.
const suite: Uint8Array = concatBytes([utf8('HPKE'), new Uint8Array([0x64, 0x7a, 0x00, 0x01, 0x00, 0x03])]);
const nothing = new Uint8Array(0);

/** Wraps file keys as the library does, by the primitives that were handed in: OpenSSL needs a hundredth of the time. */
export function hybridRecipient(crypto: Crypto, publicKey: Uint8Array): Recipient {
  return {
    wrapFileKey(fileKey) {
      const wrapped = crypto.xwing.encapsulate(publicKey);
      if (wrapped === undefined) throw new Error(`not an ${kind} recipient`);
      const { key, nonce } = keySchedule(wrapped.sharedSecret);
      const share = wrapped.ciphertext.toBase64({ omitPadding: true });
      return [new Stanza([kind, share], crypto.sealChunk(key, nonce, fileKey))];
    },
  };
}

export function hybridIdentity(crypto: Crypto, secretSeed: Uint8Array): Identity {
  return {
    unwrapFileKey(stanzas) {
      for (const { args, body } of stanzas) {
        if (args[0] !== kind) continue;
        const share = args[1] === undefined ? undefined : readShare(args[1]);
        if (args.length !== 2 || share?.length !== ciphertextSize || body.length !== sealedFileKeySize) {
          throw new Error(`a malformed ${kind} stanza`);
        }
        const shared = crypto.xwing.decapsulate(secretSeed, share);
        if (shared === undefined) throw new Error(`a malformed ${kind} share`);
        const { key, nonce } = keySchedule(shared);
        const fileKey = crypto.openChunk(key, nonce, body);
        if (fileKey !== undefined) return fileKey;
      }
      return null;
    },
  };
}

/**
 * The bytes of a recipient, `age1pq1…`, or an identity, `AGE-SECRET-KEY-PQ-1…`, whose bech32 the library has checked: only
 * its words are put together here.
 */
export function bytesOfBech32(text: string): Uint8Array {
  const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
  const words = text.toLowerCase().slice(text.lastIndexOf('1') + 1, -checksumLength);
  const bytes = new Uint8Array(Math.floor((words.length * 5) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const word of words) {
    held = ((held << 5) | alphabet.indexOf(word)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = (held >> bits) & 0xff;
    at += 1;
  }
  return bytes;
}

const checksumLength = 6;

/** Base64 without padding in its one spelling; undefined for any other. */
function readShare(text: string): Uint8Array | undefined {
  try {
    const bytes = Uint8Array.fromBase64(text);
    return bytes.toBase64({ omitPadding: true }) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}

function keySchedule(sharedSecret: Uint8Array): { readonly key: Uint8Array; readonly nonce: Uint8Array } {
  const secret = labeledExtract(sharedSecret, 'secret', nothing);
  return { key: labeledExpand(secret, 'key', 32), nonce: labeledExpand(secret, 'base_nonce', 12) };
}

// Mode base: no pre-shared key; the same for every file.
const context: Uint8Array = concatBytes([
  new Uint8Array([0]),
  labeledExtract(undefined, 'psk_id_hash', nothing),
  labeledExtract(undefined, 'info_hash', utf8(`age-encryption.org/${kind}`)),
]);

function labeledExtract(salt: Uint8Array | undefined, label: string, input: Uint8Array): Uint8Array {
  return extract(sha256, concatBytes([utf8('HPKE-v1'), suite, utf8(label), input]), salt);
}

function labeledExpand(secret: Uint8Array, label: string, length: number): Uint8Array {
  const info = concatBytes([new Uint8Array([0, length]), utf8('HPKE-v1'), suite, utf8(label), context]);
  return expand(sha256, secret, info, length);
}
