// {"approvals":["<text>",…],"envelope":"<text>","index":4,"seen":6,"v":1}; without index and seen it came by another road
import { canonicalJson, isLogSize, Refusal } from '@entente/protocol';
import type { ShownNotice } from '@entente/wire';
import { readWrittenObject, textIn } from './json-file.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** A notice, a confirmation or a keyset of a root, with the approvals its envelope names and where it stands. */
export function writeShownNotice({ envelope, approvals, place }: ShownNotice): string {
  const texts = approvals.map((approval) => decoder.decode(approval));
  return `${canonicalJson({ v: 1, envelope: decoder.decode(envelope), approvals: texts, ...place })}\n`;
}

/** Nothing in it is verified: `verifyAccordChain` holds it to its root, the channels to its place. @throws Refusal `json-…`, `field-malformed` */
export function readShownNotice(bytes: Uint8Array, where: string): ShownNotice {
  const value = readWrittenObject(bytes, where);
  const { v, approvals, index, seen } = value;
  if (v !== 1) throw new Refusal('field-malformed', { where: `${where}.v` });
  if (!Array.isArray(approvals)) throw new Refusal('field-malformed', { where: `${where}.approvals` });
  const named = approvals.map((text: unknown) => {
    if (typeof text !== 'string') throw new Refusal('field-malformed', { where: `${where}.approvals` });
    return encoder.encode(text);
  });
  const envelope = encoder.encode(textIn(value, 'envelope', where));
  if (index === undefined && seen === undefined) return { envelope, approvals: named, place: undefined };
  if (!isLogSize(index) || !isLogSize(seen)) throw new Refusal('field-malformed', { where: `${where}.index` });
  return { envelope, approvals: named, place: { index, seen } };
}
