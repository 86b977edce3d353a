import { Readable } from 'node:stream';
import {
  isLogSize,
  type Json,
  type Instant,
  type LogSize,
  type PartyId,
  readCanonicalJson,
  Refusal,
  refusalCodes,
  type Sha256Hex,
} from '@entente/protocol';
import { type Dispatcher, Pool } from 'undici';
import type { TlsIdentity, TlsPin } from '../../adapters/tls-certificate.ts';
import type { AttachmentOffset, Heads, ParcelTaken, WitnessAnswer } from './peer.ts';
import { peerLimits } from './peer-limits.ts';
import { readRefusal } from './peer-refusal.ts';
import { pinnedConnector } from './pinned-connector.ts';

/** Where the counterpart is and what it must show. */
export interface PeerClientTerms {
  /** `https://host:port`, no path. */
  readonly address: string;
  /** Both are read anew for each request: after a new keyset no connection made under the one before is used again. */
  readonly identity: TlsIdentity;
  readonly counterpart: TlsPin;
}

/** A piece of an attachment: `size` is that of the whole sealed file. */
export interface FetchedPiece {
  readonly size: number;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Not wanted after all. */
  leave(): void;
}

// A long poll, bulk, an express parcel and an attachment never wait for one another; two more for what ends late.
const connections = 6;
const connectTimeout = 10_000;
// A parcel of a thousand acts is folded within seconds; a disk that is slow gets a minute.
const answerTimeout = 60_000;

/**
 * Speaks to the counterpart's station over kept-alive connections, each pinned. Every answer is bounded and read strictly.
 * Every method throws a `Refusal`: the counterpart's own, or `link-down` with the cause.
 */
export class PeerClient {
  readonly #terms: PeerClientTerms;
  #connected: { readonly pool: Pool; readonly under: string };
  #isClosed = false;
  #heard: Instant | undefined;

  constructor(terms: PeerClientTerms) {
    this.#terms = terms;
    this.#connected = connected(terms);
  }

  /** What time it was by the counterpart's clock, to the second, when its last answer began. */
  get heard(): Instant | undefined {
    return this.#heard;
  }

  async sendParcel(sealed: Uint8Array): Promise<ParcelTaken> {
    const { have, cosigned } = readObject(await this.#whole('POST', '/peer/v1/parcels', sealed));
    if (!isLogSize(have) || typeof cosigned !== 'string') throw unreadable();
    return { have, cosigned };
  }

  /** Waits up to `waitSeconds` (at most 60) for the parcel that begins at `from`; undefined where none came. */
  async fetchParcel(from: LogSize, waitSeconds: number, signal?: AbortSignal): Promise<Uint8Array | undefined> {
    const path = `/peer/v1/parcels?from=${from}&wait=${waitSeconds}`;
    const answer = await this.#ask({
      method: 'GET',
      path,
      headersTimeout: waitSeconds * 1000 + answerTimeout,
      ...(signal === undefined ? {} : { signal }),
    });
    const bytes = await readBytes(answer, peerLimits.parcelBytes);
    return answer.statusCode === 204 ? undefined : bytes;
  }

  /** What the counterpart holds of a channel from `from` on, of what saw at most `seen` of the other. */
  async fetchHeld(owner: PartyId, from: LogSize, seen: LogSize): Promise<Uint8Array | undefined> {
    const answer = await this.#ask({ method: 'GET', path: `/peer/v1/held?owner=${owner}&from=${from}&seen=${seen}` });
    const bytes = await readBytes(answer, peerLimits.parcelBytes);
    return answer.statusCode === 204 ? undefined : bytes;
  }

  sendExpress(sealed: Uint8Array): Promise<Uint8Array> {
    return this.#whole('POST', '/peer/v1/express', sealed);
  }

  async sendCosigned(note: string): Promise<void> {
    await this.#whole('POST', '/peer/v1/cosigned', note);
  }

  async sendNotice(notice: Uint8Array): Promise<void> {
    await this.#whole('POST', '/peer/v1/notices', notice);
  }

  /** The oldest notice of the counterpart's root that it does not know us to have. */
  async fetchNotice(): Promise<Uint8Array | undefined> {
    const answer = await this.#ask({ method: 'GET', path: '/peer/v1/notices' });
    const bytes = await readBytes(answer, peerLimits.noteBytes);
    return answer.statusCode === 204 ? undefined : bytes;
  }

  async sendNoticeTaken(notice: Sha256Hex): Promise<void> {
    await this.#whole('POST', '/peer/v1/notices/taken', notice);
  }

  async readHeads(): Promise<Heads> {
    const { have, mine, asks } = readObject(await this.#whole('GET', '/peer/v1/heads'));
    if (!isLogSize(have) || !isLogSize(mine)) throw unreadable();
    return { have, mine, ...(typeof asks === 'string' ? { asks } : {}) };
  }

  /** Brings what a restored counterpart asked for. */
  async sendAnswer(sealed: Uint8Array): Promise<void> {
    await this.#whole('POST', '/peer/v1/answers', sealed);
  }

  /** How much of a sealed file of ours the counterpart holds. */
  async readOffset(sealed: Sha256Hex): Promise<AttachmentOffset> {
    return readOffset(await this.#emptyAnswer({ method: 'HEAD', path: `/peer/v1/attachments/${sealed}` }));
  }

  /** Sends a piece of at most `peerLimits.chunkBytes`, whose length must be `length`. */
  async sendPiece(
    sealed: Sha256Hex,
    offset: number,
    length: number,
    bytes: AsyncIterable<Uint8Array>,
  ): Promise<AttachmentOffset> {
    return readOffset(
      await this.#emptyAnswer({
        method: 'PATCH',
        path: `/peer/v1/attachments/${sealed}`,
        headers: { 'upload-offset': String(offset), 'content-length': String(length) },
        body: Readable.from(bytes, { objectMode: false }),
      }),
    );
  }

  /** The next piece of a sealed file of theirs, from `offset` on. What was yielded before a cut is good to keep. */
  async fetchPiece(sealed: Sha256Hex, offset: number): Promise<FetchedPiece> {
    const answer = await this.#ask({
      method: 'GET',
      path: `/peer/v1/attachments/${sealed}`,
      headers: { range: `bytes=${offset}-` },
    });
    const [, from, to, whole] =
      /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16})$/.exec(headerOf(answer, 'content-range')) ?? [];
    if (answer.statusCode !== 206 || Number(from) !== offset || to === undefined || whole === undefined) {
      answer.body.destroy();
      throw unreadable();
    }
    const most = Math.min(peerLimits.chunkBytes, Number(to) - offset + 1);
    return { size: Number(whole), bytes: bounded(answer.body, most), leave: () => answer.body.destroy() };
  }

  /** `checkpoint` or a tile of a channel, by the path of the C2SP read API. */
  readLog(origin: string, path: string): Promise<Uint8Array> {
    return this.#whole('GET', `/c2sp/${origin}/${path}`);
  }

  /** Asks the counterpart to cosign a checkpoint; the answer is the witness's own, whatever its status. */
  async addCheckpoint(origin: string, request: string): Promise<WitnessAnswer> {
    const answer = await this.#send({ method: 'POST', path: `/c2sp/${origin}/add-checkpoint`, body: request });
    const body = Buffer.from(await readBytes(answer, peerLimits.noteBytes)).toString();
    if (headerOf(answer, 'entente-refusal') !== '') throw readRefusal(body, answer.statusCode);
    return { status: answer.statusCode, contentType: headerOf(answer, 'content-type'), body };
  }

  /** Ends all connections at once. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.#connected.pool.destroy();
  }

  async #whole(method: 'GET' | 'POST', path: string, body?: string | Uint8Array): Promise<Uint8Array> {
    const answer = await this.#ask({ method, path, ...(body === undefined ? {} : { body }) });
    return readBytes(answer, peerLimits.parcelBytes);
  }

  async #emptyAnswer(options: Omit<Dispatcher.RequestOptions, 'origin'>): Promise<Dispatcher.ResponseData> {
    const answer = await this.#ask(options);
    await readBytes(answer, 0);
    return answer;
  }

  async #ask(options: Omit<Dispatcher.RequestOptions, 'origin'>): Promise<Dispatcher.ResponseData> {
    const answer = await this.#send(options);
    if (answer.statusCode >= 200 && answer.statusCode < 300) return answer;
    const code = refusalCodes.find((name) => name === headerOf(answer, 'entente-refusal'));
    const text = Buffer.from(await readBytes(answer, 4096)).toString();
    if (options.method === 'HEAD' && code !== undefined) throw new Refusal(code);
    throw readRefusal(text, answer.statusCode);
  }

  async #send(options: Omit<Dispatcher.RequestOptions, 'origin'>): Promise<Dispatcher.ResponseData> {
    try {
      const answer = await this.#pool().request(options);
      const date = Date.parse(headerOf(answer, 'date'));
      if (isInstant(date)) this.#heard = date;
      return answer;
    } catch (cause) {
      throw linkDown(cause);
    }
  }

  #pool(): Pool {
    if (this.#isClosed || this.#connected.under === keysOf(this.#terms)) return this.#connected.pool;
    const { pool } = this.#connected;
    this.#connected = connected(this.#terms);
    // What was under way fails and is tried again.
    void pool.destroy();
    return this.#connected.pool;
  }
}

function connected(terms: PeerClientTerms): { readonly pool: Pool; readonly under: string } {
  const { address, identity, counterpart } = terms;
  const { certificate, publicKey } = counterpart;
  const pool = new Pool(address, {
    connections,
    pipelining: 1,
    allowH2: false,
    connect: pinnedConnector(identity, { certificate, publicKey }, connectTimeout),
    maxHeaderSize: peerLimits.headerBytes,
    headersTimeout: answerTimeout,
    bodyTimeout: peerLimits.silence,
    keepAliveTimeout: peerLimits.keptAlive - 5000,
    maxResponseSize: peerLimits.parcelBytes,
  });
  return { pool, under: keysOf(terms) };
}

function keysOf({ identity, counterpart }: PeerClientTerms): string {
  return `${identity.pin.certificate} ${counterpart.certificate}`;
}

function isInstant(date: number): date is Instant {
  return Number.isSafeInteger(date) && date >= 0;
}

/** Why a request did not come through, as a refusal. A pin that failed stays what it is. */
function linkDown(cause: unknown): Refusal {
  if (cause instanceof Refusal) return cause;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'broken';
  return new Refusal('link-down', { what: code }, { cause });
}

async function readBytes({ body }: Dispatcher.ResponseData, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of bounded(body, most)) parts.push(part);
  return Buffer.concat(parts);
}

async function* bounded(body: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array, void, undefined> {
  let length = 0;
  try {
    for await (const part of body) {
      length += part.length;
      if (length > most) throw new Refusal('too-large', { where: 'answer of the counterpart' });
      yield part;
    }
  } catch (cause) {
    throw linkDown(cause);
  }
}

function readObject(bytes: Uint8Array): Readonly<Record<string, Json>> {
  const value = readCanonicalJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  if (typeof value !== 'object' || value === null) throw unreadable();
  return Object.fromEntries(Object.entries(value));
}

function readOffset(answer: Dispatcher.ResponseData): AttachmentOffset {
  const have = Number(headerOf(answer, 'upload-offset') || Number.NaN);
  const size = Number(headerOf(answer, 'upload-length') || Number.NaN);
  if (!Number.isSafeInteger(have) || !Number.isSafeInteger(size) || have < 0 || have > size) throw unreadable();
  return { have, size };
}

function headerOf({ headers }: Dispatcher.ResponseData, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

function unreadable(): Refusal {
  return new Refusal('link-down', { what: 'an answer that cannot be read' });
}
