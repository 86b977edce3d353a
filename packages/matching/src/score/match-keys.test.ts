import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Identity } from '../identity.ts';
import { MOST_MATCH_KEYS, matchKeys } from './match-keys.ts';
import { prepareIdentity } from './prepared.ts';

const keys = (identity: Identity): readonly string[] => matchKeys(prepareIdentity(identity));
const share = (a: Identity, b: Identity): boolean => keys(a).some((key) => keys(b).includes(key));

test('spellings of one person born on one day share a key', () => {
  const births = ['1984-03-12'];
  for (const name of ['Mohamed Larbi Benslimane', 'Muhammad al-Arabi bin Sulayman', 'Slimane Mohamed']) {
    assert.ok(share({ names: ['محمد العربي بن سليمان'], births }, { names: [name], births }), name);
  }
});

test('brothers, namesakes of another day and common names of one year share none', () => {
  assert.ok(
    !share(
      { names: ['Hassan Benslimane'], births: ['1984-03-12'] },
      { names: ['Hussein Benslimane'], births: ['1984-03-12'] },
    ),
  );
  assert.ok(
    !share({ names: ['Karim Slimane'], births: ['1984-03-12'] }, { names: ['Karim Slimane'], births: ['1984-05-30'] }),
  );
});

test('a rare name is found by its year alone', () => {
  assert.ok(
    share(
      { names: ['Zoubir Kradoomporn'], births: ['1984'] },
      { names: ['Zubair KRADOUMPORN'], births: ['1984-03-12'] },
    ),
  );
});

test('keys are few, distinct and sorted, and there are none without a date', () => {
  const many = keys({
    names: Array.from({ length: 12 }, (_, at) => `Zoubir Kradoomporn${'abcdefghijkl'[at]} Wellbank`),
    births: ['1984-03-12', '1984'],
  });
  assert.ok(many.length <= MOST_MATCH_KEYS);
  assert.deepEqual(many, [...new Set(many)].toSorted());
  assert.deepEqual(keys({ names: ['Karim Slimane'] }), []);
});
