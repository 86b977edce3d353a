import { type Json, type JsonObject, type Language, Refusal, refusalCodes, type RelationId } from '@entente/protocol';
import type { Context } from './command.ts';
import type { Input } from './input.ts';
import { isJsonObject, parseJson } from './json-file.ts';
import { officerNamed, readOfficerFile } from './officer-file.ts';
import { readRunning } from './running.ts';

/** The HTTP API of the station that runs in this home, called in an officer's name. */
export class Api {
  readonly #address: string;
  readonly #token: string;
  readonly #language: Language;

  constructor(address: string, token: string, language: Language) {
    this.#address = address;
    this.#token = token;
    this.#language = language;
  }

  get(path: string): Promise<JsonObject> {
    return this.#call('GET', path, undefined, undefined);
  }

  send(method: 'POST' | 'PUT', path: string, body: Json): Promise<JsonObject> {
    return this.#call(method, path, JSON.stringify(body), 'application/json');
  }

  /** Sends bytes as they are. */
  put(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<JsonObject> {
    return this.#call('PUT', path, bytes, 'application/octet-stream');
  }

  async #call(
    method: string,
    path: string,
    body: string | Uint8Array<ArrayBuffer> | undefined,
    type: string | undefined,
  ): Promise<JsonObject> {
    const headers = {
      authorization: `Bearer ${this.#token}`,
      'accept-language': this.#language,
      ...(type === undefined ? {} : { 'content-type': type }),
    };
    const answer = await fetch(this.#address + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    }).catch((cause: unknown) => {
      throw new Refusal('usage', { what: `the station does not answer at ${this.#address}: entente serve` }, { cause });
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (answer.status === 204) return {};
    const value = parseJson(bytes, path);
    if (!isJsonObject(value)) throw new Refusal('json-malformed', { where: path });
    if (!answer.ok) throw refusalOf(value);
    return value;
  }
}

/** The station's own refusal, as if it had been given here. */
function refusalOf({ code, where, what, retryAfter, faults, message }: JsonObject): Refusal {
  const known = refusalCodes.find((one) => one === code);
  if (known === undefined) throw new Error(`the station failed: ${String(message)}`);
  return new Refusal(known, {
    ...(typeof where === 'string' ? { where } : {}),
    ...(typeof what === 'string' ? { what } : {}),
    ...(typeof retryAfter === 'number' ? { retryAfter } : {}),
    ...(Array.isArray(faults) ? { faults: faults as never } : {}),
  });
}

/** The API in the name of the officer given with --as, else of the only one enrolled here. @throws Refusal `usage` */
export async function apiOf({ home, language }: Context, input: Input, relation: RelationId): Promise<Api> {
  const running = await readRunning(home);
  if (running?.api === undefined)
    throw new Refusal('usage', { what: `no station runs in ${home.folder}: entente serve` });
  const { token } = await readOfficerFile(home, await officerNamed(home, input, relation), relation);
  return new Api(running.api, token, language);
}
