import {
  type Field,
  handlingCodes,
  type Json,
  type JsonObject,
  legalBases,
  Refusal,
  type Language,
} from '@entente/protocol';
import { findActType, tracks } from '@entente/tracks';
import type { Option } from './option.ts';
import { readNamed } from './home.ts';
import type { Input } from './input.ts';
import { listIn, parseJson, parseJsonObject } from './json-file.ts';

export const draftOptions: Readonly<Record<string, Option>> = {
  file: {
    value: 'FILE',
    describe: 'the draft as JSON ({"inputs":…,"fields":…,"handling":…}); options below go over it',
  },
  dossier: { value: 'ID', describe: 'the dossier; absent: the act opens one' },
  field: { value: 'NAME=VALUE', multiple: true, describe: 'a field of the body; lists and groups as JSON' },
  input: { value: 'NAME=VALUE', multiple: true, describe: 'what clocks and counters read' },
  code: { value: 'CODE', multiple: true, describe: `handling codes: ${handlingCodes.join(', ')} (H0)` },
  evaluation: { value: 'A1', describe: 'source and information, 4×4' },
  'legal-basis': { value: 'BASIS', describe: legalBases.join(', ') },
  gate: {
    value: 'NAME=REASONS',
    multiple: true,
    describe: 'a check passed, with its reasons, which stay in this house',
  },
  attach: { value: 'FILE', multiple: true, describe: 'a file to attach' },
  'not-after': { value: 'INSTANT', describe: 'past this instant it is not released any more' },
  floor: { describe: 'claim the floor: it passes every lane' },
};

/** What the API takes as one act, from options and a file. @throws Refusal `usage` */
export async function requestFromOptions(
  input: Input,
  track: string,
  type: string,
  language: Language,
  attachments: readonly JsonObject[],
): Promise<JsonObject> {
  const declared = tracks.find(({ name }) => name === track);
  const act = declared && findActType(declared, type);
  if (act === undefined) throw new Refusal('act-type-unknown', { what: `${track}/${type}` });
  const path = input.optional('file');
  const file = path === undefined ? {} : parseJsonObject(await readNamed(path), path);
  const { gates, basis, ...written } = file;
  const codes = input.list('code');
  const evaluation = input.optional('evaluation');
  const legalBasis = input.optional('legal-basis');
  const content: JsonObject = {
    handling: { codes: ['H0'] },
    kept: [],
    source: { kind: 'written' },
    ...(act.transfers === true ? { legalBasis: 'SAFE-37b' } : {}),
    ...written,
    track,
    type,
    inputs: { ...objectIn(written, 'inputs'), ...valuesOf(act.inputs, input.list('input'), language) },
    fields: { ...objectIn(written, 'fields'), ...valuesOf(act.fields, input.list('field'), language) },
    attachments: [...listIn(written['attachments']), ...attachments],
    ...(codes.length === 0 && evaluation === undefined
      ? {}
      : {
          handling: {
            codes: codes.length === 0 ? ['H0'] : codes.toSorted(),
            ...(evaluation === undefined ? {} : { evaluation }),
          },
        }),
    ...(legalBasis === undefined ? {} : { legalBasis }),
  };
  const dossier = input.optional('dossier');
  const notAfter = input.optional('not-after');
  return {
    content,
    basis: listIn(basis),
    gates: [...listIn(gates), ...input.list('gate').map(gateOf)],
    ...(dossier === undefined ? {} : { dossier }),
    ...(notAfter === undefined ? {} : { notAfter }),
    ...(input.flag('floor') ? { floor: true } : {}),
  };
}

function valuesOf(fields: readonly Field[], given: readonly string[], language: Language): JsonObject {
  return Object.fromEntries(
    given.map((text) => {
      const [name, value] = splitAt(text);
      const field = fields.find((one) => one.name === name);
      if (field === undefined)
        throw new Refusal('usage', { what: `${name}: one of ${fields.map((one) => one.name).join(', ')}` });
      return [name, valueOf(field, value, language)];
    }),
  );
}

/** What a person typed, as the kind of the field wants it. */
function valueOf(field: Field, text: string, language: Language): Json {
  switch (field.kind) {
    case 'free-text':
      return text.startsWith('{') ? jsonOf(field, text) : { language, text };
    case 'integer':
    case 'number':
      return Number(text);
    case 'boolean':
      return text === 'true' || text === 'yes';
    case 'choices':
      return text.split(',');
    case 'group':
    case 'list':
    case 'variant':
      return jsonOf(field, text);
    case 'text':
    case 'choice':
    case 'instant':
    case 'date':
    case 'day':
    case 'language':
    case 'act':
    case 'dossier':
    case 'sha256':
    case 'base64':
      return text;
    default:
      return field satisfies never;
  }
}

function jsonOf({ name }: Field, text: string): Json {
  return parseJson(new TextEncoder().encode(text), name);
}

function gateOf(text: string): JsonObject {
  const [gate, reasoning] = splitAt(text);
  return { gate, reasoning };
}

function splitAt(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new Refusal('usage', { what: `${text}: NAME=VALUE` });
  return [text.slice(0, at), text.slice(at + 1)];
}

function objectIn(value: JsonObject, name: string): JsonObject {
  const found = value[name];
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as JsonObject) : {};
}
