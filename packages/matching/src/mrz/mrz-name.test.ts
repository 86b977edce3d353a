import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareIdentities } from '../score/compare-identities.ts';
import { readMrzName } from './mrz-name.ts';

test('the family name stands before the double filler', () => {
  assert.deepEqual(readMrzName('ERIKSSON<<ANNA<MARIA<<<<<<<<<<'), { text: 'ERIKSSON, ANNA MARIA', truncated: false });
  assert.deepEqual(
    readMrzName('<<ANNA<MARIA<<<<<<<<<<<<<<<<<<'),
    undefined,
    'a field without a family name is no such field',
  );
  assert.deepEqual(readMrzName('SPECIMEN<<<<<<'), { text: 'SPECIMEN', truncated: false });
});

test('a field filled to the last place is taken as truncated', () => {
  assert.equal(readMrzName('CACADOR<DE<ARAUJO<<ANDRE<ESTEV')?.truncated, true);
});

test('an ordinary name is no machine-readable field', () => {
  assert.equal(readMrzName('Mohamed Larbi'), undefined);
  assert.equal(readMrzName('a < b'), undefined);
});

test('a traveller’s machine-readable name is found to be the name in the dossier', () => {
  const probability = (zone: string, name: string): number =>
    compareIdentities({ names: [zone] }, { names: [name] }).probability;
  assert.ok(probability('BENSLIMANE<<MOHAMED<LARBI<<<<<<<<<<<<', 'محمد العربي بن سليمان') > 0.8);
  assert.ok(probability('CACADOR<DE<ARAUJO<<ANDRE<ESTEV', 'André Estêvão Caçador de Araújo') > 0.8);
});
