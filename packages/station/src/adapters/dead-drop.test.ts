import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Refusal } from '@entente/protocol';
import { type DeadDrop } from './dead-drop.ts';
import { deadDropFolder } from './dead-drop-folder.ts';
import { deadDropS3 } from './dead-drop-s3.ts';
import { readS3Terms } from './s3-bucket.ts';
import { s3Keys, type S3Server, startS3Server } from './s3-server.fixtures.ts';
import { bytesSource, type Source } from './source.ts';

let server: S3Server;
let folder: string;
const drops: Record<string, () => DeadDrop> = {
  folder: () => deadDropFolder(join(folder, 'drop')),
  'S3 bucket': () => deadDropS3(readS3Terms(`${server.endpoint}/drop/a`, s3Keys.accessKeyId, s3Keys.secretAccessKey)),
};

before(async () => {
  server = await startS3Server();
  folder = await mkdtemp(join(tmpdir(), 'entente-drop-'));
  await mkdir(join(folder, 'drop'));
});
after(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function gather(source: Source): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source.read(0, source.size)) parts.push(part);
  return Buffer.concat(parts);
}

function refusedWith(code: string): (error: unknown) => boolean {
  return (error) => error instanceof Refusal && error.code === code;
}

for (const [kind, open] of Object.entries(drops)) {
  test(`what one station leaves in a ${kind} the other finds, reads and takes away`, async () => {
    const bytes = randomBytes(2_500_000);
    await open().put('ab-0-7.parcel.age', bytesSource(bytes));
    await open().put('ab-0-7.parcel.age', bytesSource(bytes));
    await open().put('cd-0-7.parcel.age', bytesSource(Uint8Array.of(1)));
    assert.deepEqual(await open().list('ab-'), [{ name: 'ab-0-7.parcel.age', size: bytes.length }]);
    assert.ok((await gather(await open().read('ab-0-7.parcel.age', bytes.length))).equals(bytes));
    await assert.rejects(open().read('ab-0-7.parcel.age', bytes.length - 1), refusedWith('too-large'));
    await open().remove('ab-0-7.parcel.age');
    await open().remove('ab-0-7.parcel.age');
    assert.deepEqual(await open().list('ab-'), []);
    await assert.rejects(open().read('ab-0-7.parcel.age', 10), refusedWith('attachment-unknown'));
  });

  test(`names that reach out of a ${kind} are refused`, async () => {
    for (const name of [
      '../up',
      '/etc/passwd',
      'a/b',
      '.hidden',
      '',
      'a..b',
      'a\0',
      'A',
      'a b',
      `a${'b'.repeat(300)}`,
    ]) {
      await assert.rejects(async () => open().read(name, 10), refusedWith('field-malformed'), name);
      await assert.rejects(
        async () => open().put(name, bytesSource(new Uint8Array(1))),
        refusedWith('field-malformed'),
      );
      await assert.rejects(async () => open().remove(name), refusedWith('field-malformed'));
    }
  });
}

test('what breaks while it is put leaves nothing for the other to find', async () => {
  const drop = drops['folder']?.();
  const breaking: Source = {
    size: 10,
    async *read() {
      yield new Uint8Array(5);
      throw new Error('power cut');
    },
  };
  await assert.rejects(async () => drop?.put('ab-broken', breaking), /power cut/);
  assert.deepEqual(
    await readdir(join(folder, 'drop')).then((names) => names.filter((name) => !name.startsWith('cd-'))),
    [],
  );
});

test('links, pipes, folders and half files that somebody put into the folder hang nobody and lead nowhere', async () => {
  const drop = deadDropFolder(join(folder, 'drop'));
  await writeFile(join(folder, 'secret'), 'secret');
  await symlink(join(folder, 'secret'), join(folder, 'drop', 'ef-link'));
  await mkdir(join(folder, 'drop', 'ef-folder'));
  execFileSync('/bin/sh', ['-c', 'mkfifo "$1"', 'sh', join(folder, 'drop', 'ef-pipe')]);
  await writeFile(join(folder, 'drop', '.0123.part'), 'half');
  await writeFile(join(folder, 'drop', 'EF-loud'), 'x');
  assert.deepEqual(await drop.list('ef-'), []);
  for (const name of ['ef-link', 'ef-folder', 'ef-pipe']) {
    await assert.rejects(drop.read(name, 100), refusedWith('attachment-unknown'), name);
  }
});

test('a file that shrinks while it is read is a broken road, not a short parcel', async () => {
  const drop = deadDropFolder(join(folder, 'drop'));
  await drop.put('ab-shrinks', bytesSource(new Uint8Array(100)));
  const source = await drop.read('ab-shrinks', 100);
  await truncate(join(folder, 'drop', 'ab-shrinks'), 50);
  await assert.rejects(gather(source), refusedWith('link-down'));
});
