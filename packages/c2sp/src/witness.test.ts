import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  appendLeaves,
  consistencyProof,
  emptyFrontier,
  emptyRoot,
  type Head,
  judgeAddCheckpoint,
  leafHash,
  nodeHash,
  readAddCheckpoint,
  readNote,
  rootOf,
  signCheckpoint,
  writeAddCheckpoint,
} from './index.ts';
import { crypto, flip, makeSigner, refuses, utf8 } from './node-crypto.test.ts';

const log = makeSigner('example.org/log', 1);
const leaves = ['a', 'b', 'c'].map((text) => leafHash(crypto, utf8(text)));
const headOf = (size: number): Head => ({
  size,
  root: rootOf(crypto, appendLeaves(crypto, emptyFrontier, leaves.slice(0, size)).frontier),
});
const readHash = (height: number, index: number): Uint8Array =>
  height === 0
    ? (leaves[index] ?? assert.fail())
    : nodeHash(crypto, readHash(height - 1, index * 2), readHash(height - 1, index * 2 + 1));

function ask(oldSize: number, head: Head, consistency: readonly Uint8Array[], signer = log) {
  const note = readNote(utf8(signCheckpoint({ origin: 'example.org/log', extension: [], ...head }, [signer], 0)));
  return readAddCheckpoint(utf8(writeAddCheckpoint({ oldSize, consistency, note })));
}
const judge = (request: ReturnType<typeof ask>, latest?: Head) =>
  judgeAddCheckpoint(crypto, request, [log.vkey], latest);
const proof = consistencyProof(crypto, 1, 3, readHash);

test('a first head, a longer one and the same one again are granted', () => {
  assert.equal(judge(ask(0, headOf(1), [])).status, 200);
  assert.equal(judge(ask(0, headOf(0), [])).status, 200);
  assert.equal(judge(ask(3, headOf(3), []), headOf(3)).status, 200);
  const grant = judge(ask(1, headOf(3), proof), headOf(1));
  assert.ok(grant.status === 200);
  assert.deepEqual([grant.old, grant.checkpoint.size], [headOf(1), 3]);
});

test('an unknown origin, a stranger and a spoilt signature are turned away', () => {
  const request = ask(0, headOf(1), []);
  assert.equal(judgeAddCheckpoint(crypto, request, undefined, undefined).status, 404);
  assert.equal(judgeAddCheckpoint(crypto, request, [], undefined).status, 403);
  assert.equal(judge(ask(0, headOf(1), [], makeSigner('example.org/log', 1))).status, 403);
  const forged = { ...request.note, text: request.note.text.replace('\n1\n', '\n2\n') };
  assert.equal(judge({ ...request, note: forged }).status, 403);
});

test('who does not know the latest size is told it', () => {
  const refusal = judge(ask(0, headOf(3), []), headOf(1));
  assert.deepEqual(refusal, { status: 409, body: '1\n', contentType: 'text/x.tlog.size' });
  assert.equal(judge(ask(1, headOf(3), proof)).status, 409);
  assert.equal(judge(ask(3, headOf(1), []), headOf(3)).status, 400);
});

test('a log cannot rewrite what was cosigned', () => {
  const other = { size: 3, root: flip(headOf(3).root, 0) };
  assert.equal(judge(ask(3, other, []), headOf(3)).status, 422);
  assert.equal(judge(ask(1, other, proof), headOf(1)).status, 422);
  assert.equal(judge(ask(1, headOf(3), []), headOf(1)).status, 422);
  assert.equal(judge(ask(1, headOf(3), proof), { ...headOf(1), root: flip(headOf(1).root, 0) }).status, 422);
  assert.equal(judge(ask(0, headOf(3), proof)).status, 422);
  assert.equal(judge(ask(3, headOf(3), proof), headOf(3)).status, 422);
  assert.equal(judge(ask(0, { size: 0, root: flip(emptyRoot(crypto), 0) }, [])).status, 422);
});

test('a request has one spelling and at most 63 hashes', () => {
  const body = writeAddCheckpoint(ask(1, headOf(3), proof));
  const changes: readonly (readonly [string, string])[] = [
    ['old 1', 'old 01'],
    ['old 1', 'old -1'],
    ['old 1', 'old  1'],
    ['old 1\n', ''],
    ['old 1', 'new 1'],
    ['\n\n', '\n'],
    ['=\n', '=\r\n'],
  ];
  for (const [from, to] of changes) {
    assert.throws(() => readAddCheckpoint(utf8(body.replace(from, to))), { name: 'FormatError' }, from);
  }
  const many = `\n${headOf(1).root.toBase64()}`.repeat(62);
  refuses(() => readAddCheckpoint(utf8(body.replace('old 1', `old 1${many}`))), 'size-limit');
});
