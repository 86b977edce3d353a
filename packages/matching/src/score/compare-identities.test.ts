import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Identity } from '../identity.ts';
import { compareIdentities, evidenceOf } from './compare-identities.ts';
import { prepareIdentity } from './prepared.ts';

const probability = (a: string, b: string): number => compareIdentities({ names: [a] }, { names: [b] }).probability;

test('one man in three spellings may be one person', () => {
  const spellings = [
    'محمد العربي بن سليمان',
    'Mohamed Larbi Benslimane',
    'Muhammad al-Arabi bin Sulayman',
    'BENSLIMANE Mohamed Larbi',
  ];
  for (const a of spellings) for (const b of spellings) assert.ok(probability(a, b) > 0.8, `${a} ~ ${b}`);
});

test('a brother is not put forward', () => {
  assert.ok(probability('Hassan Benslimane', 'Hussein Benslimane') < 0.5);
  assert.ok(probability('عمر خورشيد', 'Ammar Khorshid') < 0.5);
  assert.ok(probability('Karim Bensaïd', 'رشيد بن سعيد') < 0.5);
});

test('strangers are far apart', () => {
  assert.ok(probability('Karim Bensaïd', 'Ignacio Fernández') < 0.02);
});

test('a birth date that conflicts speaks against an equal name', () => {
  const born = (birth: string): Identity => ({ names: ['Mohamed Larbi Benslimane'], births: [birth] });
  const equal = compareIdentities(born('1984-03-12'), born('1984-03-12'));
  const conflict = compareIdentities(born('1984-03-12'), born('1962-07-01'));
  assert.ok(equal.probability > 0.9);
  assert.ok(conflict.probability < 0.1);
  assert.equal(conflict.terms[0]?.finding, 'years-6-or-more');
});

test('a common passport number speaks for one person under two names', () => {
  const passport = { kind: 'passport', number: '09AB12345', issuer: 'DZ' };
  const comparison = compareIdentities(
    { names: ['Abu Hamza'], documents: [passport] },
    { names: ['Karim Bensaïd'], documents: [passport] },
  );
  assert.ok(comparison.terms.some((term) => term.about === 'document' && term.evidence > 5));
});

test('towns in two spellings are one place, other towns speak against', () => {
  const from = (town: string): Identity => ({ names: ['Karim Bensaïd'], birthplaces: [town] });
  const said = (a: string, b: string): string | undefined =>
    compareIdentities(from(a), from(b)).terms.find((term) => term.about === 'birthplace')?.finding;
  assert.equal(said('Sidi Bel Abbès', 'سيدي بلعباس'), 'same-place');
  assert.equal(said('Tlemcen', 'تلمسان'), 'same-place');
  assert.equal(said('Oran', 'Tizi Ouzou'), 'other-place');
});

test('every finding is named with what each side wrote', () => {
  const { terms } = compareIdentities({ names: ['محمد العربي بن سليمان'] }, { names: ['Mohamed Larbi Benslimane'] });
  const agreed = terms.filter((term) => term.finding === 'words-agree').map((term) => `${term.left} ${term.right}`);
  assert.deepEqual(agreed.toSorted(), ['العربي Larbi', 'سليمان Benslimane', 'محمد Mohamed'].toSorted());
});

test('identities without a readable name are compared by the rest and remarked on', () => {
  const odd: Identity = {
    names: ['', '😀'],
    births: ['1984-02-30', '1984'],
    documents: [{ kind: 'passport', number: '--' }],
  };
  assert.ok(compareIdentities(odd, odd).probability < 0.5);
  assert.deepEqual(
    prepareIdentity(odd).remarks.map((remark) => remark.reason),
    ['empty', 'symbols', 'no-letters', 'impossible-date', 'empty-number'],
  );
});

const anyIdentity: fc.Arbitrary<Identity> = fc.record({
  names: fc.array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('محمد بن علي', 'Mohamed Benali', 'ALI, M.', 'Nour Eddine'),
    ),
    { maxLength: 3 },
  ),
  births: fc.array(fc.constantFrom('1984', '1984-03-12', '~1980', '1979/1985', 'never'), { maxLength: 2 }),
  birthplaces: fc.array(fc.constantFrom('Oran', 'وهران', 'Tlemcen', ''), { maxLength: 2 }),
  documents: fc.array(fc.record({ kind: fc.constantFrom('passport', 'phone'), number: fc.string() }), { maxLength: 2 }),
  sex: fc.constantFrom('female', 'male'),
});

test('a comparison says the same whichever identity is first, its terms sum to its evidence, and ranking agrees with it', () => {
  fc.assert(
    fc.property(anyIdentity, anyIdentity, (a, b) => {
      const comparison = compareIdentities(a, b);
      const sum = comparison.terms.reduce((total, term) => total + term.evidence, 0);
      assert.ok(Math.abs(sum - comparison.evidence) < 1e-9);
      assert.ok(Math.abs(comparison.evidence - evidenceOf(prepareIdentity(a), prepareIdentity(b))) < 1e-6);
      assert.ok(Math.abs(comparison.evidence - compareIdentities(b, a).evidence) < 1e-9);
      assert.ok(comparison.probability >= 0 && comparison.probability <= 1);
    }),
    { numRuns: 300 },
  );
});

test('huge input is bounded work', () => {
  const huge: Identity = {
    names: Array.from({ length: 2000 }, (_, at) => `${'محمد عبد الرحمن '.repeat(60)}${at}`),
    births: Array.from({ length: 2000 }, () => '1984'),
    documents: Array.from({ length: 2000 }, () => ({ kind: 'passport', number: '1'.repeat(10_000) })),
  };
  const begun = performance.now();
  compareIdentities(huge, huge);
  assert.ok(performance.now() - begun < 2000);
  assert.deepEqual(
    [...new Set(prepareIdentity(huge).remarks.flatMap((remark) => (remark.reason === 'cut' ? [remark.about] : [])))],
    ['name', 'birth', 'document'],
  );
});
