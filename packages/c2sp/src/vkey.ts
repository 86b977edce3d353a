import { readBase64, writeBase64 } from './base64.ts';
import { concatBytes, writeUtf8 } from './bytes.ts';
import type { Hasher } from './crypto.ts';
import { FormatError } from './errors.ts';
import { checkKeyName } from './key-name.ts';

/** 1: Ed25519 over the note text. 4: timestamped Ed25519 cosignature. 6: timestamped ML-DSA-44 cosignature. */
export type KeyType = 1 | 4 | 6;

const KEY_LENGTH: Readonly<Record<KeyType, number>> = { 1: 32, 4: 32, 6: 1312 };

interface VkeyParts {
  readonly name: string;
  /** Unsigned 32-bit. */
  readonly keyId: number;
  readonly publicKey: Uint8Array;
  /** The verifier key as written. */
  readonly text: string;
}

/** A verifier key this library can verify with; its id is checked against its key. */
export interface KnownVerifierKey extends VkeyParts {
  readonly type: KeyType;
}

/** A well-formed verifier key of a signature type this library does not verify; its id is not checked. */
export interface OtherVerifierKey extends VkeyParts {
  readonly type: 'other';
  readonly typeByte: number;
}

export type VerifierKey = KnownVerifierKey | OtherVerifierKey;

/** Reads `<name>+<key id, 8 hex digits>+base64(type || public key)`. @throws FormatError */
export function readVkey(crypto: Hasher, text: string, where = 'vkey'): VerifierKey {
  const parts = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text);
  const [, name, id, encoded] = parts ?? [];
  if (name === undefined || id === undefined || encoded === undefined) throw new FormatError('vkey-shape', where);
  checkKeyName(name, where);
  const material = readBase64(encoded, where);
  const [typeByte] = material;
  if (typeByte === undefined || material.length < 2) throw new FormatError('vkey-shape', where);
  const keyId = Number.parseInt(id, 16);
  const publicKey = material.subarray(1);
  if (!isKeyType(typeByte)) return Object.freeze({ name, keyId, type: 'other', typeByte, publicKey, text });
  if (publicKey.length !== KEY_LENGTH[typeByte]) throw new FormatError('vkey-length', where);
  if (keyIdOf(crypto, name, material) !== keyId) throw new FormatError('vkey-id', where);
  return Object.freeze({ name, keyId, type: typeByte, publicKey, text });
}

/** Reads a verifier key and refuses one this library cannot verify with. @throws FormatError */
export function readKnownVkey(crypto: Hasher, text: string, where = 'vkey'): KnownVerifierKey {
  const vkey = readVkey(crypto, text, where);
  if (vkey.type === 'other') throw new FormatError('vkey-type', where);
  return vkey;
}

/** Makes the verifier key of a public key; `text` is its written form. @throws FormatError */
export function makeVkey(crypto: Hasher, name: string, type: KeyType, publicKey: Uint8Array): KnownVerifierKey {
  return readKnownVkey(crypto, writeVkey(crypto, name, type, publicKey));
}

/** Writes `<name>+<key id>+base64(type || public key)`, with the key id the specifications define. @throws FormatError */
export function writeVkey(crypto: Hasher, name: string, type: KeyType, publicKey: Uint8Array): string {
  checkKeyName(name, 'vkey');
  if (publicKey.length !== KEY_LENGTH[type]) throw new FormatError('vkey-length', 'vkey');
  const material = concatBytes([Uint8Array.of(type), publicKey]);
  return `${name}+${keyIdOf(crypto, name, material).toString(16).padStart(8, '0')}+${writeBase64(material)}`;
}

/** First four bytes of SHA-256(name || newline || type || public key). */
function keyIdOf(crypto: Hasher, name: string, material: Uint8Array): number {
  const hash = crypto.sha256(concatBytes([writeUtf8(`${name}\n`, 'vkey'), material]));
  return new DataView(hash.buffer, hash.byteOffset).getUint32(0);
}

function isKeyType(byte: number): byte is KeyType {
  return byte === 1 || byte === 4 || byte === 6;
}
