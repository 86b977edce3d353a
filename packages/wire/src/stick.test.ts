import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { packTar } from 'modern-tar';
import {
  logSigners,
  maximumNotice,
  mostNotices,
  nobleCrypto,
  noticeOnStick,
  readStick,
  type StickFile,
  type StickRoute,
  writeStick,
} from './index.ts';
import { Refusal } from '@entente/protocol';
import { fr, ma, parties, relation, utf8 } from './wire.fixtures.ts';

const { ed25519: signer } = logSigners(nobleCrypto, 'fr/ma/1', parties.fr.log);
const route: StickRoute = { from: fr, to: ma, relation };
const contents: Readonly<Record<string, Uint8Array>> = {
  'accord.json': utf8('{"accord":1}'),
  'parcels/000001.age': new Uint8Array(100_000).fill(7),
  'attachments/empty.age': new Uint8Array(0),
};

function fileOf(name: string, bytes: Uint8Array): StickFile {
  return { name, size: bytes.length, sha256: nobleCrypto.sha256Hex(bytes), content: pieces(bytes) };
}
async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += 30_000) yield bytes.subarray(at, at + 30_000);
}
async function whole(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(Buffer.concat(await Array.fromAsync(source)));
}
const files = (): readonly StickFile[] => Object.entries(contents).map(([name, bytes]) => fileOf(name, bytes));
const stick = await whole(writeStick(nobleCrypto, signer, route, files()));

async function read(tar: Uint8Array, expect: StickRoute = route): Promise<Readonly<Record<string, Uint8Array>>> {
  const found: Record<string, Uint8Array> = {};
  for await (const { name, content } of readStick(nobleCrypto, pieces(tar), () => ({ key: signer.vkey, expect }))) {
    found[name] = await whole(content);
  }
  return found;
}

test('a stick gives back the files that were put on it', async () => {
  assert.deepEqual(await read(stick), contents);
});

test('tar and sha256sum, which we did not write, open and check a stick', () => {
  const folder = mkdtempSync(join(tmpdir(), 'entente-stick-'));
  try {
    writeFileSync(join(folder, 'stick.tar'), stick);
    execFileSync('tar', ['-xf', 'stick.tar'], { cwd: folder });
    const checked = execFileSync('sha256sum', ['--strict', '-c', 'MANIFEST'], { cwd: folder, encoding: 'utf8' });
    assert.equal(checked, 'accord.json: OK\nparcels/000001.age: OK\nattachments/empty.age: OK\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('any changed byte of a stick that means something is refused', async () => {
  for (let at = 0; at < stick.length; at += 509) {
    const changed = stick.with(at, (stick[at] ?? 0) ^ 1);
    const found = await read(changed).catch((error: unknown) => {
      if (error instanceof Refusal) return undefined;
      throw error;
    });
    // Fill bytes between files mean nothing.
    if (found !== undefined) assert.deepEqual(found, contents);
  }
});

test('a stick cut anywhere is refused', async () => {
  for (const length of [0, 1, 512, 1000, 5000, stick.length - 2000]) {
    await assert.rejects(read(stick.subarray(0, length)), Refusal);
  }
});

test('a stick for another party or of another relation is refused', async () => {
  await assert.rejects(read(stick, { ...route, to: fr }), { code: 'wrong-recipient' });
  await assert.rejects(read(stick, { ...route, from: ma }), { code: 'wrong-relation' });
});

test('a file that the manifest does not name, a missing one, or a link is refused', async () => {
  const signed = await whole(writeStick(nobleCrypto, signer, route, files()));
  assert.deepEqual(signed, stick);
  const header = { size: 0, mtime: new Date(0) };
  const manifestOnly = await packTar([]);
  await assert.rejects(read(manifestOnly), { code: 'tar-malformed' });
  const list = files().slice(0, 1);
  const short = await whole(writeStick(nobleCrypto, signer, route, list));
  const end = short.length - 1024;
  const [extra, link] = await Promise.all([
    packTar([{ header: { ...header, name: 'extra.json' }, body: '' }]),
    packTar([{ header: { ...header, name: 'accord.json', type: 'symlink', linkname: '/etc/passwd' } }]),
  ]);
  for (const added of [extra, link]) {
    await assert.rejects(read(new Uint8Array([...short.subarray(0, end), ...added])), { code: 'tar-malformed' });
  }
  const last = Buffer.from(stick).indexOf('attachments/empty.age', 3000);
  assert.equal(last % 512, 0);
  const withoutLast = new Uint8Array([...stick.subarray(0, last), ...new Uint8Array(1024)]);
  await assert.rejects(read(withoutLast), { code: 'tar-malformed' });
});

test('names that climb out of a folder or look like options are never written', () => {
  for (const name of ['../x', '/x', 'a/../b', '.hidden', '-rf', 'a//b', 'a\nb', 'A', '']) {
    assert.throws(
      () => writeStick(nobleCrypto, signer, route, [fileOf(name, utf8('x'))]),
      { code: 'tar-malformed' },
      name,
    );
  }
});

test('an error of the medium stays what it is', async () => {
  const failing = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    yield stick.subarray(0, 3000);
    throw new Error('EIO');
  };
  const reading = Array.fromAsync(readStick(nobleCrypto, failing(), () => ({ key: signer.vkey, expect: route })));
  await assert.rejects(reading, { message: 'EIO' });
});

const notices = ['{"a":1}', '{"b":2}'].map(utf8);
const { ed25519: another } = logSigners(nobleCrypto, 'fr/ma/2', parties.fr.log);
const noticeFiles = (said: readonly Uint8Array[] = notices): readonly StickFile[] =>
  said.map((bytes, at) => fileOf(noticeOnStick(at + 1), bytes));

test('notices stand first and are given before the manifest is verified, which only they may make possible', async () => {
  const written = await whole(writeStick(nobleCrypto, another, route, [...noticeFiles(), ...files()]));
  const told: string[] = [];
  const found: string[] = [];
  const read = readStick(
    nobleCrypto,
    pieces(written),
    () => ({ key: told.length === notices.length ? another.vkey : signer.vkey, expect: route }),
    async (notice) => void told.push(Buffer.from(notice).toString()),
  );
  for await (const { name, content } of read) {
    found.push(name);
    await whole(content);
  }
  assert.deepEqual(told, ['{"a":1}', '{"b":2}']);
  assert.deepEqual(found, Object.keys(contents));
});

test('who takes no notices is given them as files, once the manifest is verified', async () => {
  const written = await whole(writeStick(nobleCrypto, signer, route, [...noticeFiles(), ...files()]));
  assert.deepEqual(Object.keys(await read(written)), [
    ...notices.map((_, at) => noticeOnStick(at + 1)),
    ...Object.keys(contents),
  ]);
});

test('before the manifest is verified no more is read than notices may be, and each as the manifest lists it', async () => {
  const reading = async (tar: Uint8Array): Promise<number> => {
    let told = 0;
    const keyFor = () => ({ key: signer.vkey, expect: route });
    await Array.fromAsync(readStick(nobleCrypto, pieces(tar), keyFor, async () => void (told += 1)));
    return told;
  };
  const many = Array.from({ length: mostNotices + 1 }, () => utf8('{}'));
  await assert.rejects(reading(await whole(writeStick(nobleCrypto, signer, route, noticeFiles(many)))), {
    code: 'too-large',
  });
  const large = [new Uint8Array(maximumNotice + 1)];
  await assert.rejects(reading(await whole(writeStick(nobleCrypto, signer, route, noticeFiles(large)))), {
    code: 'too-large',
  });
  const good = await whole(writeStick(nobleCrypto, signer, route, noticeFiles()));
  assert.equal(await reading(good), 2);
  const at = Buffer.from(good).lastIndexOf('{"b":2}');
  await assert.rejects(reading(good.with(at + 5, 0x33)), { code: 'hash-mismatch' });
});
