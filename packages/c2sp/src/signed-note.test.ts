import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readNote, readSignatureLines, writeNote, writeSignatureLines } from './index.ts';
import { refuses, utf8 } from './node-crypto.test.ts';
import { makeSignature } from './signed-note.ts';

const LINE = '\u2014 example.org/log AAAAAQI=';

const noteText = fc
  .array(
    fc.string({ unit: 'grapheme' }).map((line) => line.replaceAll(/[\u0000-\u001f]/g, '')),
    { minLength: 1 },
  )
  .map((lines) => `${lines.join('\n')}\n`);
const signature = fc
  .tuple(fc.constantFrom('a', 'example.org/é', '—'), fc.nat(0xffffffff), fc.uint8Array({ minLength: 1 }))
  .map(([name, keyId, bytes]) => makeSignature(name, keyId, bytes));

test('what is written is read back', () => {
  fc.assert(
    fc.property(noteText, fc.array(signature, { minLength: 1, maxLength: 16 }), (text, signatures) => {
      assert.deepEqual(readNote(utf8(writeNote(text, signatures))), { text, signatures });
      assert.deepEqual(readSignatureLines(utf8(writeSignatureLines(signatures))), signatures);
    }),
  );
});

test('the text ends at the last empty line, and may hold empty lines and signature lines', () => {
  const { text, signatures } = readNote(utf8(`one\n\n${LINE}\n\n${LINE}\n`));
  assert.equal(text, `one\n\n${LINE}\n`);
  assert.equal(signatures.length, 1);
  assert.deepEqual(
    { ...signatures[0], signature: [...(signatures[0]?.signature ?? [])] },
    {
      name: 'example.org/log',
      keyId: 1,
      signature: [2],
      line: LINE,
    },
  );
});

test('sixteen signatures of 5 kB fit, a seventeenth key cannot make the note unbounded', () => {
  const large = makeSignature('example.org/witness', 1, new Uint8Array(5000));
  assert.equal(
    readNote(
      utf8(
        writeNote(
          'a\n',
          Array.from({ length: 16 }, () => large),
        ),
      ),
    ).signatures.length,
    16,
  );
  refuses(() => readNote(new Uint8Array(128 * 1024 + 1)), 'size-limit');
  refuses(() => readNote(utf8(`a\n\n${`${LINE}\n`.repeat(65)}`)), 'size-limit');
});

test('a note is refused if it is not one', () => {
  for (const note of ['', '\n', 'a\n', 'a\n\n', 'a\n\nb\n', `a\n${LINE}\n`, `\n${LINE}\n`]) {
    assert.throws(() => readNote(utf8(note)), { name: 'FormatError' }, JSON.stringify(note));
  }
  refuses(() => readNote(utf8(`a\n\n${LINE}`)), 'note-shape');
});

test('control characters, broken UTF-8, strange spaces and short signatures are refused', () => {
  refuses(() => readNote(utf8(`a\r\n\n${LINE}\n`)), 'control-character');
  refuses(() => readNote(utf8(`a\tb\n\n${LINE}\n`)), 'control-character');
  refuses(() => readNote(Uint8Array.of(0xff, ...utf8(`\n\n${LINE}\n`))), 'utf8');
  refuses(() => readNote(utf8('a\n\n\u2014 a+b AAAAAQI=\n')), 'key-name');
  refuses(() => readNote(utf8('a\n\n\u2014 a\u2003b AAAAAQI=\n')), 'key-name');
  refuses(() => readNote(utf8('a\n\n\u2014  AAAAAQI=\n')), 'key-name');
  refuses(() => readNote(utf8('a\n\n\u2014 a AAAAAQ==\n')), 'signature-line');
  refuses(() => readNote(utf8('a\n\n\u2014 a AAAAAQI= \n')), 'signature-line');
  refuses(() => readNote(utf8('a\n\n- a AAAAAQI=\n')), 'signature-line');
});

test('a byte order mark stays part of the text', () => {
  assert.equal(readNote(utf8(`\ufeffa\n\n${LINE}\n`)).text, '\ufeffa\n');
});

test('a writer refuses what would not be read back', () => {
  refuses(() => writeNote('a', [{ line: LINE }]), 'note-shape');
  refuses(() => writeNote('a\n', []), 'note-shape');
  refuses(() => writeNote('a\n', [{ line: `b\n\n${LINE}` }]), 'note-shape');
  refuses(() => writeNote('\ud800\n', [{ line: LINE }]), 'utf8');
});
