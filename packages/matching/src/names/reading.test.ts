import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readName } from './reading.ts';

const keysOf = (name: string): readonly string[] => {
  const reading = readName(name);
  return reading.kind === 'name' ? reading.tokens.map((token) => token.key) : [reading.reason];
};

test('particles and honorifics are set aside in both scripts', () => {
  assert.deepEqual(keysOf('Dr. Mohamed ben Slimane'), ['mohamed', 'slimane']);
  assert.deepEqual(keysOf('محمد بن سليمان'), ['محمد', 'سليمان']);
});

test('a servant’s name is one word however it is written', () => {
  const cores = ['Abd al-Qadir', 'Abdelqadir', 'ABDUL QADIR', 'Abdalqadir'].map((name) => {
    const reading = readName(name);
    return reading.kind === 'name' ? reading.tokens.map((token) => [...token.symbols, token.affixes]) : [];
  });
  for (const core of cores) assert.deepEqual(core, cores[0]);
  assert.equal(keysOf('عبد القادر').length, 1);
});

test('a name of faith is one word however it is written', () => {
  for (const name of ['Nour Eddine', 'Nour ed-Din', 'Noureddine', 'نور الدين'])
    assert.equal(keysOf(name).length, 1, name);
});

test('vowel signs, tatweel and the forms of alif, ya and kaf do not part one Arabic name from itself', () => {
  assert.deepEqual(keysOf('أَحْمَـد العلوي'), keysOf('احمد العلوی'));
});

test('the family name is known by its comma or its capitals', () => {
  const families = (name: string): readonly string[] => {
    const reading = readName(name);
    return reading.kind === 'name' ? reading.tokens.filter((token) => token.family).map((token) => token.key) : [];
  };
  assert.deepEqual(families('NURISTANI, Abdul Aziz'), ['nuristani']);
  assert.deepEqual(families('Abdul Aziz NURISTANI'), ['nuristani']);
  assert.deepEqual(families('Abdul Aziz Nuristani'), []);
});

test('two words typed as one are parted at the capital', () => {
  assert.deepEqual(keysOf('RamiMakhlouf'), ['rami', 'makhlouf']);
  assert.deepEqual(keysOf('McCarthy'), ['mccarthy']);
});

test('Cyrillic and Greek letters are read as Latin', () => {
  assert.deepEqual(keysOf('Сергей Иванов'), ['sergey', 'ivanov']);
  assert.deepEqual(keysOf('Νίκος Παπαδόπουλος'), ['nikos', 'papadopoylos']);
});

test('a name of nothing but a title is still a name', () => {
  assert.deepEqual(keysOf('Ben'), ['ben']);
});

test('what is no name is refused with its reason', () => {
  assert.deepEqual(keysOf(''), ['empty']);
  assert.deepEqual(keysOf('  \t'), ['empty']);
  assert.deepEqual(keysOf('123 456'), ['no-letters']);
  assert.deepEqual(keysOf('😀🔥'), ['no-letters']);
  assert.deepEqual(keysOf('李明'), ['unread-script']);
  assert.deepEqual(keysOf('a'.repeat(1001)), ['too-long']);
});

test('what was left out of a name is noted', () => {
  const notes = (name: string): readonly string[] => readName(name).notes;
  assert.deepEqual(notes('Karim \u202Eoiraznom'), ['bidi-controls']);
  assert.deepEqual(notes('Ka\u200Brim Monza'), ['invisible-characters']);
  assert.deepEqual(notes('Karim 😀'), ['symbols']);
  assert.deepEqual(notes('Karim 2'), ['digits']);
  assert.deepEqual(notes('Kаrim'), ['mixed-script'], 'the second letter is Cyrillic');
  assert.deepEqual(notes('Karim محمدabc'), ['mixed-script']);
  assert.deepEqual(notes('Karim 李'), ['unread-letters']);
  assert.deepEqual(notes('x'.repeat(40)), ['cut']);
  assert.deepEqual(notes('ab '.repeat(13)), ['cut']);
});

test('a name that looks the same but for invisible characters or a Cyrillic letter reads the same', () => {
  assert.deepEqual(keysOf('Ka\u200Brim \u202AMonza\u202C'), keysOf('Karim Monza'));
  assert.deepEqual(keysOf('Kаrim Monza'), keysOf('Karim Monza'));
});

test('any string is read or refused, and reading what was read changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const reading = readName(text);
      if (reading.kind === 'refused') return;
      assert.ok(reading.tokens.length > 0 && reading.tokens.length <= 12);
      for (const token of reading.tokens) assert.ok(token.key.length > 0 && token.symbols.length <= 64);
      for (const form of ['NFC', 'NFD', 'NFKC'] as const) {
        assert.deepEqual(
          keysOf(text.normalize(form)).toSorted(),
          keysOf(text.normalize('NFC').normalize(form)).toSorted(),
        );
      }
    }),
  );
});
