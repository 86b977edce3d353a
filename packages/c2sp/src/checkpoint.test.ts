import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readCheckpoint, writeCheckpoint } from './index.ts';
import { refuses } from './node-crypto.test.ts';

const ROOT = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';
const line = fc.stringMatching(/^[ -~é—]{1,20}$/);

test('what is written is read back', () => {
  const checkpoint = fc.record(
    {
      origin: line,
      size: fc.maxSafeNat(),
      root: fc.uint8Array({ minLength: 32, maxLength: 32 }),
      extension: fc.array(line),
    },
    { noNullPrototype: true },
  );
  fc.assert(fc.property(checkpoint, (value) => assert.deepEqual(readCheckpoint(writeCheckpoint(value)), value)));
});

test('a size has one spelling and stays below 2^53', () => {
  for (const size of ['-1', '+1', '01', '1.0', '0x10', '1e3', ' 1', '9007199254740992', '18446744073709551616']) {
    refuses(() => readCheckpoint(`o\n${size}\n${ROOT}\n`), 'number');
  }
  assert.equal(readCheckpoint(`o\n9007199254740991\n${ROOT}\n`).size, Number.MAX_SAFE_INTEGER);
});

test('a missing, empty or unfinished line is refused', () => {
  for (const text of [
    '',
    '\n',
    `o\n1\n`,
    `o\n1\n${ROOT}`,
    `\n1\n${ROOT}\n`,
    `o\n1\n${ROOT}\n\n`,
    `o\n1\n${ROOT}\n\nx\n`,
  ]) {
    refuses(() => readCheckpoint(text), 'checkpoint-shape');
  }
  refuses(() => readCheckpoint('o\n1\nAAAA\n'), 'hash');
});

test('a writer lets no part run over into the next line', () => {
  const root = new Uint8Array(32);
  refuses(() => writeCheckpoint({ origin: 'a\n7', size: 1, root, extension: [] }), 'checkpoint-shape');
  refuses(() => writeCheckpoint({ origin: 'a', size: 1, root, extension: [''] }), 'checkpoint-shape');
  refuses(() => writeCheckpoint({ origin: 'a', size: 2 ** 53, root, extension: [] }), 'number');
});
