import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  cosignSubtree,
  judgeSignSubtree,
  leafHash,
  readNote,
  readSignatureLines,
  readSignSubtree,
  rootFromTiles,
  rootOfRange,
  signCheckpoint,
  hashesFromTiles,
  subtreeProof,
  verifySubtree,
  writeSignatureLines,
  writeSignSubtree,
} from './index.ts';
import { crypto, flip, makeSigner, refuses, utf8 } from './node-crypto.test.ts';

const SIZE = 200;
const LEAVES = Array.from({ length: SIZE }, (_, at) => leafHash(crypto, utf8(String(at))));
const readTile = () => Buffer.concat(LEAVES);
const readHash = hashesFromTiles(crypto, SIZE, readTile);
const root = rootFromTiles(crypto, SIZE, readTile);
const witness = makeSigner('example.org/witness', 6);
const note = readNote(utf8(signCheckpoint({ origin: 'log', size: SIZE, root, extension: [] }, [witness], 5)));

function ask(start: number, end: number) {
  const hash = rootOfRange(crypto, { start, end }, readHash);
  const consistency = subtreeProof(crypto, { start, end }, SIZE, readHash);
  return readSignSubtree(utf8(writeSignSubtree({ start, end, hash, consistency, note })));
}

/** Valid subtrees: a width, a start that is a multiple of it, and an end in its upper half. */
const subtree = fc.tuple(fc.integer({ min: 0, max: 7 }), fc.nat(), fc.nat()).chain(([height, place, more]) => {
  const width = 2 ** height;
  const start = (place % Math.ceil(SIZE / width)) * width;
  const least = start + Math.floor(width / 2) + 1;
  return least > SIZE
    ? fc.constant([0, SIZE] as const)
    : fc.constant([start, least + (more % (Math.min(start + width, SIZE) - least + 1))] as const);
});

test('any subtree of a cosigned tree is granted, and refused with one bit turned', () => {
  fc.assert(
    fc.property(subtree, fc.nat(), ([start, end], bit) => {
      const request = ask(start, end);
      assert.equal(judgeSignSubtree(crypto, request, [witness.vkey]).status, 200);
      const judge = (changed: Partial<typeof request>) =>
        judgeSignSubtree(crypto, { ...request, ...changed }, [witness.vkey]).status;
      assert.equal(judge({ hash: flip(request.hash, bit) }), 422);
      const { consistency } = request;
      assert.equal(judge({ consistency: [...consistency, request.hash] }), 422);
      if (consistency.length === 0) return;
      assert.equal(judge({ consistency: consistency.slice(1) }), 422);
      const spoilt = bit % consistency.length;
      assert.equal(
        judge({ consistency: consistency.map((hash, at) => (at === spoilt ? flip(hash, bit) : hash)) }),
        422,
      );
    }),
    { numRuns: 60 },
  );
});

test('a cosigned subtree verifies with its own range, hash and key only', () => {
  const granted = judgeSignSubtree(crypto, ask(8, 13), [witness.vkey]);
  assert.ok(granted.status === 200);
  const [line] = readSignatureLines(utf8(writeSignatureLines([cosignSubtree(witness, granted.subtree)])));
  assert.ok(line);
  assert.deepEqual(verifySubtree(crypto, granted.subtree, line, witness.vkey), granted.subtree);
  const verify = (changed: object, vkey = witness.vkey) =>
    verifySubtree(crypto, { ...granted.subtree, ...changed }, line, vkey);
  refuses(() => verify({ end: 12 }), 'signature-invalid');
  refuses(() => verify({ origin: 'other' }), 'signature-invalid');
  refuses(() => verify({ hash: new Uint8Array(32) }), 'signature-invalid');
  refuses(() => verify({ start: 9 }), 'range-outside');
  refuses(() => verify({ start: -8 }), 'range-outside');
  refuses(() => verify({}, makeSigner('example.org/witness', 6).vkey), 'signature-missing');
  refuses(() => verify({}, makeSigner('example.org/witness', 4).vkey), 'vkey-type');
});

test('an unknown log and a checkpoint of strangers are turned away', () => {
  assert.equal(judgeSignSubtree(crypto, ask(8, 13), undefined).status, 404);
  assert.equal(judgeSignSubtree(crypto, ask(8, 13), [makeSigner('example.org/witness', 6).vkey]).status, 403);
});

test('a range that is no subtree of the tree is malformed', () => {
  const body = writeSignSubtree(ask(8, 13));
  for (const range of ['8 17', '9 13', '13 8', '8 8', '192 201', '8', '8 13 14', '08 13', '-8 13']) {
    assert.throws(() => readSignSubtree(utf8(body.replace('8 13', range))), { name: 'FormatError' }, range);
  }
});
