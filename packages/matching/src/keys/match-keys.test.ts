import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Identity } from '../identity.ts';
import { prepareIdentity } from '../score/prepared.ts';
import { MOST_MATCH_KEYS, matchKeys } from './match-keys.ts';

const published = (identity: Identity): readonly string[] => matchKeys(prepareIdentity(identity), 'published');
const asked = (identity: Identity): readonly string[] => matchKeys(prepareIdentity(identity), 'asked');
const meets = (watched: Identity, wanted: Identity): boolean => {
  const set = new Set(published(watched));
  return asked(wanted).some((key) => set.has(key));
};
const person = (name: string, birth: string): Identity => ({ names: [name], births: [birth] });

/** Both ways round: either side may be the one that watches. */
function meetBoth(one: Identity, other: Identity, are: boolean): void {
  for (const [watched, wanted] of [
    [one, other],
    [other, one],
  ] as const)
    assert.equal(meets(watched, wanted), are, `${watched.names[0]} watched, ${wanted.names[0]} asked`);
}

test('spellings of one person born on one day meet, in either script and with words left out', () => {
  const watched = person('محمد العربي بن سليمان', '1984-03-12');
  for (const name of [
    'Mohamed Larbi Benslimane',
    'Muhammad al-Arabi bin Sulayman',
    'Slimane Larbi',
    'BENSLIMANE Larbi',
  ])
    meetBoth(watched, person(name, '1984-03-12'), true);
});

test('one word of two may be spelt beyond its consonants', () => {
  meetBoth(person('Vladimir Kononov', '1974-10-14'), person('Volodimir Kononow', '1974-10-14'), true);
  meetBoth(person('Trifon Godman', '1939-10-31'), person('Patricia Godman', '1939-10-31'), false);
});

test('words of the asked name are also tried as one', () => {
  assert.ok(meets(person('Nasif Kheirbek', '1937-04-05'), person('Nasif Kheir Beik', '1937-04-05')));
});

test('brothers, and namesakes of another day, do not meet', () => {
  meetBoth(person('Hassan Benslimane', '1984-03-12'), person('Hussein Benslimane', '1984-03-12'), false);
  meetBoth(person('Zoubir Kradoomporn', '1984-03-12'), person('Zoubir Kradoomporn', '1984-05-30'), false);
});

test('names that agree in two words and differ in others meet only where the two are rare', () => {
  meetBoth(person('Ali Mohamed Khelifa', '1984-03-12'), person('Ali Mohamed Rezgui', '1984-03-12'), false);
  meetBoth(person('Zoubir Kradoomporn Khelifa', '1984-03-12'), person('Zoubir Kradoomporn Rezgui', '1984-03-12'), true);
});

test('Fatima Zohra is one given name and no two', () => {
  meetBoth(person('Fatima Zohra Bourachid', '1967-09-18'), person('فاطمة الزهراء بن ياسين', '1967-09-18'), false);
  meetBoth(person('Fatima Zohra Bourachid', '1967-09-18'), person('فاطمة بورشيد', '1967-09-18'), true);
});

test('a rare name is found by its year where one side knows no day, and a common one is not', () => {
  const rare = ['Zoubir Kradoomporn', 'Zubair KRADOUMPORN'] as const;
  for (const vague of ['1984', '1984-01-01', '1984-03']) {
    meetBoth(person(rare[0], vague), person(rare[1], '1984-03-12'), true);
    meetBoth(person('Karim Slimane', vague), person('Karim Slimane', '1984-03-12'), false);
  }
  meetBoth(person(rare[0], '1984'), person(rare[1], '1984-01-01'), true);
  meetBoth(person(rare[0], '1984'), person(rare[1], '1985-03-12'), false);
});

test('a day exchanged with its month or a day beside is found, at the turn of a month too', () => {
  const rare = 'Zoubir Kradoomporn';
  meetBoth(person(rare, '1984-03-12'), person(rare, '1984-12-03'), true);
  meetBoth(person(rare, '1984-02-29'), person(rare, '1984-03-01'), true);
  meetBoth(person(rare, '1984-03-12'), person(rare, '1984-03-14'), false);
});

test('keys are few and distinct, and there are none without a date or with one word', () => {
  const many = {
    names: Array.from({ length: 12 }, (_, at) => `Zoubir Kradoomporn${'abcdefghijkl'[at]} Wellbank`),
    births: ['1984-03-12', '1984'],
  };
  for (const [side, keys] of [
    ['published', published(many)],
    ['asked', asked(many)],
  ] as const) {
    assert.ok(keys.length > 0 && keys.length <= MOST_MATCH_KEYS[side]);
    assert.equal(new Set(keys).size, keys.length);
  }
  assert.deepEqual(asked({ names: ['Karim Slimane'] }), []);
  assert.deepEqual(asked(person('Kradoomporn', '1984-03-12')), []);
});

test('the likeliest key is the first, for an accord may let only the first be asked', () => {
  const watched = published(person('Zoubir Kradoomporn', '1984-03-12'));
  assert.ok(watched.includes(asked(person('Zubair KRADOUMPORN', '1984-03-12'))[0] ?? ''));
});
