import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAccord, writeAccord } from './accord-reader.ts';
import { casablanca, paris } from './calendar.fixtures.ts';
import { canonicalJson, defaultClocks, Refusal } from './index.ts';
import type { Accord, Json, PartyId, PartyTerms, RelationId, Sha256Hex } from './index.ts';

const hash = (digit: string): Sha256Hex => digit.repeat(64) as Sha256Hex;
const key = (length: number, byte: number): string => Buffer.alloc(length, byte).toString('base64');

function party(id: string, n: number): PartyTerms {
  return {
    id: id as PartyId,
    name: { fr: `Service ${n}`, ar: `المصلحة ${n}`, en: `Service ${n}` },
    root: { ed25519: key(32, n), mldsa44: key(1312, n) },
    keyset: hash(`${n}`),
    spareKeyset: hash(`${n + 2}`),
    signing: { rpId: 'sign.example', origins: [`https://desk${n}.sign.example`] },
    calendar: id,
  };
}

const accord: Accord = {
  v: 1,
  relation: 'fr-ma' as RelationId,
  parties: [party('fr', 1), party('ma', 2)],
  tracks: [{ name: 'leads', version: 1, vectors: hash('a'), retentionDays: 365 }],
  legalBases: ['SAFE-37b'],
  clocks: defaultClocks,
  calendars: { fr: paris, ma: casablanca },
  floor: [{ type: 'leads/lead', marking: 'threat-to-life' }],
  quotas: { actsPerDay: 10_000, bytesPerDay: 10_000_000_000, openDossiersPerDay: 1_000 },
  officerKeys: ['passkey', 'key-file'],
  witnesses: [],
  backupDays: 30,
  carryDays: 14,
  rules: { 'leads/observations': true },
};

/** The faults found in the accord with one place of it changed. */
function faultsOf(change: (copy: Record<string, Json>) => void): readonly string[] {
  const copy = JSON.parse(canonicalJson(accord as unknown as Json)) as Record<string, Json>;
  change(copy);
  try {
    readAccord(Buffer.from(canonicalJson(copy)));
  } catch (refusal) {
    assert.ok(refusal instanceof Refusal);
    return refusal.detail.faults?.map(({ where }) => where) ?? [refusal.code];
  }
  return [];
}

/** Changes a member by its path: `set('parties.0.id', 'ma')`; undefined takes it away. */
function set(path: string, value: Json | undefined): (copy: Record<string, Json>) => void {
  return (copy) => {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let place = copy;
    for (const name of names) place = place[name] as Record<string, Json>;
    if (value === undefined) delete place[last];
    else place[last] = value;
  };
}

test('what is written is read back, the same to the byte, and frozen', () => {
  const bytes = writeAccord(accord);
  const read = readAccord(bytes);
  assert.deepEqual(read, accord);
  assert.deepEqual(writeAccord(read), bytes);
  assert.ok(Object.isFrozen(read.calendars['fr']?.years[0]?.holidays[0]));
});

test('all faults of the shape are said at once, each with its place', () => {
  const found = faultsOf((copy) => {
    set('backupDays', 0)(copy);
    set('clocks.other.limit', 'seven')(copy);
    set('parties.1.root.mldsa44', 'AAAA')(copy);
    set('surprise', 1)(copy);
    set('quotas.actsPerDay', undefined)(copy);
  });
  assert.deepEqual([...found].sort(), [
    '$.backupDays',
    '$.clocks.other.limit',
    '$.parties[1].root.mldsa44',
    '$.quotas.actsPerDay',
    '$.surprise',
  ]);
});

test('all contradictions are said at once, each with its place', () => {
  const found = faultsOf((copy) => {
    set('parties.1.calendar', 'tn')(copy);
    set('relation', 'fr')(copy);
    set('clocks.readmission-reply.extendableTo', 25)(copy);
  });
  assert.deepEqual([...found].sort(), [
    '$.clocks.readmission-reply.extendableTo',
    '$.parties[0].id',
    '$.parties[1].calendar',
  ]);
});

const year = 'calendars.fr.years';
const contradictions: readonly (readonly [string, string, Json, string])[] = [
  ['the two parties have one name', 'parties.1.id', 'fr', '$.parties[1].id'],
  ['both are called alike in one language', 'parties.1.name.ar', 'المصلحة 1', '$.parties[1].name.ar'],
  ['a party is named like a path', 'parties.0.id', '../etc', '$.parties[0].id'],
  ['one root serves both', 'parties.1.root.ed25519', key(32, 1), '$.parties[1].root.ed25519'],
  ['the spare keyset is the keyset', 'parties.0.spareKeyset', hash('1'), '$.parties[0].spareKeyset'],
  [
    'an origin lies outside the signing domain',
    'parties.0.signing.origins',
    ['https://desk.evil.example'],
    '$.parties[0].signing.origins[0]',
  ],
  [
    'an origin only ends like the signing domain',
    'parties.0.signing.origins',
    ['https://evilsign.example'],
    '$.parties[0].signing.origins[0]',
  ],
  [
    'an origin has no TLS',
    'parties.0.signing.origins',
    ['http://desk.sign.example'],
    '$.parties[0].signing.origins[0]',
  ],
  ['a track is called like the relation’s own acts', 'tracks.0.name', 'relation', '$.tracks[0].name'],
  ['the floor names a track of nobody', 'floor.0.type', 'visas/lead', '$.floor[0].type'],
  ['a rule is of a track of nobody', 'rules', { 'visas/x': 1 }, '$.rules'],
  ['a clock runs in a calendar of nobody', 'clocks.other.calendar', { name: 'tn' }, '$.clocks.other.calendar.name'],
  ['a clock runs for a century', 'clocks.take-back.limit', 1200, '$.clocks.take-back.limit'],
  ['a year is left out', `${year}.1.year`, 2029, `$.${year}[1].year`],
  [
    'an offset begins after its year',
    `${year}.0.offsets.0.from`,
    '2026-01-01T00:00:00.000Z',
    `$.${year}[0].offsets[0].from`,
  ],
  ['the offsets go backwards', `${year}.0.offsets.2.from`, '2026-03-01T01:00:00.000Z', `$.${year}[0].offsets[2].from`],
  [
    'a year ends with one offset and the next begins with another',
    `${year}.1.offsets.0.minutes`,
    0,
    `$.${year}[1].offsets[0].minutes`,
  ],
  ['a holiday is of another year', `${year}.0.holidays.0.date`, '2025-01-01', `$.${year}[0].holidays[0].date`],
  ['the weekend is said backwards', 'calendars.fr.weekend', [7, 6], '$.calendars.fr.weekend'],
  ['the office closes before it opens', 'calendars.fr.hours.to', '08:00', '$.calendars.fr.hours'],
  ['a witness is no key', 'witnesses', ['witness.example'], '$.witnesses[0]'],
  ['the whole week is a weekend', 'calendars.fr.weekend', [1, 2, 3, 4, 5, 6, 7], '$.calendars.fr.weekend'],
  ['a third party has joined', 'parties', [], '$.parties'],
  ['a clock has a calendar of no kind', 'clocks.other.calendar', 'mine', '$.clocks.other.calendar'],
  ['nobody’s keys may sign', 'officerKeys', [], '$.officerKeys'],
];
for (const [what, path, value, where] of contradictions) {
  test(`an accord is refused in which ${what}`, () => {
    assert.ok(faultsOf(set(path, value)).includes(where), faultsOf(set(path, value)).join());
  });
}

test('what may be compared is of a track of the accord, said once in a set of two or more, from a probability', () => {
  const thresholds = { 'watch-list': 0.5, dossier: 0.5, 'other-road': 0.5, search: 0 };
  const screening = { thresholds, comparable: [['leads/a', 'leads/b']], acrossRelations: false, otherRoadDays: 30 };
  const faultsWith = (more: Record<string, Json>): readonly string[] =>
    faultsOf((copy) => Object.assign(copy, { screening: { ...screening, ...more } }));
  assert.deepEqual(faultsWith({}), []);
  assert.deepEqual(faultsWith({ comparable: [['leads/a', 'visas/b', 'leads/a']] }), [
    '$.screening.comparable[0][1]',
    '$.screening.comparable[0][2]',
  ]);
  assert.deepEqual(faultsWith({ comparable: [['leads/a']], thresholds: { ...thresholds, search: 1.5 } }), [
    '$.screening.thresholds.search',
    '$.screening.comparable[0]',
  ]);
  assert.deepEqual(faultsWith({ thresholds: {}, more: 1 }).length, 5);
});

test('an accord is refused that is not written the one way, hides characters, or is too large', () => {
  const refused = (text: string, code: string): void =>
    assert.throws(
      () => readAccord(Buffer.from(text)),
      (refusal) => refusal instanceof Refusal && refusal.code === code,
    );
  const text = canonicalJson(accord as unknown as Json);
  refused(`${text}\n`, 'json-not-canonical');
  refused(text.slice(1), 'json-malformed');
  refused(text.replace('Service 1', 'Service \u202e1'), 'text-invisible-characters');
  refused(' '.repeat(1_048_577), 'too-large');
  refused('[]', 'accord-malformed');
});

test('a name that would reach into the language is refused, not followed', () => {
  const text = canonicalJson(accord as unknown as Json).replace('"calendars":{', '"calendars":{"__proto__":{},');
  assert.throws(() => readAccord(Buffer.from(text)), Refusal);
});
