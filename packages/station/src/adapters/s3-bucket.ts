import { Readable } from 'node:stream';
import { Refusal } from '@entente/protocol';
import { AwsV4Signer } from 'aws4fetch';
import { Agent, type Dispatcher } from 'undici';
import { bytesSource, type Source } from './source.ts';

/** Which bucket, and who asks. Every S3-speaking store takes paths, `https://host/bucket/key`. */
export interface S3Terms {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Put before every name, e.g. `entente/`; may be empty. */
  readonly prefix: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface S3Item {
  readonly name: string;
  readonly size: number;
}

// S3 takes 10,000 parts of at most 5 GiB, and no single request above 5 GiB.
const partBytes = 64 * 1024 * 1024;
const mostParts = 10_000;
const mostXml = 4 * 1024 * 1024;

/**
 * Reads `https://host/bucket/prefix?region=eu-west-3`. Keys come apart, so that an address can be shown and logged.
 * @throws Refusal `usage`
 */
export function readS3Terms(address: string, accessKeyId: string, secretAccessKey: string): S3Terms {
  const url = URL.parse(address);
  const [, bucket, prefix] =
    /^\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([a-z0-9/-]*))?$/.exec(url?.pathname ?? '') ?? [];
  if (url === null || bucket === undefined || !/^https?:$/.test(url.protocol)) {
    throw new Refusal('usage', { where: 'S3 address', what: 'https://host/bucket/prefix?region=…' });
  }
  return {
    endpoint: url.origin,
    region: url.searchParams.get('region') ?? 'us-east-1',
    bucket,
    prefix: prefix === undefined || prefix === '' ? '' : `${prefix.replace(/\/+$/, '')}/`,
    accessKeyId,
    secretAccessKey,
  };
}

/** The few requests of S3 that a station makes, each signed (AWS Signature Version 4). Names are letters, digits, `-./`. */
export class S3Bucket {
  readonly #terms: S3Terms;
  readonly #agent = new Agent({
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
    connectTimeout: 10_000,
    maxHeaderSize: 16_384,
  });

  constructor(terms: S3Terms) {
    this.#terms = terms;
  }

  /** Whole or not at all; in parts where it is long. */
  async put(name: string, source: Source): Promise<void> {
    const bytes = Math.max(partBytes, Math.ceil(source.size / mostParts));
    if (source.size > bytes) await this.#putInParts(name, source, bytes);
    else await this.#done(this.#send('PUT', name, '', source, 0, source.size));
  }

  async find(name: string): Promise<Source | undefined> {
    const answer = await this.#send('HEAD', name);
    await answer.body.dump();
    if (answer.statusCode === 404) return undefined;
    checkDone(answer);
    const size = Number(textOf(answer.headers['content-length']));
    if (!Number.isSafeInteger(size)) throw new Refusal('link-down', { where: 'S3', what: 'no length' });
    return { size, read: (from, to) => this.#read(name, from, to) };
  }

  async remove(name: string): Promise<void> {
    await this.#done(this.#send('DELETE', name));
  }

  /** Names that begin so, without the bucket's own prefix, in order; at most `most`. */
  async list(prefix: string, most: number): Promise<readonly S3Item[]> {
    const items: S3Item[] = [];
    for (let after = ''; items.length < most;) {
      const query = new URLSearchParams({
        'list-type': '2',
        'max-keys': '1000',
        prefix: this.#terms.prefix + prefix,
        ...(after === '' ? {} : { 'start-after': after }),
      });
      const xml = await this.#done(this.#send('GET', '', `?${query.toString()}`));
      const page = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, content = '']) => ({
        key: elementOf(content, 'Key') ?? '',
        size: Number(elementOf(content, 'Size') ?? Number.NaN),
      }));
      for (const { key, size } of page) {
        if (key.startsWith(this.#terms.prefix)) items.push({ name: key.slice(this.#terms.prefix.length), size });
      }
      const last = page.at(-1)?.key;
      // A store that gives the same page again would be asked for ever.
      if (elementOf(xml, 'IsTruncated') !== 'true' || last === undefined || last <= after) break;
      after = last;
    }
    return items.slice(0, most);
  }

  async #putInParts(name: string, source: Source, bytes: number): Promise<void> {
    const upload = elementOf(await this.#done(this.#send('POST', name, '?uploads=')), 'UploadId');
    if (upload === undefined) throw new Refusal('link-down', { where: 'S3', what: 'no upload id' });
    const id = encodeURIComponent(upload);
    try {
      const parts: string[] = [];
      for (let from = 0, part = 1; from < source.size; from += bytes, part++) {
        const to = Math.min(source.size, from + bytes);
        const answer = await this.#send('PUT', name, `?partNumber=${part}&uploadId=${id}`, source, from, to);
        await answer.body.dump();
        checkDone(answer);
        const etag = /^"?([0-9A-Za-z-]{1,80})"?$/.exec(textOf(answer.headers['etag']))?.[1] ?? '';
        parts.push(`<Part><PartNumber>${part}</PartNumber><ETag>"${etag}"</ETag></Part>`);
      }
      const list = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
      const completed = await this.#done(
        this.#send('POST', name, `?uploadId=${id}`, bytesSource(list), 0, list.length),
      );
      // S3 may say 200 first and fail afterwards, in the body.
      if (elementOf(completed, 'Code') !== undefined)
        throw new Refusal('link-down', { where: 'S3', what: 'not completed' });
    } catch (error) {
      await this.#done(this.#send('DELETE', name, `?uploadId=${id}`)).catch(() => {});
      throw error;
    }
  }

  async *#read(name: string, from: number, to: number): AsyncGenerator<Uint8Array, void, undefined> {
    if (to <= from) return;
    const answer = await this.#send('GET', name, '', undefined, from, to);
    if (answer.statusCode !== 206) {
      await answer.body.dump();
      throw new Refusal('link-down', { where: 'S3', what: `status ${answer.statusCode} for a range` });
    }
    let left = to - from;
    for await (const bytes of answer.body as AsyncIterable<Buffer>) {
      left -= bytes.length;
      if (left < 0) throw new Refusal('too-large', { where: 'S3' });
      yield bytes;
    }
    if (left > 0) throw new Refusal('link-down', { where: 'S3', what: 'cut short' });
  }

  async #done(asked: Promise<Dispatcher.ResponseData>): Promise<string> {
    const answer = await asked;
    const parts: Buffer[] = [];
    let length = 0;
    for await (const part of answer.body as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > mostXml) throw new Refusal('too-large', { where: 'S3' });
      parts.push(part);
    }
    checkDone(answer);
    return Buffer.concat(parts).toString();
  }

  /** `from` and `to` are the part of the source that is sent; without a source, the range that is asked for. */
  async #send(
    method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE',
    name: string,
    query = '',
    source?: Source,
    from?: number,
    to?: number,
  ): Promise<Dispatcher.ResponseData> {
    const { endpoint, bucket, prefix, region, accessKeyId, secretAccessKey } = this.#terms;
    const key = name === '' ? '' : `/${prefix}${name}`;
    const ranged = from !== undefined && to !== undefined;
    const { url, headers } = await new AwsV4Signer({
      method,
      url: `${endpoint}/${bucket}${key}${query}`,
      // What is stored is sealed and authenticated by itself.
      headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
      service: 's3',
      region,
      accessKeyId,
      secretAccessKey,
    }).sign();
    if (source === undefined && ranged) headers.set('range', `bytes=${from}-${to - 1}`);
    const length = source !== undefined && ranged ? to - from : 0;
    if (method === 'PUT' || method === 'POST') headers.set('content-length', String(length));
    const body =
      source !== undefined && ranged && length > 0
        ? Readable.from(source.read(from, to), { objectMode: false })
        : undefined;
    try {
      return await this.#agent.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        headers: Object.fromEntries(headers),
        ...(body === undefined ? {} : { body }),
      });
    } catch (cause) {
      throw new Refusal('link-down', { where: 'S3' }, { cause });
    }
  }
}

/** @throws Refusal `store-full`, `not-authorised`, `link-down` */
function checkDone({ statusCode }: Dispatcher.ResponseData): void {
  if (statusCode >= 200 && statusCode < 300) return;
  if (statusCode === 507) throw new Refusal('store-full', { where: 'S3', retryAfter: 60 });
  if (statusCode === 401 || statusCode === 403) throw new Refusal('not-authorised', { where: 'S3' });
  throw new Refusal('link-down', { where: 'S3', what: `status ${statusCode}` });
}

function elementOf(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
}

function textOf(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}
