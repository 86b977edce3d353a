// {"keys":{"administration":{…},"log":{"ed25519":"<b64>","mldsa44":"<b64>"},"mirror":{…},"offline":"age1pq1…","sealing":"age1pq1…",
//   "station":{"ed25519":"<b64>"},"tls":{"certificate":"<sha256>","publicKey":"<b64>"}},"nextRoot":"<sha256>","number":1,
//   "party":"fr","previous":"<sha256>","root":{"ed25519":"<b64>","mldsa44":"<b64>"},"v":1}
import {
  canonicalJson,
  isPartyId,
  type Json,
  type JsonObject,
  type PartyId,
  readCanonicalJson,
  Refusal,
  type Sha256Hex,
} from '@entente/protocol';
import { readUtf8, utf8 } from './bytes.ts';
import type { DoubleKey } from './double-key.ts';
import { isSmallOrder } from './ed25519-small-order.ts';
import { isSealingRecipient } from './sealing-header.ts';
import { readBytes, readMembers, readSha256, readText } from './shape.ts';

/** All public keys of a party's station. Raw bytes; recipients are age texts. */
export interface StationKeys {
  readonly log: DoubleKey;
  readonly mirror: DoubleKey;
  /** Ed25519: signs the station's own acts. */
  readonly station: Uint8Array;
  /** Ed25519: binds and revokes officers' keys. */
  readonly administration: Uint8Array;
  /** SHA-256 of the certificate in DER, and the raw public key in it: both are pinned. */
  readonly tls: { readonly certificate: Sha256Hex; readonly publicKey: Uint8Array };
  readonly sealing: string;
  /** Recipient for sticks; its identity is kept offline. */
  readonly offline: string;
}

/** A party's keys from one position on; changed by its root alone. */
export interface Keyset {
  readonly party: PartyId;
  /** 1 for the first. */
  readonly number: number;
  /** SHA-256 of the keyset before; absent from the first and the spare one. */
  readonly previous?: Sha256Hex;
  /** The root that signs this keyset: trusted by its fingerprint only. */
  readonly root: DoubleKey;
  readonly keys: StationKeys;
  /** Fingerprint of the root that may sign after this one. */
  readonly nextRoot: Sha256Hex;
}

const doubleLengths = { ed25519: 32, mldsa44: 1312 } as const;

/** The bytes that the root signs, in JCS form. */
export function writeKeyset({ party, number, previous, root, keys, nextRoot }: Keyset): Uint8Array {
  const { log, mirror, station, administration, tls, sealing, offline } = keys;
  const written: JsonObject = {
    v: 1,
    party,
    number,
    ...(previous === undefined ? {} : { previous }),
    root: writeDouble(root),
    keys: {
      log: writeDouble(log),
      mirror: writeDouble(mirror),
      station: { ed25519: station.toBase64() },
      administration: { ed25519: administration.toBase64() },
      tls: { certificate: tls.certificate, publicKey: tls.publicKey.toBase64() },
      sealing,
      offline,
    },
    nextRoot,
  };
  return utf8(canonicalJson(written));
}

/** @throws Refusal `keyset-malformed`, `key-malformed`, or one that names the faulty member */
export function readKeyset(bytes: Uint8Array): Keyset {
  const json = readCanonicalJson(readUtf8(bytes, 'keyset-malformed', 'keyset'));
  const members = readMembers(json, 'keyset', ['v', 'party', 'number', 'root', 'keys', 'nextRoot'], ['previous']);
  const { v, party, number } = members;
  if (v !== 1) throw new Refusal('keyset-malformed', { where: 'keyset.v' });
  if (!isPartyId(party)) throw new Refusal('keyset-malformed', { where: 'keyset.party' });
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1) {
    throw new Refusal('keyset-malformed', { where: 'keyset.number' });
  }
  return Object.freeze({
    party,
    number,
    ...(members['previous'] === undefined ? {} : { previous: readSha256(members['previous'], 'keyset.previous') }),
    root: readDoubleKey(members['root'], 'keyset.root'),
    keys: readStationKeys(members['keys']),
    nextRoot: readSha256(members['nextRoot'], 'keyset.nextRoot'),
  });
}

/** Reads `{"ed25519":"<b64>","mldsa44":"<b64>"}`. @throws Refusal */
export function readDoubleKey(json: Json | undefined, where: string): DoubleKey {
  const { ed25519, mldsa44 } = readMembers(json, where, ['ed25519', 'mldsa44']);
  return Object.freeze({
    ed25519: readEd25519(ed25519, `${where}.ed25519`),
    mldsa44: readBytes(mldsa44, `${where}.mldsa44`, doubleLengths.mldsa44),
  });
}

function readStationKeys(json: Json | undefined): StationKeys {
  const where = 'keyset.keys';
  const names = ['log', 'mirror', 'station', 'administration', 'tls', 'sealing', 'offline'];
  const { log, mirror, station, administration, tls, sealing, offline } = readMembers(json, where, names);
  const { certificate, publicKey } = readMembers(tls, `${where}.tls`, ['certificate', 'publicKey']);
  const keys: StationKeys = {
    log: readDoubleKey(log, `${where}.log`),
    mirror: readDoubleKey(mirror, `${where}.mirror`),
    station: readSingleKey(station, `${where}.station`),
    administration: readSingleKey(administration, `${where}.administration`),
    tls: Object.freeze({
      certificate: readSha256(certificate, `${where}.tls.certificate`),
      publicKey: readBytes(publicKey, `${where}.tls.publicKey`),
    }),
    sealing: readRecipient(sealing, `${where}.sealing`),
    offline: readRecipient(offline, `${where}.offline`),
  };
  checkDistinct(keys);
  return Object.freeze(keys);
}

/** Distinct keys for log, mirror, TLS, sealing (PROTOCOL §2.7): the theft of one is not the theft of another. */
function checkDistinct({ log, mirror, station, administration, tls, sealing, offline }: StationKeys): void {
  const raw = [log.ed25519, log.mldsa44, mirror.ed25519, mirror.mldsa44, station, administration, tls.publicKey];
  const all = [...raw.map((key) => key.toHex()), sealing, offline];
  if (new Set(all).size !== all.length)
    throw new Refusal('keyset-malformed', { where: 'keyset.keys', what: 'the same key twice' });
}

function readSingleKey(json: Json | undefined, where: string): Uint8Array {
  return readEd25519(readMembers(json, where, ['ed25519'])['ed25519'], `${where}.ed25519`);
}

function readEd25519(json: Json | undefined, where: string): Uint8Array {
  const key = readBytes(json, where, doubleLengths.ed25519);
  if (isSmallOrder(key)) throw new Refusal('key-malformed', { where, what: 'of small order' });
  return key;
}

function readRecipient(json: Json | undefined, where: string): string {
  const text = readText(json, where);
  if (!isSealingRecipient(text)) throw new Refusal('key-malformed', { where, what: 'not an mlkem768x25519 recipient' });
  return text;
}

function writeDouble({ ed25519, mldsa44 }: DoubleKey): JsonObject {
  return { ed25519: ed25519.toBase64(), mldsa44: mldsa44.toBase64() };
}
