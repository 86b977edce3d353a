import type { RefusalCode } from '@entente/protocol';
import type { Schema } from './schema.ts';
import type { Scope } from './scopes.ts';

/** Who may call: nobody need say who, any valid token, or one with the scope. */
export type Access = 'anonymous' | 'any-token' | Scope;

/** What a request carries: JSON held against a schema, or bytes that are streamed. `maximum` in bytes. */
export type RequestBody =
  | { readonly kind: 'json'; readonly schema: Schema; readonly maximum: number }
  | { readonly kind: 'bytes'; readonly maximum: number };

export type Answer =
  | { readonly kind: 'json'; readonly status: 200 | 201; readonly schema: Schema }
  | { readonly kind: 'bytes' | 'text' | 'events'; readonly status: 200; readonly mediaType: string }
  | { readonly kind: 'nothing'; readonly status: 204 };

/** One route of the API, as data: the server, its tests and its description read this and nothing else. */
export interface Route {
  /** `readDossier`: unique; names the handler and the OpenAPI operation. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/v1/relations/{relation}`; what a parameter may be follows from its name in `pathParameters`. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  /** Query parameters, all of them text. */
  readonly query?: {
    readonly required?: Readonly<Record<string, Schema>>;
    readonly optional?: Readonly<Record<string, Schema>>;
  };
  readonly body?: RequestBody;
  readonly answer: Answer;
  /** Refusals besides those of every route. */
  readonly refusals: readonly RefusalCode[];
}

/** Refusals that any route with a token may give. */
export const commonRefusals: readonly RefusalCode[] = [
  'token-expired',
  'not-authorised',
  'quota-exceeded',
  'field-missing',
  'field-unknown',
  'field-malformed',
  'usage',
  'link-down',
];

/** Refusals of any route that takes JSON. */
export const jsonRefusals: readonly RefusalCode[] = [
  'json-malformed',
  'json-too-deep',
  'text-invisible-characters',
  'too-large',
];

/** The names of the parameters in a path, in order. */
export function parametersOf(path: string): readonly string[] {
  return [...path.matchAll(/\{([a-z0-9]+)\}/gi)].map(([, name]) => name ?? '');
}
