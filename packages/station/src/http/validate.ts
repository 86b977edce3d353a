import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { objectOf, parametersOf, pathParameters, type Route, type Schema } from '@entente/contract';
import { type FieldFault, firstInvisible, Refusal } from '@entente/protocol';

/** Holds what came in against a route's schemas: nothing is converted, nothing dropped, no default put in. */
export interface Validator {
  path(parameters: unknown): Readonly<Record<string, string>>;
  query(query: unknown): Readonly<Record<string, string>>;
  body(body: unknown): void;
}

const ajv = new Ajv2020({
  allErrors: false,
  strict: true,
  strictRequired: false,
  coerceTypes: false,
  ownProperties: true,
});

/** Compiles a route's schemas once. */
export function validatorOf(route: Route): Validator {
  const names = parametersOf(route.path);
  const path = ajv.compile(
    objectOf(Object.fromEntries(names.map((name) => [name, pathParameters[name] ?? (false as never)]))),
  );
  const query = ajv.compile(objectOf(route.query?.required ?? {}, route.query?.optional ?? {}));
  const body = route.body?.kind === 'json' ? ajv.compile(route.body.schema) : undefined;
  return {
    path: (parameters) => readTexts(path, parameters, 'path'),
    query: (parameters) => readTexts(query, parameters, 'query'),
    body: (value) => check(body, value, '$'),
  };
}

/** Compiles any schema of the contract, for whoever holds answers against it. */
export function compile(schema: Schema): ValidateFunction {
  return ajv.compile(schema);
}

function readTexts(validate: ValidateFunction, value: unknown, where: string): Readonly<Record<string, string>> {
  check(validate, value, where);
  const texts = value as Readonly<Record<string, string>>;
  for (const [name, text] of Object.entries(texts)) {
    const found = text.isWellFormed() ? firstInvisible(text) : 'a lone surrogate';
    if (found !== undefined) throw new Refusal('text-invisible-characters', { where: `${where}.${name}`, what: found });
  }
  return texts;
}

function check(validate: ValidateFunction | undefined, value: unknown, where: string): void {
  if (validate === undefined || validate(value)) return;
  const faults = (validate.errors ?? []).map((error) => faultOf(error, where));
  const first = faults[0];
  if (first === undefined) throw new Error('a schema that fails says where');
  throw new Refusal(first.code, { where: first.where, what: first.what, faults });
}

/** What was expected and where; never the value, nor a name that only the caller knows. */
function faultOf({ keyword, instancePath, params, message }: ErrorObject, root: string): FieldFault {
  const at = `${root}${instancePath.split('/').slice(1).map(shown).join('')}`;
  const named = params as { readonly missingProperty?: string; readonly additionalProperty?: string };
  if (keyword === 'required')
    return { code: 'field-missing', where: `${at}${shown(named.missingProperty ?? '')}`, what: 'missing' };
  if (keyword === 'additionalProperties') {
    return { code: 'field-unknown', where: `${at}${shown(named.additionalProperty ?? '')}`, what: 'not declared' };
  }
  return { code: 'field-malformed', where: at, what: (message ?? keyword).slice(0, 200) };
}

function shown(name: string): string {
  if (/^\d{1,6}$/.test(name)) return `[${name}]`;
  return /^[A-Za-z][A-Za-z0-9_-]{0,39}$/.test(name) ? `.${name}` : '.*';
}
