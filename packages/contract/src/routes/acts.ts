import { handlingCodes, informationGrades, type JsonObject, legalBases, sourceGrades } from '@entente/protocol';
import type { Route } from '../route.ts';
import {
  anyObject,
  base64Of,
  count,
  dossierId,
  flag,
  hex64,
  instant,
  listOf,
  objectOf,
  oneOf,
  type Schema,
  setOf,
  textOf,
  uuid,
  word,
} from '../schema.ts';

const handling = objectOf(
  { codes: setOf(handlingCodes) },
  {
    evaluation: oneOf(
      sourceGrades.flatMap((source) => informationGrades.map((information) => `${source}${information}`)),
    ),
    until: { type: 'string', pattern: String.raw`^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$` },
  },
);

const attachment = objectOf({ name: textOf(255), mediaType: textOf(127), size: count, sha256: hex64 });

const source: Schema = {
  oneOf: [
    objectOf({ kind: { const: 'written' } }),
    objectOf(
      { kind: { const: 'imported' }, format: textOf(32), name: textOf(255), sha256: hex64 },
      { place: textOf(255) },
    ),
  ],
};

/** What a draft holds; it may be incomplete, and says so in its faults. */
export const draftContent: Schema = objectOf(
  {
    track: word,
    type: word,
    inputs: anyObject,
    fields: anyObject,
    handling,
    attachments: listOf(attachment, 256),
    kept: listOf(objectOf({ place: textOf(1000), value: {} }), 100_000),
    source,
  },
  { legalBasis: oneOf(legalBases) },
);

const draft = objectOf(
  {
    draft: uuid,
    content: draftContent,
    made: instant,
    changed: instant,
    faults: listOf(objectOf({ code: word, where: textOf(400), what: textOf(400) }), 1000),
  },
  { dossier: dossierId, officer: count },
);

/** A draft in a list, without what stands in it. */
const draftSummary = objectOf(
  { draft: uuid, track: word, type: word, made: instant, changed: instant },
  { dossier: dossierId, officer: count },
);

const draftBody = objectOf({ content: draftContent }, { dossier: dossierId });

/** A draft with what only the officer who signs can add. */
const actRequest = objectOf(
  {
    content: draftContent,
    /** The acts that were on the officer's screen. */
    basis: listOf(hex64, 100),
    gates: listOf(objectOf({ gate: word, reasoning: textOf(4000) }), 32),
  },
  {
    /** Absent: the act opens a dossier. */
    dossier: dossierId,
    leaves: hex64,
    notAfter: instant,
    floor: { const: true },
    /** Whom the data goes to and why, for the record of transfers. */
    transfer: objectOf({ receivingAuthority: textOf(200), justification: textOf(2000) }),
  },
);

const prepared = objectOf(
  { act: hex64, dossier: dossierId, type: textOf(130), head: base64Of(262_144), approvals: { enum: [1, 2] } },
  { body: base64Of(1_048_576) },
);

const draftRefusals = ['relation-unknown', 'track-unknown', 'officer-unknown'] as const;
const draftPath = '/v1/relations/{relation}/drafts';

/** From a draft to the outbox: drawn up, prepared as exact bytes, signed elsewhere, authorised. */
export const actRoutes: readonly Route[] = [
  {
    name: 'listDrafts',
    method: 'GET',
    path: draftPath,
    summary: 'Drafts of the relation, newest first, without content; whoever is on duty may take one on',
    access: 'acts.write',
    answer: { kind: 'json', status: 200, schema: objectOf({ drafts: listOf(draftSummary, 500) }) },
    refusals: ['relation-unknown'],
  },
  {
    name: 'createDraft',
    method: 'POST',
    path: draftPath,
    summary: 'Keeps a draft and says all that is still wrong with it',
    access: 'acts.write',
    body: { kind: 'json', schema: draftBody, maximum: 4_194_304 },
    answer: { kind: 'json', status: 201, schema: draft },
    refusals: draftRefusals,
  },
  {
    name: 'readDraft',
    method: 'GET',
    path: `${draftPath}/{draft}`,
    summary: 'One draft with its faults. The purpose is mandatory and logged with the reader',
    access: 'acts.write',
    query: { required: { purpose: textOf(500) } },
    answer: { kind: 'json', status: 200, schema: draft },
    refusals: ['relation-unknown', 'act-unknown', 'purpose-missing', 'text-invisible-characters'],
  },
  {
    name: 'updateDraft',
    method: 'PUT',
    path: `${draftPath}/{draft}`,
    summary: 'Replaces a draft, where nobody changed it since `changed`',
    access: 'acts.write',
    body: {
      kind: 'json',
      schema: objectOf({ content: draftContent, changed: instant }, { dossier: dossierId }),
      maximum: 4_194_304,
    },
    answer: { kind: 'json', status: 200, schema: draft },
    refusals: [...draftRefusals, 'act-unknown', 'head-behind'],
  },
  {
    name: 'deleteDraft',
    method: 'DELETE',
    path: `${draftPath}/{draft}`,
    summary: 'Throws a draft away',
    access: 'acts.write',
    answer: { kind: 'nothing', status: 204 },
    refusals: ['relation-unknown', 'act-unknown'],
  },
  {
    name: 'prepareActs',
    method: 'POST',
    path: '/v1/relations/{relation}/acts/prepare',
    summary: 'The exact bytes of acts and the approval list that an officer’s key is to sign; nothing is released',
    access: 'acts.write',
    body: { kind: 'json', schema: objectOf({ acts: listOf(actRequest, 1000, 1) }), maximum: 33_554_432 },
    answer: {
      kind: 'json',
      status: 200,
      schema: objectOf({
        acts: listOf(prepared, 1000, 1),
        /** What is signed: the bytes, and their SHA-256, which is an authenticator's challenge. */
        statement: base64Of(98_304),
        challenge: base64Of(32),
      }),
    },
    refusals: [
      'relation-unknown',
      'officer-unknown',
      'dossier-unknown',
      'act-unknown',
      'act-type-unknown',
      'track-unknown',
      'not-allowed-in-state',
      'gate-open',
      'handling-forbids',
      'attachment-unknown',
    ],
  },
  {
    name: 'authoriseActs',
    method: 'POST',
    path: '/v1/relations/{relation}/acts/authorise',
    summary: 'Puts acts into the outbox with the approvals that cover them; everything is verified, all or none',
    access: 'acts.write',
    body: {
      kind: 'json',
      schema: objectOf({
        acts: listOf(objectOf({ head: base64Of(262_144) }, { body: base64Of(1_048_576) }), 1000, 1),
        approvals: listOf(base64Of(98_304), 8, 1),
      }),
      maximum: 33_554_432,
    },
    answer: {
      kind: 'json',
      status: 201,
      schema: objectOf({ acts: listOf(objectOf({ act: hex64, repeated: flag }), 1000, 1) }),
    },
    refusals: [
      'relation-unknown',
      'approval-malformed',
      'approval-missing',
      'signature-invalid',
      'signature-missing',
      'key-unknown',
      'key-not-allowed',
      'two-officers-needed',
      'hash-mismatch',
      'wrong-recipient',
      'wrong-relation',
      'act-type-unknown',
      'not-allowed-in-state',
      'gate-open',
      'past-not-after',
      'json-not-canonical',
      'base64-malformed',
      'attachment-unknown',
      'store-full',
    ],
  },
];

/** The complete shape of one act type, for the description: what `content` must hold before it can be prepared. */
export function completeDraft(track: string, type: string, inputs: JsonObject, fields: JsonObject): Schema {
  return {
    title: `${track}/${type}`,
    type: 'object',
    properties: { track: { const: track }, type: { const: type }, inputs, fields },
    required: ['track', 'type', 'inputs', 'fields'],
  };
}
