import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { JsonObject } from '@entente/protocol';
import { readMatch } from '../../packages/station/src/store/read-subjects.ts';
import type { MatchSummary } from '../../packages/station/src/store/matches.ts';
import { recordOf } from '../../packages/station/src/store/relations.ts';
import { enrol, level, say, type TestOfficer } from '../support/officers.fixtures.ts';
import { readerOf, requestAbout, screeningAt, type TestScreening } from '../support/screening.fixtures.ts';
import { twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
let fr: TestOfficer;
let screening: TestScreening;

before(async () => {
  parties = await twoParties();
  fr = await enrol(parties.fr, 'o-1');
  screening = screeningAt(parties.ma);
  await level(parties.fr, parties.ma);
  await screening.take({ text: list });
});
after(async () => {
  await screening.stop();
  await parties.close();
});

const list = [
  'id,kind,name,account',
  'O1,organisation,شركة بن زواغي للنقل الدولي ذ.م.م,',
  'O2,organisation,Invented Trading Company,',
  'O3,organisation,Maroc Transport International SA,',
  'A1,account,,GB29NWBK60161331926819',
].join('\n');

/** What a request about one thing is matched with. */
async function matched(subject: JsonObject): Promise<readonly MatchSummary[]> {
  const [asked] = await say(
    fr,
    requestAbout([{ standing: 'fact', source: 'B', information: '2', codes: ['H0'], ...subject }]),
  );
  await level(parties.fr, parties.ma);
  await screening.screen();
  return (await screening.matches({ dossier: asked?.dossier })).filter(({ use }) => use === 'watch-list');
}

/** The label of the one match, and what was found. */
async function only(found: readonly MatchSummary[]): Promise<{ readonly label: string; readonly findings: string[] }> {
  const { parts, relation } = parties.ma;
  const [match, ...more] = found;
  assert.ok(match !== undefined && more.length === 0, `${found.length} matches`);
  const read = await readMatch(parts.database, parts.crypto, recordOf(relation), match.match, readerOf(parties.ma));
  return { label: read.rightContent.label, findings: read.terms.map(({ finding }) => finding) };
}

test('a company in the other script, with the legal form of the other state, is proposed and its words of trade are not enough', async () => {
  const { label, findings } = await only(
    await matched({ kind: 'organisation', designation: 'Benzouaghi Transport International SARL' }),
  );
  assert.match(label, /زواغي/);
  assert.ok(['words-agree', 'trade-words-agree', 'same-legal-form'].every((finding) => findings.includes(finding)));
});

test('a company is proposed by its initials, though it shares no word with the one on the list', async () => {
  const { label, findings } = await only(await matched({ kind: 'organisation', designation: 'I.T.C. Ltd' }));
  assert.equal(label, 'Invented Trading Company');
  assert.ok(findings.includes('acronym'));
});

test('an account that fails its check figures is proposed for the one it miswrites, and says so', async () => {
  const { findings } = await only(await matched({ kind: 'account', number: 'GB29 NWBK 6016 1331 9268 91' }));
  assert.deepEqual(findings, ['probably-miswritten']);
  const { findings: equal } = await only(await matched({ kind: 'account', number: 'GB29 NWBK 6016 1331 9268 19' }));
  assert.deepEqual(equal, ['same-number-checked']);
});

test('an account that holds and is another, however near, is proposed for none', async () => {
  assert.deepEqual(await matched({ kind: 'account', number: 'GB78NWBK60161331926810' }), []);
});
