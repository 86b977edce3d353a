import type { Identity } from '../identity.ts';

const GIVEN = [
  'Mohamed',
  'Fatima',
  'Ahmed',
  'Youssef',
  'Karim',
  'Nadia',
  'Omar',
  'Samira',
  'Rachid',
  'Leila',
  'Hassan',
  'Salma',
];
const MIDDLE = ['Larbi', 'Zohra', 'Tahar', 'Amine', 'Mehdi', 'Brahim', 'Kamel'];
const ROOTS = [
  'Tazi',
  'Berrada',
  'Chraibi',
  'Sebti',
  'Mansouri',
  'Hadj',
  'Kabbaj',
  'Fassi',
  'Doukkali',
  'Zerouali',
  'Ouazzani',
];
const ENDINGS = ['', 'ani', 'oui', 'el', 'ouch', 'aoui', 'ine', 'ari', 'idi', 'our', 'ane', 'ech', 'ouf'];

/** People by number, the same for the same number; some share a name, and each tenth has no date. */
export function inventedPerson(number: number): Identity {
  const given = GIVEN[number % GIVEN.length] ?? '';
  const middle = MIDDLE[Math.floor(number / 5) % MIDDLE.length] ?? '';
  const root = ROOTS[Math.floor(number / 11) % ROOTS.length] ?? '';
  const ending = ENDINGS[Math.floor(number / 121) % ENDINGS.length] ?? '';
  const name = `${given} ${middle} ${root}${ending}`;
  const month = String((number % 12) + 1).padStart(2, '0');
  const day = String((number % 28) + 1).padStart(2, '0');
  return { names: [name], births: number % 10 === 0 ? [] : [`${1950 + (number % 50)}-${month}-${day}`] };
}

export function* inventedPeople(count: number): Generator<readonly [string, Identity]> {
  for (let number = 0; number < count; number++) yield [`person-${number}`, inventedPerson(number)];
}
