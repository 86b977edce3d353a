import type { JsonObject } from './json.ts';
import type { Field, FieldKind } from './field.ts';
import { freeTextFields } from './read-fields.ts';

/** The JSON Schema (2020-12) of declared fields, for the API's description. `readFields` is what decides. */
export function jsonSchemaOf(fields: readonly Field[]): JsonObject {
  const required = fields.filter((field) => field.required).map((field) => field.name);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, schemaOf(field)])),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

function schemaOf(kind: FieldKind): JsonObject {
  switch (kind.kind) {
    case 'text':
      return { type: 'string', minLength: 1, maxLength: kind.maximum };
    case 'free-text':
      return jsonSchemaOf(freeTextFields(kind.maximum));
    case 'choice':
      return { enum: kind.of };
    case 'choices':
      return { type: 'array', items: { enum: kind.of }, uniqueItems: true, minItems: kind.minimum ?? 0 };
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
      return { type: 'integer', minimum: kind.minimum, maximum: kind.maximum };
    case 'number':
      return { type: 'number', minimum: kind.minimum, maximum: kind.maximum };
    case 'instant':
      return { type: 'string', format: 'date-time', pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$` };
    case 'date':
      return { type: 'string', pattern: String.raw`^\d{4}(-\d\d(-\d\d)?)?$` };
    case 'day':
      return { type: 'string', format: 'date' };
    case 'language':
      return { type: 'string', pattern: '^[a-z]{2,3}$' };
    case 'act':
    case 'sha256':
      return { type: 'string', pattern: '^[0-9a-f]{64}$' };
    case 'dossier':
      return { type: 'string', pattern: '^[0-9a-f]{32}$' };
    case 'base64':
      return { type: 'string', contentEncoding: 'base64', maxLength: 4 * Math.ceil(kind.maximum / 3) };
    case 'group':
      return jsonSchemaOf(kind.fields);
    case 'list':
      return { type: 'array', items: schemaOf(kind.of), minItems: kind.minimum ?? 0, maxItems: kind.maximum };
    case 'variant':
      return { oneOf: Object.entries(kind.of).map(([name, fields]) => variantSchema(name, fields)) };
    default:
      return kind satisfies never;
  }
}

function variantSchema(name: string, fields: readonly Field[]): JsonObject {
  const schema = jsonSchemaOf([{ name: 'kind', kind: 'choice', of: [name], required: true }, ...fields]);
  return { ...schema, title: name };
}
