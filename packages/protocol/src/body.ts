import { canonicalJson, readCanonicalJson } from './canonical-json.ts';
import type { Json, JsonObject } from './json.ts';
import { checkFields } from './read-fields.ts';
import type { Field } from './field.ts';
import { Refusal } from './refusal.ts';
import { readUtf8, writeUtf8 } from './utf8.ts';
import { checkVisibleJson } from './visible-json.ts';
import type { Body } from './act.ts';

export const maximumBodyBytes = 1_048_576;
export const maximumAttachments = 256;
const largestAttachment = 2 ** 46;

const members: readonly Field[] = [
  { name: 'nonce', kind: 'base64', minimum: 32, maximum: 32, required: true },
  {
    name: 'attachments',
    required: true,
    kind: 'list',
    maximum: maximumAttachments,
    of: {
      kind: 'group',
      fields: [
        { name: 'name', kind: 'text', maximum: 255, required: true },
        { name: 'mediaType', kind: 'text', maximum: 127, required: true },
        { name: 'size', kind: 'integer', minimum: 0, maximum: largestAttachment, required: true },
        { name: 'sha256', kind: 'sha256', required: true },
        { name: 'sealedSize', kind: 'integer', minimum: 0, maximum: largestAttachment, required: true },
        { name: 'sealedSha256', kind: 'sha256', required: true },
      ],
    },
  },
];

/**
 * Reads the body of an act: canonical JSON, at most 1 MiB, `{"attachments":[…],"fields":{…},"nonce":"<32 bytes>"}`.
 * Whether `fields` are those of its act type is for `readFields`.
 * @throws Refusal `too-large`, `json-…`, `text-invisible-characters`, `field-…`
 */
export function readBody(bytes: Uint8Array): Body {
  if (bytes.length > maximumBodyBytes) throw tooLarge(bytes.length);
  const text = readUtf8(bytes);
  const body = readCanonicalJson(text);
  checkBody(body, text);
  return body as unknown as Body;
}

/** Writes the bytes whose SHA-256 the head names. @throws Refusal as `readBody` does */
export function writeBody(body: Body): Uint8Array {
  const text = canonicalJson(body as unknown as Json);
  checkBody(body as unknown as Json, text);
  const bytes = writeUtf8(text);
  if (bytes.length > maximumBodyBytes) throw tooLarge(bytes.length);
  return bytes;
}

function checkBody(body: Json, text: string): void {
  if (!isObject(body)) throw new Refusal('field-malformed', { where: '$', what: 'an object' });
  checkVisibleJson(body, text, true);
  const { fields, ...rest } = body;
  if (fields === undefined) throw new Refusal('field-missing', { where: '$.fields' });
  if (!isObject(fields)) throw new Refusal('field-malformed', { where: '$.fields', what: 'an object' });
  checkFields(members, rest, '$');
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tooLarge(length: number): Refusal {
  return new Refusal('too-large', { where: '$', what: `${length} bytes, at most ${maximumBodyBytes}` });
}
