// {"payload":"<base64>","payloadType":"<type>","signatures":[{"keyid":"<sha256 of the raw key>","sig":"<base64>"}]}
import { canonicalJson, readCanonicalJson, Refusal, type RefusalCode, type Sha256Hex } from '@entente/protocol';
import { checkSize, concatBytes, readUtf8, utf8 } from './bytes.ts';
import { readBytes, readList, readMembers, readSha256 } from './shape.ts';

export interface DsseSignature {
  /** SHA-256 of the raw public key. */
  readonly key: Sha256Hex;
  readonly signature: Uint8Array;
}

/** A DSSE v1 envelope as it arrived: nothing in it is verified. */
export interface Dsse {
  readonly payload: Uint8Array;
  readonly signatures: readonly DsseSignature[];
}

/** What DSSE v1 signs: `DSSEv1 <length> <type> <length> <payload>`. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = utf8(payloadType);
  return concatBytes([utf8(`DSSEv1 ${type.length} `), type, utf8(` ${payload.length} `), payload]);
}

export function writeDsse(payloadType: string, dsse: Dsse): Uint8Array {
  const signatures = dsse.signatures.map(({ key, signature }) => ({ keyid: key, sig: signature.toBase64() }));
  return utf8(canonicalJson({ payload: dsse.payload.toBase64(), payloadType, signatures }));
}

/** Reads 1 to 4 signatures over a payload of one type. @throws Refusal `code` or one of the readers of its parts */
export function readDsse(bytes: Uint8Array, payloadType: string, code: RefusalCode, limit: number): Dsse {
  checkSize(bytes, limit, 'envelope');
  const json = readCanonicalJson(readUtf8(bytes, code, 'envelope'));
  const members = readMembers(json, 'envelope', ['payload', 'payloadType', 'signatures']);
  if (members['payloadType'] !== payloadType) throw new Refusal(code, { where: 'payloadType' });
  const signatures = readList(members['signatures'], 'signatures', 1, 4).map((item, at) => {
    const where = `signatures[${at}]`;
    const { keyid, sig } = readMembers(item, where, ['keyid', 'sig']);
    return Object.freeze({ key: readSha256(keyid, `${where}.keyid`), signature: readBytes(sig, `${where}.sig`) });
  });
  if (new Set(signatures.map(({ key }) => key)).size !== signatures.length) {
    throw new Refusal(code, { where: 'signatures', what: 'the same key twice' });
  }
  return Object.freeze({ payload: readBytes(members['payload'], 'payload'), signatures: Object.freeze(signatures) });
}
