import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { LogSize, Refusal } from '@entente/protocol';
import { takeDraftSubjects } from '../../packages/station/src/screening/take-subjects.ts';
import { searchSubjects, type SearchWanted } from '../../packages/station/src/screening/search-subjects.ts';
import { acceptExpress } from '../../packages/station/src/exchange/accept-express.ts';
import { makeExpress } from '../../packages/station/src/exchange/make-express.ts';
import { releaseParcel } from '../../packages/station/src/release/release-parcel.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { transact } from '../../packages/station/src/store/database.ts';
import { insertDraft } from '../../packages/station/src/store/drafts.ts';
import { decideMatch, findMatch, type MatchSummary } from '../../packages/station/src/store/matches.ts';
import { readMatch } from '../../packages/station/src/store/read-subjects.ts';
import { recordOf } from '../../packages/station/src/store/relations.ts';
import { enrol, exchange, foldAll, level, say, type TestOfficer, wantedAct } from '../support/officers.fixtures.ts';
import {
  person,
  readerOf,
  requestAbout,
  screeningAt,
  telephone,
  type TestScreening,
} from '../support/screening.fixtures.ts';
import { twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
let fr: TestOfficer;
let ma: TestOfficer;
let screening: TestScreening;

before(async () => {
  parties = await twoParties();
  fr = await enrol(parties.fr, 'o-1');
  ma = await enrol(parties.ma, 'o-2');
  screening = screeningAt(parties.ma);
  await parties.ma.parts.database.query(
    `insert into officer (name, function, roles, unit) values ('Salma', 'duty-officer', '{officer}', 'leads')`,
  );
  await level(parties.fr, parties.ma);
});
after(async () => {
  await screening.stop();
  await parties.close();
});

const list = 'id,name,date of birth\nW1,محمد العربي برازوق,1984\nW2,Nadia Zerwalani,1990-02-03\n';

async function asks(...wanted: Parameters<typeof say>[1][]): Promise<readonly { act: string; dossier: string }[]> {
  const prepared = await say(fr, ...wanted);
  await level(parties.fr, parties.ma);
  return prepared;
}

async function decide(match: MatchSummary, state: 'confirmed' | 'rejected'): Promise<void> {
  const { parts, relation } = parties.ma;
  await transact(parts.database, async (transaction) => {
    const found = await findMatch(transaction, { relation: relation.number, all: true }, match.match);
    const by = { token: 't', officer: 1, scopes: new Set([]), relation: undefined } as const;
    await decideMatch(transaction, parts.crypto, parts.clock.now(), found, { state, reason: 'seen in person' }, by);
  });
}

test('a person on a watch list in Arabic script is found when a request names him in French spelling', async () => {
  const imported = await screening.take({ text: list });
  assert.deepEqual([imported.rows, imported.read, imported.refused, imported.added], [2, 2, 0, 2]);
  const [asked] = await asks(requestAbout([person('Mohamed Larbi', 'Berrazouk', ['1984-03-12'])]));
  assert.equal(await screening.screen(), 1);
  const [match, ...more] = await screening.matches();
  assert.deepEqual(more, []);
  assert.deepEqual([match?.use, match?.state, match?.right.list], ['watch-list', 'proposed', 'wanted']);
  assert.equal(match?.left.dossier, asked?.dossier);
  assert.ok((match?.probability ?? 0) > 0.5);
});

test('the explanation names both spellings, and whoever reads it stands in the house log with the purpose', async () => {
  const { parts, relation } = parties.ma;
  const [match] = await screening.matches();
  const read = () =>
    readMatch(parts.database, parts.crypto, recordOf(relation), match?.match ?? 0, readerOf(parties.ma));
  const { terms, leftContent, rightContent } = await read();
  assert.ok(terms.some(({ about, left, right }) => about === 'name' && left !== right));
  assert.deepEqual([leftContent.label, rightContent.label], ['Mohamed Larbi Berrazouk', 'محمد العربي برازوق']);
  const { rows } = await parts.database.query<{ text: string }>(
    `select convert_from(bytes, 'UTF8') as text from house_entry where kind = 'read' order by index desc limit 1`,
  );
  assert.match(rows[0]?.text ?? '', /"content":"match".*inquiry 12\/2026/);
  await parts.database.query('alter table house_entry add constraint no_more check (index < 0) not valid');
  try {
    await assert.rejects(read(), /no_more/, 'where the read cannot be written, nothing is read');
  } finally {
    await parts.database.query('alter table house_entry drop constraint no_more');
  }
});

test('the event that tells of a match says where, never whom', async () => {
  const { rows } = await parties.ma.parts.database.query<{ what: object }>(
    `select what from event where kind = 'match-proposed'`,
  );
  assert.equal(rows.length, 1);
  assert.deepEqual(Object.keys(rows[0]?.what ?? {}).toSorted(), ['dossier', 'match', 'use']);
});

test('a rejected match is not proposed again for another act, until the list says something else of the person', async () => {
  const [match] = await screening.matches();
  assert.ok(match !== undefined);
  await decide(match, 'rejected');
  await assert.rejects(decide(match, 'confirmed'), (error: Refusal) => error.code === 'already-exists');
  await asks(requestAbout([person('Mohamed Larbi', 'Berrazouk', ['1984-03-12'])], { crimeArea: 'drugs' }));
  await screening.screen();
  const onList = async () => (await screening.matches({ state: 'proposed' })).filter(({ use }) => use === 'watch-list');
  assert.deepEqual(await onList(), []);
  const same = await screening.take({ text: list });
  assert.deepEqual([same.added, same.changed, same.removed], [0, 0, 0]);
  await screening.screen();
  assert.deepEqual(await onList(), [], 'the same list again changes nothing');
  const changed = await screening.take({ text: list.replace('1984', '1984-03-12') });
  assert.deepEqual([changed.added, changed.changed, changed.removed], [0, 1, 0]);
  await screening.screen();
  assert.equal((await onList()).length, 2);
});

test('the same request in two dossiers within the days of the accord is shown as one by two roads', async () => {
  const subject = [person('Driss', 'Oumazzine', ['1991-05-06']), telephone('+33 6 39 98 00 17')];
  const [first, second] = await asks(requestAbout(subject), requestAbout(subject));
  await screening.screen();
  const roads = (await screening.matches({ dossier: first?.dossier })).filter(({ use }) => use === 'other-road');
  assert.deepEqual(roads.map(({ kind }) => kind).toSorted(), ['person', 'telephone']);
  assert.ok(
    roads.every(
      ({ left, right }) => new Set([left.dossier, right.dossier, first?.dossier, second?.dossier]).size === 2,
    ),
  );
});

test('a request waits for its dossier to be folded before it is compared, so that another road is known for one', async () => {
  const subject = [person('Hind', 'Belghazwani', ['1979-02-11'])];
  const [first] = await say(fr, requestAbout(subject), requestAbout(subject));
  await exchange(parties.fr, parties.ma);
  assert.equal(await screening.screen(), 0);
  await foldAll(parties.ma);
  assert.equal(await screening.screen(), 2);
  const uses = (await screening.matches({ dossier: first?.dossier })).map(({ use }) => use);
  assert.deepEqual(uses, ['other-road']);
});

test('a match proposed before the other dossier was folded becomes one by another road', async () => {
  const subject = [person('Idriss', 'Tamassnaoui', ['1969-09-19'])];
  const [first] = await asks(requestAbout(subject));
  await say(fr, requestAbout(subject));
  await exchange(parties.fr, parties.ma);
  assert.equal(await screening.screen(), 1);
  const usesOfFirst = async (): Promise<readonly string[]> =>
    (await screening.matches({ dossier: first?.dossier })).map(({ use }) => use);
  assert.deepEqual(await usesOfFirst(), ['dossier']);
  await foldAll(parties.ma);
  assert.equal(await screening.screen(), 1);
  assert.deepEqual(await usesOfFirst(), ['other-road']);
});

test('a dossier kept for the missing is not searched for an investigation, nor a list kept for another purpose', async () => {
  const subject = [person('Soukaina', 'Tazerwalt', ['1988-07-08'])];
  await screening.take({
    name: 'lost',
    purposes: ['leads/missing-person'],
    text: 'id,name,dob\nL1,Soukaina Tazerwalt,1988-07-08\n',
  });
  const [lost] = await asks(requestAbout(subject, { crimeArea: 'missing-person', purpose: 'missing-person' }));
  const [sought] = await asks(requestAbout(subject));
  await screening.screen();
  assert.deepEqual(await screening.matches({ dossier: sought?.dossier }), []);
  assert.deepEqual(
    (await screening.matches({ dossier: lost?.dossier })).map(({ use }) => use),
    ['watch-list'],
  );
});

test('a draft is compared as it is written, and once released its matches are those of the act', async () => {
  const { parts, relation } = parties.ma;
  const wanted = requestAbout([person('Nadia', 'Zerwalani', ['1990-02-03'])]);
  const { content } = wantedAct(wanted);
  await transact(parts.database, async (transaction) => {
    const kept = { dossier: undefined, officer: undefined, content };
    const draft = await insertDraft(transaction, relation.number, parts.clock.now(), kept);
    await takeDraftSubjects(transaction, parts.crypto, relation.number, draft);
  });
  await screening.screen();
  const drafted = (await screening.matches()).find(({ left }) => left.draft !== null);
  assert.deepEqual([drafted?.use, drafted?.right.list], ['watch-list', 'wanted']);
  assert.ok(drafted !== undefined);
  await decide(drafted, 'confirmed');
  const [said] = await say(ma, wanted);
  await level(parties.fr, parties.ma);
  await screening.screen();
  const [released, ...more] = await screening.matches({ dossier: said?.dossier });
  assert.deepEqual([released?.match, released?.state, more.length], [drafted.match, 'confirmed', 0]);
});

test('an officer finds a person by any spelling, and a telephone by its number; what was asked is logged', async () => {
  const { parts, relation } = parties.ma;
  const search = (wanted: Partial<SearchWanted>) =>
    searchSubjects(
      screening,
      recordOf(relation),
      { for: 'leads/investigation', kind: 'person', ...wanted },
      readerOf(parties.ma),
    );
  const found = await search({ names: ['ادريس اومازين'] });
  assert.equal(found[0]?.content.kind === 'shown' && found[0].content.content.label, 'Driss Oumazzine');
  const numbered = await search({ numbers: [{ kind: 'telephone', number: '0033 639 98 00 17' }] });
  assert.equal(numbered.length, 2);
  assert.deepEqual(
    await search({ names: ['Soukaina Tazerwalt'], for: 'leads/detection' }).then((hits) =>
      hits.filter(({ where }) => where.list === 'lost'),
    ),
    [],
  );
  assert.deepEqual(await search({ names: ['👻'] }), []);
  const { rows } = await parts.database.query<{ text: string }>(
    `select convert_from(bytes, 'UTF8') as text from house_entry where kind = 'read' order by index desc limit 1`,
  );
  assert.match(rows[0]?.text ?? '', /"content":"search".*👻/u);
});

test('what H3 restricts is withheld from whoever has not acknowledged it, in a match as in a search', async () => {
  const { parts, relation } = parties.ma;
  const wanted = requestAbout([person('Yassine', 'Castagnevert', ['1977-01-02'])]);
  await asks({
    ...wanted,
    handling: { codes: ['H0', 'H3'] },
    fields: { ...wanted.fields, restriction: { language: 'fr', text: 'réservé' } },
  });
  await screening.take({ name: 'more', text: 'id,name,dob\nM1,Yassine Castagnevert,1977-01-02\n' });
  await screening.screen();
  const match = (await screening.matches()).find(({ right }) => right.list === 'more');
  const read = (acknowledged: boolean) =>
    readMatch(
      parts.database,
      parts.crypto,
      recordOf(relation),
      match?.match ?? 0,
      readerOf(parties.ma, 'p', acknowledged),
    );
  await assert.rejects(read(false), (error: Refusal) => error.code === 'handling-forbids');
  assert.equal((await read(true)).leftContent.label, 'Yassine Castagnevert');
  const asked = { for: 'leads/investigation', kind: 'person', names: ['Yassine Castagnevert'] } as const;
  const found = await searchSubjects(screening, recordOf(relation), asked, readerOf(parties.ma));
  const hits = found.slice(0, 2);
  const shown = hits.map(({ content, terms }) => `${content.kind}, ${terms.length > 0 ? 'explained' : 'unexplained'}`);
  assert.deepEqual(shown.toSorted(), ['shown, explained', 'withheld, unexplained']);
});

test('a threat to life that comes ahead of its prefix is compared at once, and once only when the prefix has come', async () => {
  const { fr: sender, ma: receiver } = parties;
  const threat = {
    ...requestAbout([person('Nadia', 'Zerwalani', ['1990-02-03'])]),
    type: 'threat-to-life',
    inputs: { crimeArea: 'terrorism', purpose: 'investigation' },
    fields: {
      threat: { language: 'fr', text: 'Attentat annoncé' },
      where: {
        placeName: 'Gare de Lyon',
        windowFrom: '2026-11-23T09:00:00.000Z',
        windowUntil: '2026-11-23T12:00:00.000Z',
      },
      subjects: [person('Nadia', 'Zerwalani', ['1990-02-03'])],
    },
  };
  const [said] = await say(fr, { ...threat, floor: true, gates: [] });
  await releaseParcel(sender.parts, sender.relation);
  const { size } = await readChannel(sender.parts.database, 1, sender.relation.own);
  const sealed = await makeExpress(sender.parts, sender.relation, (size - 1) as LogSize);
  await acceptExpress(receiver.parts, receiver.relation, sealed);
  assert.equal(await screening.screen(), 1);
  const ahead = await screening.matches({ dossier: said?.dossier });
  assert.ok(ahead.some(({ right }) => right.list === 'wanted'));
  await level(sender, receiver);
  assert.equal(await screening.screen(), 0);
  assert.equal((await screening.matches({ dossier: said?.dossier })).length, ahead.length);
});

test('a list that is removed takes its entries and their matches with it', async () => {
  const { parts } = parties.ma;
  const before = await screening.matches();
  assert.ok(before.some(({ right }) => right.list === 'more'));
  await parts.database.query(`delete from subject where list = (select list from watch_list where name = 'more')`);
  assert.ok((await screening.matches()).every(({ right }) => right.list !== 'more'));
});

test('acts of an own dossier without subjects leave nothing to compare', async () => {
  const { rows } = await parties.fr.parts.database.query<{ due: number }>(
    'select count(*)::int as due from screening_due join subject using (subject) where act is null',
  );
  assert.equal(rows[0]?.due, 0);
});
