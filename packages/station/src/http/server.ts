import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { type Route, routes } from '@entente/contract';
import { Refusal } from '@entente/protocol';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { readTraceparent, type SpanContext } from '../adapters/traces.ts';
import type { Caller } from '../store/tokens.ts';
import { languageOf } from './accept-language.ts';
import { answerDefect, answerRefusal, refusalIn } from './answer-refusal.ts';
import { authenticate } from './authenticate.ts';
import type { Call, Handler, Reply } from './call.ts';
import { FailureLimit } from './failure-limit.ts';
import { handlersOf } from './handlers.ts';
import { declareHttpMetrics } from './http-metrics.ts';
import type { HttpParts } from './parts.ts';
import { readStrictJson } from './strict-json.ts';
import { type Validator, validatorOf } from './validate.ts';

export interface HttpTerms {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Absent: plain HTTP, for a loopback address or behind the party's own proxy. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

export interface HttpServer {
  readonly port: number;
  /** Ends open calls at once: a caller tries again. */
  stop(): Promise<void>;
}

/** Starts the API over the contract's table. Every route is held to its schemas, its scope and its limits. */
export async function startHttpServer(parts: HttpParts, { host, port, tls }: HttpTerms): Promise<HttpServer> {
  const server = fastify({
    ...(tls === undefined ? {} : { https: { ...tls, minVersion: 'TLSv1.3' as const } }),
    logger: false,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    return503OnClosing: false,
    requestTimeout: 0,
    connectionTimeout: 0,
    keepAliveTimeout: 30_000,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false, caseSensitive: true },
    frameworkErrors: (error, request, reply) => void refuse(parts, error, request, reply),
  }) as unknown as FastifyInstance;
  takeBodiesAsBytes(server);
  declareHttpMetrics(parts);
  const handlers = handlersOf(parts);
  const limit = new FailureLimit();
  for (const route of routes) {
    const handler = handlers[route.name];
    if (handler !== undefined) serve(server, parts, limit, route, handler);
  }
  server.setNotFoundHandler(() => {
    throw new Refusal('usage', { where: 'path' });
  });
  server.setErrorHandler((error, request, reply) => refuse(parts, error, request, reply));
  await server.listen({ host, port });
  return { port: (server.server.address() as AddressInfo).port, stop: () => server.close() };
}

/** JSON is read by our own strict reader, files flow: the server's parsers are taken away. */
function takeBodiesAsBytes(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));
}

function serve(server: FastifyInstance, parts: HttpParts, limit: FailureLimit, route: Route, handler: Handler): void {
  const validator = validatorOf(route);
  const callers = new WeakMap<FastifyRequest, Caller>();
  server.route({
    method: route.method,
    url: route.path.replace(/\{([a-z0-9]+)\}/gi, ':$1'),
    bodyLimit: route.body?.maximum ?? 1024,
    // Before a byte of the body is read: a stranger costs one look at a hash.
    onRequest: async (request) => {
      const from = { authorization: request.headers.authorization, address: request.ip, now: parts.clock.now() };
      callers.set(request, await authenticate(parts.database, limit, route, from));
    },
    handler: async (request, reply) => {
      const caller = callers.get(request);
      if (caller === undefined) throw new Error('nobody gets here unknown');
      const parent = readTraceparent(request.headers['traceparent']?.toString());
      const fields = { route: route.name, method: route.method };
      const answer = await parts.traces.run(
        route.name,
        fields,
        (context) => {
          observe(parts, route, request, reply, caller, context);
          return handler(readCall(route, validator, request, reply, caller));
        },
        parent,
      );
      return send(route, reply, answer);
    },
  });
}

function readCall(
  route: Route,
  validator: Validator,
  request: FastifyRequest,
  reply: FastifyReply,
  caller: Caller,
): Call {
  const path = validator.path(request.params);
  const query = validator.query(request.query);
  const body = route.body?.kind === 'json' ? readBody(request, validator) : undefined;
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return {
    route,
    caller,
    query,
    parameter: (name) => path[name] ?? '',
    body: <Body>() => body as Body,
    stream: () => streamOf(request),
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    gone: gone.signal,
  };
}

function readBody({ body }: FastifyRequest, validator: Validator): unknown {
  if (!(body instanceof Uint8Array))
    throw new Refusal('field-malformed', { where: 'content-type', what: 'application/json' });
  const value = readStrictJson(body);
  validator.body(value);
  return value;
}

function streamOf({ body }: FastifyRequest): Readable {
  if (body instanceof Readable) return body;
  throw new Refusal('field-malformed', { where: 'content-type', what: 'application/octet-stream' });
}

function send({ answer }: Route, reply: FastifyReply, given: Reply): FastifyReply {
  const status = answer.status;
  const guarded = reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  switch (given.kind) {
    case 'json':
      return guarded.code(status).type('application/json; charset=utf-8').send(JSON.stringify(given.body));
    case 'text':
      return guarded
        .code(status)
        .type(answer.kind === 'text' ? answer.mediaType : 'text/plain')
        .send(given.body);
    case 'stream':
      return guarded
        .code(given.status)
        .headers(given.headers)
        .send(Readable.from(given.bytes, { objectMode: false }));
    case 'nothing':
      return guarded.code(status).send();
    default:
      return given satisfies never;
  }
}

function refuse(parts: HttpParts, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = languageOf(request.headers['accept-language']);
  const refusal = refusalIn(error);
  if (refusal === undefined) {
    parts.metrics.add('entente_http_defects_total');
    parts.log.defect('a call ended in a defect', error, { method: request.method, route: request.routeOptions?.url });
  }
  const { status, headers, body } = refusal === undefined ? answerDefect(language) : answerRefusal(refusal, language);
  const code = refusal?.code ?? 'defect';
  parts.metrics.add('entente_http_refusals_total', { code });
  parts.log.write('info', 'refused', { code, status, method: request.method, route: request.routeOptions?.url });
  // What of a body is still coming will not be read.
  if (status === 413 || status === 401) reply.header('connection', 'close');
  return reply
    .code(status)
    .headers({ ...headers, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(body));
}

/** One line and one measurement a call, once it is over. */
function observe(
  parts: HttpParts,
  route: Route,
  { method }: FastifyRequest,
  reply: FastifyReply,
  caller: Caller,
  { trace }: SpanContext,
): void {
  const began = performance.now();
  reply.raw.once('close', () => {
    const milliseconds = performance.now() - began;
    const status = reply.raw.statusCode;
    parts.metrics.add('entente_http_requests_total', { route: route.name, status: String(status) });
    if (route.answer.kind !== 'events')
      parts.metrics.observe('entente_http_seconds', { route: route.name }, milliseconds / 1000);
    const { officer } = caller;
    parts.log.write('info', 'call', {
      route: route.name,
      method,
      status,
      milliseconds: Math.round(milliseconds),
      officer,
      trace,
    });
  });
}
