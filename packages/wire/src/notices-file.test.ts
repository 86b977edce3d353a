import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { maximumNotice, maximumSealedNotices, mostNotices, padmeSize, readNotices, writeNotices } from './index.ts';
import { utf8 } from './wire.fixtures.ts';

const text = (notices: readonly Uint8Array[]): readonly string[] => notices.map((one) => Buffer.from(one).toString());

test('notices come back as they were written, in their order, from a file of Padmé size', () => {
  const notice = fc.json().filter((one) => !one.includes('\n'));
  fc.assert(
    fc.property(fc.array(notice, { maxLength: mostNotices }), (said) => {
      const file = writeNotices(said.map(utf8));
      assert.equal(padmeSize(file.length), file.length);
      assert.deepEqual(text(readNotices(file)), said);
    }),
    { numRuns: 50 },
  );
});

test('as many notices as may come together, each as large as it may be, fit', () => {
  const largest = utf8(`"${'x'.repeat(maximumNotice - 2)}"`);
  const file = writeNotices(Array.from({ length: mostNotices }, () => largest));
  assert.equal(readNotices(file).length, mostNotices);
  assert.ok(file.length < maximumSealedNotices);
});

test('a notice too large, one too many, one that is two lines are never written', () => {
  const refused = (notices: readonly Uint8Array[], code: string): void =>
    assert.throws(() => writeNotices(notices), { code });
  refused([new Uint8Array(maximumNotice + 1).fill(0x20)], 'too-large');
  refused(
    Array.from({ length: mostNotices + 1 }, () => utf8('{}')),
    'too-large',
  );
  refused([utf8('{"a":\n1}')], 'note-malformed');
});

test('a file that is cut, not padded, padded otherwise, too long or no text is refused', () => {
  const good = Buffer.from(writeNotices([utf8('{"a":1}')]));
  assert.equal(good.toString(), '{"a":1}\n{"pad":"0"}\n');
  const refused = (bytes: Uint8Array, code: string): void => assert.throws(() => readNotices(bytes), { code });
  refused(new Uint8Array(), 'note-malformed');
  refused(good.subarray(0, -1), 'note-malformed');
  refused(utf8('{"a":1}\n'), 'note-malformed');
  refused(utf8('{"a":1}\n{"pad":"1"}\n'), 'note-malformed');
  refused(utf8('{"a":1}\n{"pad":"0"}x\n'), 'note-malformed');
  refused(Buffer.concat([good.subarray(0, -3), utf8('0"}\n')]), 'note-malformed');
  refused(Uint8Array.of(0xff, 0x0a), 'note-malformed');
  refused(utf8(`${'{}\n'.repeat(mostNotices + 1)}{"pad":""}\n`), 'too-large');
  refused(utf8(`"${'x'.repeat(maximumNotice)}"\n{"pad":""}\n`), 'note-malformed');
  refused(new Uint8Array(maximumSealedNotices), 'too-large');
});
