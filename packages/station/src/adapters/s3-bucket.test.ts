import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Refusal } from '@entente/protocol';
import { blobsFolder } from './blobs-folder.ts';
import { blobsS3 } from './blobs-s3.ts';
import { readS3Terms, S3Bucket, type S3Terms } from './s3-bucket.ts';
import { s3Keys, type S3Server, startS3Server } from './s3-server.fixtures.ts';
import { bytesSource, type Source } from './source.ts';

// Any S3 store may be tried: ENTENTE_TEST_S3=http://host/bucket, with the keys of s3-server.fixtures.ts.
const foreign = process.env['ENTENTE_TEST_S3'];
let server: S3Server;
let terms: S3Terms;
let folder: string;

before(async () => {
  server = await startS3Server(3);
  const address = foreign ?? `${server.endpoint}/bucket/entente?region=eu-west-3`;
  terms = readS3Terms(address, s3Keys.accessKeyId, s3Keys.secretAccessKey);
  folder = await mkdtemp(join(tmpdir(), 'entente-blobs-'));
});
after(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function gather(source: Source, from = 0, to = source.size): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source.read(from, to)) parts.push(part);
  return Buffer.concat(parts);
}

for (const kind of ['folder', 'S3'] as const) {
  test(`attachments in a ${kind} come back whole, by range, and go away`, async () => {
    const blobs = kind === 'S3' ? blobsS3(terms) : blobsFolder(join(folder, 'blobs'));
    const bytes = randomBytes(3_000_000);
    const file = join(folder, `new-${kind}`);
    await writeFile(file, bytes);
    assert.equal(await blobs.find('1/own/ab'), undefined);
    await blobs.keep('1/own/ab', file);
    await assert.rejects(access(file));
    const found = await blobs.find('1/own/ab');
    assert.ok(found !== undefined);
    assert.ok((await gather(found)).equals(bytes));
    assert.ok((await gather(found, 1_000_001, 2_000_002)).equals(bytes.subarray(1_000_001, 2_000_002)));
    assert.equal((await gather(found, 5, 5)).length, 0);
    await blobs.remove('1/own/ab');
    await blobs.remove('1/own/ab');
    assert.equal(await blobs.find('1/own/ab'), undefined);
  });

  test(`no name leaves a ${kind}`, async () => {
    const blobs = kind === 'S3' ? blobsS3(terms) : blobsFolder(join(folder, 'blobs'));
    for (const name of ['../x', '/etc/passwd', 'a/../b', 'a//b', '', 'a\0b', 'a?b', '.']) {
      await assert.rejects(async () => blobs.find(name), Refusal, name);
    }
  });
}

test('a long file goes to S3 in parts', async () => {
  const bucket = new S3Bucket(terms);
  const bytes = randomBytes(150 * 1024 * 1024);
  await bucket.put('long', bytesSource(bytes));
  const found = await bucket.find('long');
  assert.equal(found?.size, bytes.length);
  assert.ok(found !== undefined && (await gather(found)).equals(bytes));
  await bucket.remove('long');
});

test('a list goes over as many pages as there are, and ends where it is told to', async () => {
  const bucket = new S3Bucket(terms);
  const names = Array.from({ length: 10 }, (_, at) => `list/${at}`);
  for (const name of names) await bucket.put(name, bytesSource(Uint8Array.of(1)));
  assert.deepEqual(
    (await bucket.list('list/', 100)).map(({ name }) => name),
    names,
  );
  assert.equal((await bucket.list('list/', 7)).length, 7);
  assert.deepEqual(await bucket.list('nothing', 7), []);
});

test('an empty file is a file', async () => {
  const bucket = new S3Bucket(terms);
  await bucket.put('empty', bytesSource(new Uint8Array(0)));
  assert.equal((await bucket.find('empty'))?.size, 0);
});

test('a wrong secret is refused as such, and a store that is away as a link that is down', async () => {
  const thief = new S3Bucket({ ...terms, secretAccessKey: 'wrong' });
  await assert.rejects(thief.list('', 1), (error) => error instanceof Refusal && error.code === 'not-authorised');
  const away = new S3Bucket({ ...terms, endpoint: 'http://127.0.0.1:1' });
  await assert.rejects(away.find('x'), (error) => error instanceof Refusal && error.code === 'link-down');
});

test('an S3 address is read strictly', () => {
  for (const address of ['', 'https://host', 'ftp://host/bucket', 'https://host/B', 'https://host/bucket/../x?y']) {
    assert.throws(() => readS3Terms(address, 'a', 'b'), Refusal, address);
  }
});
