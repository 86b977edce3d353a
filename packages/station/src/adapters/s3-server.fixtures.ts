import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A bucket that checks every signature by the letter of AWS Signature Version 4, written apart from the client's library. */
export interface S3Server {
  readonly endpoint: string;
  readonly objects: Map<string, Buffer>;
  stop(): Promise<void>;
}

export const s3Keys = { accessKeyId: 'AKIDENTENTE', secretAccessKey: 'a/secret+key' };

export async function startS3Server(pageSize = 1000): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Map<number, Buffer>>();
  const server = createServer((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    const body = Buffer.concat(parts);
    const url = new URL(request.url ?? '', 'http://x');
    const key = url.pathname.split('/').slice(2).join('/');
    if (!isSigned(request, url)) return end(response, 403, '<Error><Code>SignatureDoesNotMatch</Code></Error>');
    const uploadId = url.searchParams.get('uploadId');
    const found = objects.get(key);
    switch (request.method) {
      case 'PUT': {
        if (request.headers['content-length'] === undefined) return end(response, 411);
        if (uploadId === null) objects.set(key, body);
        else uploads.get(uploadId)?.set(Number(url.searchParams.get('partNumber')), body);
        response.setHeader('etag', `"${createHash('md5').update(body).digest('hex')}"`);
        return end(response, 200);
      }
      case 'POST': {
        if (uploadId === null) {
          const id = `id+${uploads.size}/=`;
          uploads.set(id, new Map());
          return end(response, 200, `<R><UploadId>${id}</UploadId></R>`);
        }
        const numbers = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>"([0-9a-f]{32})"/g)];
        const pieces = numbers.map(([, number, etag]) => {
          const piece = uploads.get(uploadId)?.get(Number(number)) ?? Buffer.alloc(0);
          return createHash('md5').update(piece).digest('hex') === etag ? piece : Buffer.alloc(0);
        });
        objects.set(key, Buffer.concat(pieces));
        return end(response, 200, '<CompleteMultipartUploadResult/>');
      }
      case 'DELETE':
        objects.delete(key);
        return end(response, 204);
      case 'HEAD':
        if (found !== undefined) response.setHeader('content-length', found.length);
        return end(response, found === undefined ? 404 : 200);
      default: {
        if (key === '') return end(response, 200, listed(url));
        const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
        if (found === undefined) return end(response, 404);
        return end(response, 206, found.subarray(Number(from), Number(to) + 1));
      }
    }
  }

  function listed({ searchParams }: URL): string {
    const after = searchParams.get('start-after') ?? '';
    const all = [...objects.keys()]
      .filter((key) => key.startsWith(searchParams.get('prefix') ?? '') && key > after)
      .sort();
    const contents = all
      .slice(0, pageSize)
      .map((key) => `<Contents><Key>${key}</Key><Size>${objects.get(key)?.length}</Size></Contents>`);
    return `<R><IsTruncated>${all.length > pageSize}</IsTruncated>${contents.join('')}</R>`;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function end(response: ServerResponse, status: number, body?: string | Buffer): void {
  response.writeHead(status);
  response.end(body);
}

function isSigned({ method, headers }: IncomingMessage, url: URL): boolean {
  const authorization = headers.authorization ?? '';
  const [, id, scope, names, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      authorization,
    ) ?? [];
  if (id !== s3Keys.accessKeyId || scope === undefined || names === undefined) return false;
  const value = (name: string): string => String(headers[name] ?? '').trim();
  const query = [...url.searchParams]
    .map(([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`)
    .sort()
    .join('&');
  const canonical = [
    method,
    url.pathname,
    query,
    ...names.split(';').map((name) => `${name}:${value(name)}`),
    '',
    names,
    value('x-amz-content-sha256'),
  ].join('\n');
  const hashed = createHash('sha256').update(canonical).digest('hex');
  const toSign = ['AWS4-HMAC-SHA256', value('x-amz-date'), scope, hashed].join('\n');
  const key = scope
    .split('/')
    .reduce<Buffer>((secret, part) => mac(secret, part), Buffer.from(`AWS4${s3Keys.secretAccessKey}`));
  return mac(key, toSign).toString('hex') === signature;
}

function mac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
