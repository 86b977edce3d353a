import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Identity } from '../identity.ts';
import { createIdentityIndex } from '../search/identity-index.ts';
import { compareOrganisations } from './compare-organisations.ts';
import { readOrganisation } from './read-organisation.ts';
import { searchedOrganisation } from './searched-organisation.ts';

const odds = (left: string, right: string): number =>
  compareOrganisations({ names: [left] }, { names: [right] }).probability;
const findings = (left: string, right: string): readonly string[] =>
  compareOrganisations({ names: [left] }, { names: [right] }).terms.map(({ finding }) => finding);

test('a legal form is told from the name, however it is written and wherever it stands', () => {
  const formOf = (name: string): string | undefined => readOrganisation(name)?.form?.kind;
  for (const name of [
    'SARL Kradou',
    'Kradou S.A.R.L.',
    'Kradou S. A. R. L',
    'Kradou Ltd',
    'KRADOU GmbH',
    'شركة كرادو ذ.م.م',
    'شركة كرادو ذات المسؤولية المحدودة',
  ])
    assert.equal(formOf(name), 'limited', name);
  for (const name of ['Kradou S.A.', 'Kradou SA', 'Kradou AG', 'Kradou Inc.', 'كرادو ش.م.ل'])
    assert.ok(formOf(name) !== undefined, name);
  assert.equal(formOf('Kradou'), undefined);
  assert.equal(formOf('شركة كرادو'), undefined);
  assert.deepEqual(
    readOrganisation('Société Kradou SARL')?.words.map(({ written }) => written),
    ['Kradou'],
  );
});

test('one organisation in other spellings, forms, orders and scripts is put forward', () => {
  for (const [left, right] of [
    ['Kradoumi Trading SARL', 'STE KRADOUMI TRADING'],
    ['Société Benslimane Transport International S.A.', 'Benslimane International Transports SA'],
    ['شركة بن سليمان للنقل الدولي', 'Benslimane Transport International SARL'],
    ['Zoubir Kradoumi & Fils', 'Ets. Kradoumi Zoubir et Fils'],
    ['مؤسسة كرادومي للتجارة العامة', 'Kradoumi General Trading Est.'],
  ] as const)
    assert.ok(odds(left, right) > 0.5, `${left} / ${right}: ${odds(left, right)}`);
});

test('words that thousands bear make nobody the same', () => {
  for (const [left, right] of [
    ['General Trading Company Ltd', 'International General Trading LLC'],
    ['Maroc Transport SARL', 'Morocco Transport Services'],
    ['شركة التجارة العامة', 'Commerce Général SA'],
    ['Kradoumi Trading SARL', 'Benhaddou Trading SARL'],
    ['Al Amal Transport', 'Al Nasr Transport'],
  ] as const)
    assert.ok(odds(left, right) < 0.5, `${left} / ${right}: ${odds(left, right)}`);
});

test('a rarer word weighs more, and another legal form speaks against', () => {
  assert.ok(odds('Kradoumi Trading', 'Kradoumi Trading') > odds('Ahmed Trading', 'Ahmed Trading'));
  assert.ok(
    odds('Kradoumi Trading SARL', 'Kradoumi Trading Ltd') >
      odds('Kradoumi Trading SARL', 'Association Kradoumi Trading'),
  );
  assert.ok(findings('Kradoumi SARL', 'Kradoumi Ltd').includes('same-legal-form'));
  assert.ok(findings('Kradoumi SARL', 'Fondation Kradoumi').includes('other-legal-form'));
});

test('an acronym stands for its words, and a word of that length for none', () => {
  assert.ok(odds('ITC', 'Invented Trading Company') >= 0.5);
  assert.ok(findings('I.T.C.', 'Invented Trading Company').includes('acronym'));
  assert.ok(odds('ITD', 'Invented Trading Company') < 0.1);
  assert.ok(!findings('Itc', 'Invented Trading Company').includes('acronym'));
});

test('a date said of an organisation is no birth', () => {
  const [founded, other] = ['1984-03-12', '1999-01-01'].map((birth): Identity => ({
    names: ['Kradoumi Trading'],
    births: [birth],
  }));
  assert.ok(founded !== undefined && other !== undefined);
  assert.equal(compareOrganisations(founded, other).probability, odds('Kradoumi Trading', 'Kradoumi Trading'));
  assert.deepEqual(searchedOrganisation(founded).births, undefined);
});

test('a comparison is the same from either side, is the sum of its terms, and never throws', () => {
  const name = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          'SARL',
          'S.A.',
          'شركة',
          'للتجارة',
          'Trading',
          'Kradoumi',
          'بن',
          'سليمان',
          'Benslimane',
          '&',
          '3M',
          "L'Étoile",
          'ITC',
        ),
        { maxLength: 8 },
      )
      .map((words) => words.join(' ')),
  );
  fc.assert(
    fc.property(fc.array(name, { maxLength: 3 }), fc.array(name, { maxLength: 3 }), (names, others) => {
      const one = compareOrganisations({ names }, { names: others });
      const other = compareOrganisations({ names: others }, { names });
      assert.ok(Math.abs(one.evidence - other.evidence) < 1e-9);
      assert.ok(Math.abs(one.evidence - one.terms.reduce((sum, { evidence }) => sum + evidence, 0)) < 1e-9);
      assert.ok(one.probability >= 0 && one.probability <= 1);
    }),
  );
});

test('equal names are at least as much one organisation as any other two', () => {
  const word = fc.constantFrom('Kradoumi', 'Benslimane', 'Trading', 'Transport', 'Wellbank', 'Zoubir');
  fc.assert(
    fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 4 }), word, (words, more) => {
      const written = words.join(' ');
      assert.ok(odds(written, written) + 1e-9 >= odds(written, `${written} ${more}`));
    }),
  );
});

test('an index finds an organisation by its acronym and in spite of its form', () => {
  const index = createIdentityIndex();
  index.put('one', searchedOrganisation({ names: ['Atlas Négoce International SARL'] }));
  index.put('two', searchedOrganisation({ names: ['Wellbank Transports'] }));
  for (const asked of ['ANI', 'S.A.R.L. Atlas Negoce International', 'Atlas Négoce International Ltd'])
    assert.equal(
      index.search(searchedOrganisation({ names: [asked] }), { atLeast: 0, limit: 1 })[0]?.key,
      'one',
      asked,
    );
});
