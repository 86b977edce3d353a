import type { Readable } from 'node:stream';
import { type Route } from '@entente/contract';
import type { Json } from '@entente/protocol';
import type { Caller } from '../store/tokens.ts';

/** One call whose token, path, query and body have been held against the route. */
export interface Call {
  readonly route: Route;
  readonly caller: Caller;
  /** A parameter of the path. */
  readonly parameter: (name: string) => string;
  readonly query: Readonly<Record<string, string>>;
  /** The JSON body; its type is what the route's schema says and nothing here can check again. */
  readonly body: <Body>() => Body;
  /** The body as it flows in, for a route that takes bytes. */
  readonly stream: () => Readable;
  readonly header: (name: string) => string | undefined;
  /** Aborted when the caller has gone. */
  readonly gone: AbortSignal;
}

/** What a handler answers with. */
export type Reply =
  | { readonly kind: 'json'; readonly body: Json }
  | { readonly kind: 'text'; readonly body: string }
  | {
      readonly kind: 'stream';
      readonly status: 200 | 206 | 416;
      readonly headers: Readonly<Record<string, string>>;
      readonly bytes: AsyncIterable<Uint8Array | string>;
    }
  | { readonly kind: 'nothing' };

export type Handler = (call: Call) => Promise<Reply>;
/** Handlers by the names of their routes. */
export type Handlers = Readonly<Record<string, Handler>>;

/** A JSON reply; members that are undefined are left out, as `JSON.stringify` does. */
export function json(body: Readonly<Record<string, unknown>>): Reply {
  return { kind: 'json', body: body as Json };
}

export const nothing: Reply = Object.freeze({ kind: 'nothing' });

/** The limit of a page as the query says it. */
export function limitOf({ query }: Call): number {
  return Number(query['limit'] ?? '100');
}
