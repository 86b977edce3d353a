import { type Json, type JsonObject, jsonSchemaOf, type RefusalCode, refusalCodes } from '@entente/protocol';
import { tracks } from '@entente/tracks';
import { eventKinds } from './event-kinds.ts';
import { pathParameters } from './path-parameters.ts';
import { commonRefusals, jsonRefusals, parametersOf, type Route } from './route.ts';
import { completeDraft } from './routes/acts.ts';
import { routes } from './routes.ts';
import { anyObject, count, listOf, objectOf, oneOf, type Schema, shortName, textOf } from './schema.ts';
import { refusalStatus } from './refusal-status.ts';

const fault = objectOf({ code: textOf(64), where: textOf(400), what: textOf(400) });

/** The body of every refusal. `message` is in the language that `Accept-Language` asks for: fr, ar or en. */
export const refusalSchema: Schema = objectOf(
  { code: oneOf([...refusalCodes, 'defect']), message: textOf(2000) },
  { where: textOf(400), what: textOf(400), faults: listOf(fault, 10_000) },
);

/** The description of the API in OpenAPI 3.1, from the same data the server runs on. */
export function openApi(): JsonObject {
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(route);
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Entente station',
      version: '1',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      description: 'Acts, dossiers and evidence of one party’s station. Every call but /health bears a token.',
    },
    paths,
    webhooks: { event: { post: webhookOperation } },
    components: {
      schemas: { Refusal: refusalSchema, ...actSchemas() },
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
    security: [{ token: [] }],
  };
}

/** What a webhook is told, signed as Standard Webhooks 1.0.0. */
const webhookOperation: JsonObject = {
  summary: 'Something happened; never what it says',
  description:
    'Signed: `webhook-signature` is `v1,` and the base64 of HMAC-SHA256, under the secret shown when the webhook was made, ' +
    'over `<webhook-id>.<webhook-timestamp>.<body>`. Told again under the same `webhook-id`, at most five minutes apart, ' +
    'until it is answered with 2xx. Redirects are not followed.',
  parameters: ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
    in: 'header',
    name,
    required: true,
    schema: { type: 'string' },
  })),
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: objectOf({ number: count, time: count, kind: oneOf(eventKinds), relation: shortName, what: anyObject }),
      },
    },
  },
  responses: { '204': { description: 'Taken' } },
};

/** The name of the schema of an act type in the description. */
export function actSchemaName(track: string, type: string): string {
  return `Act.${track}.${type}`;
}

function actSchemas(): Readonly<Record<string, Schema>> {
  const named = tracks.flatMap(({ name, acts }) =>
    acts.map((type) => {
      const schema = completeDraft(name, type.name, jsonSchemaOf(type.inputs), jsonSchemaOf(type.fields));
      return [actSchemaName(name, type.name), schema] as const;
    }),
  );
  const complete = named.map(([name]) => ({ $ref: `#/components/schemas/${name}` }));
  return { ...Object.fromEntries(named), Act: { oneOf: complete } };
}

function operation(route: Route): JsonObject {
  const { required = {}, optional = {} } = route.query ?? {};
  return {
    operationId: route.name,
    summary: route.summary,
    ...(route.access === 'anonymous' ? { security: [] } : {}),
    ...(route.access === 'anonymous' || route.access === 'any-token' ? {} : { 'x-scope': route.access }),
    parameters: [
      ...parametersOf(route.path).map((name) => parameter('path', name, pathParameters[name] ?? {}, true)),
      ...Object.entries(required).map(([name, schema]) => parameter('query', name, schema, true)),
      ...Object.entries(optional).map(([name, schema]) => parameter('query', name, schema, false)),
    ],
    ...(route.body === undefined ? {} : { requestBody: { required: true, content: contentOf(route.body) } }),
    responses: { [route.answer.status]: answerOf(route), ...refusalAnswers(route) },
  };
}

function parameter(place: 'path' | 'query', name: string, schema: Schema, required: boolean): JsonObject {
  return { in: place, name, required, schema };
}

function contentOf(body: NonNullable<Route['body']>): JsonObject {
  return body.kind === 'json' ? { 'application/json': { schema: body.schema } } : { 'application/octet-stream': {} };
}

function answerOf({ answer, summary }: Route): JsonObject {
  switch (answer.kind) {
    case 'json':
      return { description: summary, content: { 'application/json': { schema: answer.schema } } };
    case 'nothing':
      return { description: summary };
    case 'bytes':
    case 'text':
    case 'events':
      return { description: summary, content: { [answer.mediaType]: {} } };
    default:
      return answer satisfies never;
  }
}

/** Every refusal a route may give, by status, so that a caller can be written against the closed list. */
function refusalAnswers(route: Route): JsonObject {
  const byStatus = new Map<number, RefusalCode[]>();
  for (const code of refusalsOf(route)) {
    const status = refusalStatus[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const content: Json = { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } };
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [String(status), { description: codes.join(', '), content }]),
  );
}

/** All refusals of a route, its own and those of every route like it, each once. */
export function refusalsOf(route: Route): readonly RefusalCode[] {
  const common: readonly RefusalCode[] =
    route.access === 'anonymous' ? ['field-malformed', 'field-unknown', 'link-down'] : commonRefusals;
  return [...new Set([...route.refusals, ...common, ...(route.body?.kind === 'json' ? jsonRefusals : [])])];
}
