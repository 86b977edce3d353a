import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonSchemaOf, readBody, readFields, Refusal, writeBody } from './index.ts';
import type { Field, JsonObject } from './index.ts';

const fields: readonly Field[] = [
  { name: 'purpose', kind: 'choice', of: ['investigation', 'prevention'], required: true },
  { name: 'facts', kind: 'free-text', maximum: 100, required: true },
  { name: 'born', kind: 'date' },
  { name: 'seats', kind: 'integer', minimum: 0, maximum: 9 },
  { name: 'key', kind: 'base64', minimum: 1, maximum: 2 },
  {
    name: 'subjects',
    kind: 'list',
    maximum: 2,
    of: { kind: 'variant', of: { person: [{ name: 'name', kind: 'text', maximum: 20, required: true }], vehicle: [] } },
  },
  { name: 'codes', kind: 'choices', of: ['H0', 'H1'] },
];
const good: JsonObject = {
  purpose: 'prevention',
  facts: {
    language: 'fr',
    text: 'vu à\nTanger',
    translation: { language: 'ar', text: 'شوهد', by: 'o-1', at: '2026-11-23T11:27:41.123Z' },
  },
  born: '1984-02',
  subjects: [{ kind: 'person', name: 'Y' }, { kind: 'vehicle' }],
};

test('a value with every declared field in place has no fault', () => {
  assert.deepEqual(readFields(fields, good, '$.fields'), []);
});

test('all faults are reported at once, each with its place', () => {
  const faults = readFields(
    fields,
    {
      facts: { language: 'FR', text: 'a\u202eb' },
      born: '2023-02-29',
      seats: 1.5,
      key: 'AB==',
      codes: ['H0', 'H0'],
      extra: 1,
      subjects: [{ kind: 'ship' }, { kind: 'person' }, { kind: 'vehicle' }],
    },
    '$.fields',
  );
  assert.deepEqual(
    faults.map((fault) => `${fault.code} ${fault.where}`),
    [
      'field-missing $.fields.purpose',
      'field-malformed $.fields.facts.language',
      'text-invisible-characters $.fields.facts.text',
      'field-malformed $.fields.born',
      'field-malformed $.fields.seats',
      'field-malformed $.fields.key',
      'too-large $.fields.subjects',
      'field-malformed $.fields.codes',
      'field-unknown $.fields.extra',
    ],
  );
});

test('the schema of the API names the same members', () => {
  const schema = jsonSchemaOf(fields);
  assert.deepEqual(schema['required'], ['purpose', 'facts']);
  assert.equal(schema['additionalProperties'], false);
});

test('a body keeps its line feeds and comes back byte for byte', () => {
  const body = { nonce: new Uint8Array(32).fill(7).toBase64(), fields: good, attachments: [] };
  const bytes = writeBody(body);
  assert.deepEqual(writeBody(readBody(bytes)), bytes);
});

test('a body with a short nonce or a hidden character in any field is refused', () => {
  const body = { nonce: new Uint8Array(31).toBase64(), fields: {}, attachments: [] };
  assert.throws(
    () => writeBody(body),
    (error) => error instanceof Refusal && error.detail.where === '$.nonce',
  );
  assert.throws(
    () => writeBody({ nonce: new Uint8Array(32).toBase64(), fields: { note: ['x\u2066'] }, attachments: [] }),
    (error) => error instanceof Refusal && error.detail.where === '$.fields.note[0]',
  );
});
