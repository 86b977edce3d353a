import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { Identity } from '../identity.ts';
import { createIdentityIndex } from './identity-index.ts';
import type { IdentityIndex } from './identity-index.ts';
import { inventedPeople, inventedPerson } from './invented-people.fixtures.ts';
import { SearchRefusal } from './search-refusal.ts';

const sulayman: Identity = { names: ['محمد العربي بن سليمان'], births: ['1984-03-12'] };

function crowd(count: number): IdentityIndex {
  const index = createIdentityIndex();
  index.putAll(inventedPeople(count));
  return index;
}

function keysOf(index: IdentityIndex, query: Identity, limit = 10): readonly string[] {
  return index.search(query, { limit }).map(({ key }) => key);
}

test('a name put in Arabic script is found in French, English and Arabic spelling', () => {
  const index = crowd(5000);
  index.put('sought', sulayman);
  for (const name of [
    'Mohamed Larbi Benslimane',
    'BEN SLIMANE Mohamed Larbi',
    'Muhammad al-Arabi bin Sulayman',
    'محمد العربي بنسليمان',
  ]) {
    assert.ok(keysOf(index, { names: [name] }).includes('sought'), name);
  }
});

test('a name put in French spelling is found in Arabic script', () => {
  const index = crowd(5000);
  index.put('sought', { names: ['Abdelkader Bouteflika'] });
  assert.equal(keysOf(index, { names: ['عبد القادر بوتفليقة'] })[0], 'sought');
});

test('a name of one word twice is found among thousands that bear it once', () => {
  const index = createIdentityIndex();
  index.putAll(
    Array.from({ length: 20_000 }, (_, at) => [`b${at}`, { names: [`Bol ${inventedPerson(at).names[0]}`] }]),
  );
  index.put('sought', { names: ['Bol Bol'] });
  index.putAll([]);
  for (const name of ['Bol Bol', 'بول بول']) assert.equal(keysOf(index, { names: [name] })[0], 'sought', name);
});

test('the same person stands before namesakes of a part, in either script', () => {
  const index = crowd(5000);
  index.put('brother', { names: ['Mustafa Larbi Benslimane'] });
  index.put('sought', sulayman);
  index.put('namesake', { names: ['Mohamed Larbi Benzerga'] });
  for (const name of ['Mohamed Larbi Benslimane', 'محمد العربي بن سليمان'])
    assert.equal(keysOf(index, { names: [name] })[0], 'sought', name);
});

test('of several names of a stored person the best one stands for it', () => {
  const index = crowd(5000);
  index.put('sought', { names: ['Zbigniew Brzezinski', 'Mohamed Larbi Benslimane', 'Abu Somebody'] });
  index.put('other', { names: ['Mohamed Larbi Benslimani'] });
  assert.equal(keysOf(index, { names: ['Mohamed Larbi BENSLIMANE'] })[0], 'sought');
  assert.equal(keysOf(index, { names: ['Nobody', 'Zbigniew BRZEZINSKI'] })[0], 'sought');
});

test('of many with one name the one with the date comes first, though the date is imperfect', () => {
  const index = createIdentityIndex();
  index.putAll(
    Array.from({ length: 3000 }, (_, year) => [
      `h${year}`,
      { names: ['Mohamed Alaoui'], births: [`${1950 + (year % 25)}-05-06`] },
    ]),
  );
  index.put('sought', { names: ['Mohamed Alaoui'], births: ['1984-03-12'] });
  for (const birth of ['1984-03-12', '1984-12-03', '1984-03', '1984', '1984-03-13', '1984-01-01', '~1984']) {
    assert.equal(keysOf(index, { names: ['محمد علوي'], births: [birth] })[0], 'sought', birth);
  }
});

test('whoever bears the number of the document is found under any name', () => {
  const index = crowd(3000);
  const documents = [{ kind: 'passport', number: 'AB 123456' }];
  index.put('filed', { names: ['Somebody Entirely'], documents });
  index.putAll(inventedPeople(10));
  index.put('fresh', { names: ['Another Person'], documents });
  const found = keysOf(index, { names: ['Zyx Wvut'], documents: [{ kind: 'passeport', number: 'ab123456' }] });
  assert.deepEqual(found.toSorted(), ['filed', 'fresh']);
});

test('who was put a moment ago is found, and who was removed is not, before and after filing', () => {
  const index = crowd(2000);
  index.put('sought', sulayman);
  assert.equal(keysOf(index, sulayman)[0], 'sought');
  assert.equal(index.remove('sought'), true);
  assert.equal(index.remove('sought'), false);
  assert.ok(!keysOf(index, sulayman).includes('sought'));
  index.put('sought', sulayman);
  index.putAll(inventedPeople(2000));
  assert.equal(keysOf(index, sulayman)[0], 'sought');
  index.remove('sought');
  assert.ok(!keysOf(index, sulayman).includes('sought'));
  assert.equal(index.size, 2000);
});

test('a key that is put again leads to the later identity alone', () => {
  const index = crowd(100);
  index.put('sought', sulayman);
  index.put('sought', { names: ['Zbigniew Brzezinski'] });
  assert.equal(index.size, 101);
  assert.ok(!keysOf(index, sulayman).includes('sought'));
  assert.equal(keysOf(index, { names: ['Zbigniew Brzezinski'] })[0], 'sought');
});

test('an answer keeps to its limit and its least probability, and its explanation adds up', () => {
  const index = crowd(3000);
  index.put('sought', sulayman);
  assert.ok(index.search(sulayman, { limit: 3 }).length <= 3);
  const [best] = index.search(sulayman, { limit: 10, atLeast: 0.5 });
  assert.equal(best?.key, 'sought');
  const explained = best.explain();
  assert.ok(Math.abs(explained.terms.reduce((sum, term) => sum + term.evidence, 0) - best.evidence) < 1e-9);
  for (const { probability } of index.search(sulayman, { limit: 50, atLeast: 0.5 })) assert.ok(probability >= 0.5);
});

test('whatever is put one by one, replaced and removed, the index finds those and only those it holds', () => {
  const step = fc.record({ number: fc.nat(300), removes: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), fc.nat(399), (steps, filedAfter) => {
      const index = createIdentityIndex();
      const held = new Set<string>();
      for (const [at, { number, removes }] of steps.entries()) {
        const key = `person-${number}`;
        if (removes) assert.equal(index.remove(key), held.delete(key));
        else index.put(key, inventedPerson(number));
        if (!removes) held.add(key);
        if (at === filedAfter) index.putAll([]);
      }
      assert.equal(index.size, held.size);
      for (let number = 0; number <= 300; number += 17) {
        const found = keysOf(index, inventedPerson(number), 50);
        assert.equal(found.includes(`person-${number}`), held.has(`person-${number}`));
        assert.ok(found.every((key) => held.has(key)));
        assert.equal(new Set(found).size, found.length);
      }
    }),
    { numRuns: 40 },
  );
});

test('an identity without a readable name, an empty or overlong key and an identity too large are refused, and nothing changes', () => {
  const index = createIdentityIndex({ most: 2 });
  index.put('kept', sulayman);
  const refusals: readonly [string, Identity, string][] = [
    ['a', { names: [] }, 'identity-without-name'],
    ['a', { names: ['🙂 42'] }, 'identity-without-name'],
    ['', sulayman, 'key-empty'],
    ['k'.repeat(201), sulayman, 'key-too-long'],
    ['a', { names: Array.from({ length: 33 }, () => 'Ali') }, 'identity-too-large'],
    ['a', { names: ['Ali'], birthplaces: ['x'.repeat(9000)] }, 'identity-too-large'],
  ];
  for (const [key, identity, code] of refusals) {
    assert.throws(
      () => index.put(key, identity),
      (error) => error instanceof SearchRefusal && error.code === code,
      code,
    );
  }
  index.put('second', sulayman);
  assert.throws(() => index.put('third', sulayman), { code: 'index-full' });
  index.put('second', { names: ['Ali Alami'] });
  assert.equal(index.size, 2);
});
