import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Refusal } from '@entente/protocol';
import { statusOf, writeRefusal } from './peer-refusal.ts';

/** What a route answers with. */
export interface Answer {
  readonly status: number;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | { readonly length: number; readonly bytes: AsyncIterable<Uint8Array> };
}

/** Writes an answer; a reader that takes nothing for `silence` milliseconds is cut off. */
export async function writeAnswer(response: ServerResponse, answer: Answer, silence: number): Promise<void> {
  const { body } = answer;
  response.writeHead(answer.status, {
    'cache-control': 'no-store',
    ...(body === undefined ? {} : { 'content-type': answer.contentType ?? 'application/octet-stream' }),
    'content-length': String(body === undefined ? 0 : lengthOf(body)),
    ...answer.headers,
  });
  response.setTimeout(silence, () => response.destroy());
  // The connection is kept: the next request may come much later.
  response.once('finish', () => response.setTimeout(0));
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) response.end(body);
  else await pipeline(body.bytes, response);
}

/** A refusal as it crosses. The code stands in a header as well, for an answer to HEAD has no body. */
export function refusalAnswer(refusal: Refusal): Answer {
  const { retryAfter } = refusal.detail;
  return {
    status: statusOf(refusal.code),
    contentType: 'application/json',
    headers: {
      'entente-refusal': refusal.code,
      ...(retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfter)) }),
    },
    body: writeRefusal(refusal),
  };
}

function lengthOf(body: NonNullable<Answer['body']>): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.length;
}
