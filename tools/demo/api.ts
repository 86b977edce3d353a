import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json, JsonObject } from '@entente/protocol';
import { objectIn, textIn } from './read-json.ts';

/** What the station refused, with the code of its closed table. */
export class RefusedByStation extends Error {
  readonly code: string;

  constructor(code: string, words: string) {
    super(`${code}: ${words}`);
    this.code = code;
  }
}

/** One station's HTTP API on this machine. */
export class Api {
  readonly url: string;
  readonly #token: () => Promise<string>;

  /** @param token read for each call: a station leaves a new one at each start */
  constructor(url: string, token: () => Promise<string>) {
    this.url = url;
    this.#token = token;
  }

  get(path: string): Promise<JsonObject> {
    return this.#call('GET', path, undefined);
  }

  post(path: string, body: Json): Promise<JsonObject> {
    return this.#call('POST', path, body);
  }

  /** The events of the station as they happen, from behind `after`; without it, from now on. */
  async events(after: string | undefined, gone: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const headers = { authorization: `Bearer ${await this.#token()}` };
    const resume = after === undefined ? {} : { 'last-event-id': after };
    const answer = await fetch(`${this.url}/v1/events`, { headers: { ...headers, ...resume }, signal: gone });
    if (answer.status !== 200 || answer.body === null) throw await refusalIn(answer);
    return answer.body;
  }

  async #call(method: 'GET' | 'POST', path: string, body: Json | undefined): Promise<JsonObject> {
    const headers = { authorization: `Bearer ${await this.#token()}` };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const typed = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await fetch(this.url + path, { method, headers: { ...headers, ...typed }, ...sent });
    if (!answer.ok) throw await refusalIn(answer);
    if (answer.status === 204) return {};
    return objectIn((await answer.json()) as Json);
  }
}

/** Where a running station leaves the token of this machine's administrator, which opens no content. */
export function administratorToken(home: string): string {
  return join(home, 'tokens', 'administrator');
}

export async function readToken(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).trim();
}

async function refusalIn(answer: Response): Promise<RefusedByStation> {
  const body = objectIn((await answer.json()) as Json);
  return new RefusedByStation(textIn(body, 'code'), JSON.stringify(body));
}
