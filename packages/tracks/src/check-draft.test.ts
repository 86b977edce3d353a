import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '@entente/protocol';
import { checkDraft } from './check-draft.ts';
import type { Checked } from './check-draft.ts';
import { leads } from './leads/index.ts';

const said = (text: string): JsonObject => ({ language: 'fr', text });
const person: JsonObject = {
  kind: 'person',
  category: 'suspect',
  names: [
    { family: 'Invented', given: 'Name', script: 'Latn', nameKind: 'civil' },
    { family: 'مخترع', given: 'اسم', script: 'Arab', nameKind: 'transliteration' },
  ],
  births: ['1984', '1984-03-12'],
  nationalities: ['MAR'],
  sex: 'unknown',
  documents: [{ documentKind: 'passport', number: 'X0000000', condition: 'forged' }],
  standing: 'assessment',
  source: 'B',
  information: '2',
  codes: ['H0', 'H1'],
};
const request: Checked = {
  type: 'request',
  inputs: { crimeArea: 'terrorism', purpose: 'investigation', urgency: 'urgent' },
  fields: {
    question: said('Où se trouve-t-il ?'),
    facts: {
      ...said('Association de malfaiteurs'),
      translation: { language: 'ar', text: 'تكوين عصابة', by: 'traducteur assermenté', at: '2026-11-23T08:00:00.000Z' },
    },
    link: said('Mis en cause'),
    presence: said('Domicile connu'),
    urgencyReason: said('Fuite imminente'),
    subjects: [person],
  },
  handling: { codes: ['H0', 'H1'] },
  legalBasis: 'SAFE-37b',
};

test('a request with all its mandatory elements has no fault', () => {
  assert.deepEqual(checkDraft(leads, request), []);
});

test('everything that a request lacks is said at once, each with its place', () => {
  const empty: Checked = { type: 'request', inputs: {}, fields: {}, handling: { codes: [] } };
  assert.deepEqual(
    checkDraft(leads, empty).map(({ code, where }) => `${code} ${where}`),
    [
      'field-missing $.inputs.crimeArea',
      'field-missing $.inputs.purpose',
      'field-missing $.inputs.urgency',
      'field-missing $.fields.question',
      'field-missing $.fields.facts',
      'field-missing $.fields.link',
      'field-missing $.fields.presence',
      'purpose-code-missing $.handling',
      'legal-basis-missing $.legalBasis',
    ],
  );
});

test('an urgent request says why it is urgent, another need not', () => {
  const { urgencyReason: _, ...fields } = request.fields;
  assert.deepEqual(places({ ...request, fields }), ['$.fields.urgencyReason']);
  assert.deepEqual(places({ ...request, fields, inputs: { ...request.inputs, urgency: 'other' } }), []);
});

test('H3 without its text is refused, in every act that has room for it', () => {
  assert.deepEqual(places({ ...request, handling: { codes: ['H0', 'H1', 'H3'] } }), ['$.fields.restriction']);
});

test('an act cannot be coded looser than an item within it', () => {
  const faults = checkDraft(leads, { ...request, handling: { codes: ['H0'] } });
  assert.deepEqual(
    faults.map(({ code, what }) => [code, what]),
    [['handling-looser-than-item', 'H1']],
  );
});

test('a person carries a category, and every item its standing, its evaluation and its codes', () => {
  const { category: _, standing: __, source: ___, codes: ____, ...bare } = person;
  assert.deepEqual(places({ ...request, fields: { ...request.fields, subjects: [bare] } }), [
    '$.fields.subjects[0].category',
    '$.fields.subjects[0].standing',
    '$.fields.subjects[0].source',
    '$.fields.subjects[0].codes',
  ]);
});

test('free text that names no language is refused', () => {
  const fields = { ...request.fields, link: { text: 'Mis en cause' } };
  assert.deepEqual(places({ ...request, fields }), ['$.fields.link.language']);
});

test('a threat to life names its place and its time window', () => {
  const threat: Checked = {
    type: 'threat-to-life',
    inputs: { crimeArea: 'terrorism', purpose: 'protection-of-life' },
    fields: { threat: said('Attaque annoncée'), where: { placeName: 'Gare' } },
    handling: { codes: ['H0'] },
    legalBasis: 'DEROG-38c',
  };
  assert.deepEqual(places(threat), ['$.fields.where.windowFrom', '$.fields.where.windowUntil']);
});

test('a refusal carries no data, so it needs a ground and its reasons but no legal basis', () => {
  const refusal: Checked = {
    type: 'refusal',
    inputs: { ground: 'R6' },
    fields: { reason: said('Intérêt essentiel') },
    handling: { codes: [] },
  };
  assert.deepEqual(places(refusal), []);
  assert.deepEqual(places({ ...refusal, inputs: { ground: 'R99' } }), ['$.inputs.ground']);
});

test('an act type that the track does not know is refused by name', () => {
  assert.deepEqual(places({ ...request, type: 'verdict' }), ['$.type']);
});

function places(draft: Checked): readonly string[] {
  return checkDraft(leads, draft).map(({ where }) => where);
}
