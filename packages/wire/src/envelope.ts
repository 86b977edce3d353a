// {"payload":"<base64 of the head>","payloadType":"application/vnd.entente.act+json;v=1","signatures":[
//   {"keyid":"<sha256 of the raw key>","sig":"<base64 of {"approval":"<sha256>","type":"entente.approval.v1"}>"}]}
import { Refusal, type Sha256Hex } from '@entente/protocol';
import { checkSize, readBase64, readUtf8, utf8 } from './bytes.ts';
import { readSharedBase64, sharedUtf8 } from './shared-bytes.ts';

export const actPayloadType = 'application/vnd.entente.act+json;v=1';
/** Room for a head of 190 KB. */
export const maximumEnvelope: number = 256 * 1024;

/** Who signed, and the approval document in which: one assertion stands for up to a thousand acts. */
export interface ActSignature {
  /** SHA-256 of the raw public key. */
  readonly key: Sha256Hex;
  /** SHA-256 of the approval's bytes, which travel once per parcel. */
  readonly approval: Sha256Hex;
}

/** An act's envelope as it arrived: nothing in it is verified. */
export interface Envelope {
  readonly headBytes: Uint8Array;
  readonly signatures: readonly ActSignature[];
}

// Compared piece by piece, since this is read for every act: one pattern over the whole payload costs twice as much.
const start = '{"payload":"';
const middle = `","payloadType":"${actPayloadType}","signatures":[`;
const end = ']}';
const one = /^\{"keyid":"([0-9a-f]{64})","sig":"([A-Za-z0-9+/]{144})"\}$/;
const oneLength = 229;
// Four signatures and what goes before and after them.
const longestEnd = middle.length + 4 * (oneLength + 1) + end.length;
const inner = /^\{"approval":"([0-9a-f]{64})","type":"entente\.approval\.v1"\}$/;

export function writeEnvelope(headBytes: Uint8Array, signatures: readonly ActSignature[]): Uint8Array {
  return sharedUtf8(envelopeText(headBytes.toBase64(), signatures));
}

/** Reads the one spelling of an envelope with 1 to 4 signatures. @throws Refusal `envelope-malformed`, `too-large` */
export function readEnvelope(bytes: Uint8Array): Envelope {
  checkSize(bytes, maximumEnvelope, 'envelope');
  const text = readUtf8(bytes, 'envelope-malformed', 'envelope');
  const payloadEnd = text.indexOf('"', start.length);
  if (!text.startsWith(start) || !text.startsWith(middle, payloadEnd) || !text.endsWith(end)) {
    throw malformed('envelope');
  }
  const payload = text.slice(start.length, payloadEnd);
  const list = text.slice(payloadEnd + middle.length, -end.length);
  return { headBytes: readSharedBase64(payload, 'payload'), signatures: readSignatures(list) };
}

/** Who signed an envelope that was read before: its head is left as it is. @throws Refusal `envelope-malformed` */
export function readEnvelopeSignatures(bytes: Uint8Array): readonly ActSignature[] {
  const text = readUtf8(bytes.subarray(-longestEnd), 'envelope-malformed', 'envelope');
  const list = text.indexOf(middle);
  if (list === -1 || !text.endsWith(end)) throw malformed('envelope');
  return readSignatures(text.slice(list + middle.length, -end.length));
}

// The acts of one approval have the same signatures, letter by letter, and mostly come one after the other.
let lastRead: { readonly list: string; readonly signatures: readonly ActSignature[] } | undefined;

function readSignatures(list: string): readonly ActSignature[] {
  if (lastRead?.list === list) return lastRead.signatures;
  const signatures: ActSignature[] = [];
  for (let at = 0; at < list.length || at === 0; at += oneLength + 1) {
    if (signatures.length === 4 || (at > 0 && list[at - 1] !== ',')) throw malformed('signatures');
    signatures.push(readSignature(list.slice(at, at + oneLength), signatures.length));
  }
  // Each piece was matched to its end and is as long as it must be: only a comma after the last is left to refuse.
  if (list.length !== signatures.length * (oneLength + 1) - 1) throw malformed('signatures');
  lastRead = { list, signatures: Object.freeze(signatures) };
  return signatures;
}

function envelopeText(payload: string, signatures: readonly ActSignature[]): string {
  if (signatures.length < 1 || signatures.length > 4) throw new RangeError('an envelope has 1 to 4 signatures');
  return `{"payload":"${payload}","payloadType":"${actPayloadType}","signatures":[${signatures.map(signatureText).join(',')}]}`;
}

function signatureText({ key, approval }: ActSignature): string {
  return `{"keyid":"${key}","sig":"${utf8(approvalReference(approval)).toBase64()}"}`;
}

function approvalReference(approval: Sha256Hex): string {
  return `{"approval":"${approval}","type":"entente.approval.v1"}`;
}

function readSignature(text: string, at: number): ActSignature {
  const [, key, sig] = one.exec(text) ?? [];
  if (key === undefined || sig === undefined) throw malformed(`signatures[${at}]`);
  const [, approval] =
    inner.exec(readUtf8(readBase64(sig, `signatures[${at}].sig`), 'envelope-malformed', 'sig')) ?? [];
  if (approval === undefined) throw malformed(`signatures[${at}].sig`);
  return { key: key as Sha256Hex, approval: approval as Sha256Hex };
}

function malformed(where: string): Refusal {
  return new Refusal('envelope-malformed', { where });
}
