import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Refusal } from '@entente/protocol';
import { piecesOf, readLines } from './piece.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'entente-pieces-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const mebibyte = 1024 * 1024;

test('the pieces of a file hold each of its lines once, whole and in its place, however long it is', async () => {
  // Around the end of a piece: none, one that ends just there, a little over it, and far over it.
  for (const longest of [10, mebibyte - 1, mebibyte, mebibyte + 17_000, mebibyte + 300_000]) {
    const lines = ['first', 'x'.repeat(longest), '', 'y'.repeat(20_000), 'z'.repeat(mebibyte), 'last'];
    const path = join(folder, 'lines');
    const text = `${lines.join('\n')}\n`;
    await writeFile(path, text);
    const read: string[] = [];
    for (const piece of piecesOf(path, text.length))
      readLines(piece, (line, at) => {
        assert.equal(text.slice(at, at + line.length), line.toString());
        read.push(line.toString());
      });
    assert.deepEqual(
      read.map((line) => line.length),
      lines.map((line) => line.length),
    );
  }
});

test('a file whose last line is cut is refused', async () => {
  const path = join(folder, 'cut');
  await writeFile(path, 'whole\ncut');
  const [piece] = piecesOf(path, 9);
  assert.throws(
    () => piece && readLines(piece, () => {}),
    new Refusal('json-malformed', { where: path, what: 'the last line is cut' }),
  );
});
