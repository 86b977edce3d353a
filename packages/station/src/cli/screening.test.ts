import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { freePorts, Workplace } from './command-line.fixtures.ts';

let place: Workplace;
const relation = ['--relation', 'fr-ma'];
const why = ['--purpose', 'inquiry 12/2026'];
const at = (home: string, ...args: readonly string[]): readonly string[] => [...args, '--home', home];

before(async () => {
  place = await Workplace.make('fr', 'ma');
  place.found(await freePorts());
  place.enrol('fr', 'A. Martin');
  place.enrol('ma', 'B. Alami');
});
after(() => place.close());

const list = 'Référence;Patronyme;Prénom;Né le\n1;برازوق;كريم;12/03/1984\n2;;;\n';
const importing = [
  'watchlist',
  'import',
  'wanted.csv',
  '--name',
  'wanted',
  '--format',
  'csv',
  '--for',
  'leads/investigation',
];

test('a watch list is taken over, what could not be read of it is named in the user’s language, and what is no list is refused', async () => {
  await writeFile(join(place.folder, 'wanted.csv'), list);
  await writeFile(join(place.folder, 'laughs.xml'), '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>');
  const taken = place.run(at('ma', ...importing, '--map', 'Patronyme=family', '--map', 'Référence=id'), 'fr');
  assert.equal(taken.status, 1, 'a row was refused');
  assert.match(taken.out, /wanted: 2 rows, 1 read, 1 refused; 1 added/);
  assert.match(taken.out, /line 3: refused: ni nom ni numéro à comparer/);
  assert.equal(place.run(at('ma', ...importing, '--map', 'Nobody=name')).status, 1);
  const laughs = place.run(
    at('ma', 'watchlist', 'import', 'laughs.xml', '--name', 'un', '--format', 'un', '--for', 'leads/prevention'),
  );
  assert.match(laughs.error, /a document type: not accepted/);
  assert.match(place.run(at('ma', 'watchlist', 'list')).out, /^wanted +csv +1 read +1 refused +leads\/investigation$/m);
  assert.match(place.run(at('ma', 'watchlist', 'list', 'wanted')).out, /line 3/);
  assert.equal(place.run(at('ma', 'watchlist', 'list', 'none')).status, 1);
});

test('a request that names the listed in French spelling shows a possible match, which an officer reads, and decides once', async () => {
  const text = (value: string): object => ({ language: 'fr', text: value });
  const qualified = { standing: 'fact', source: 'B', information: '2', codes: ['H0'] };
  const names = [{ given: 'Karim', family: 'Berrazouk', script: 'Latn', nameKind: 'civil' }];
  const request = {
    inputs: { crimeArea: 'drugs', purpose: 'investigation', urgency: 'other' },
    fields: {
      question: text('Qui ?'),
      facts: text('Faits'),
      link: text('Lien'),
      presence: text('Présence'),
      subjects: [{ kind: 'person', category: 'suspect', names, births: ['1984-03-12'], ...qualified }],
    },
    gates: ['necessity-proportionality', 'third-party-ownership', 'torture-risk', 'neutrality'].map((gate) => ({
      gate,
      reasoning: 'vérifié',
    })),
  };
  await writeFile(join(place.folder, 'request.json'), JSON.stringify(request));
  const stations = [await place.serve('fr'), await place.serve('ma')];
  const said = place.done(at('fr', 'act', 'request', ...relation, '--file', 'request.json', '--yes'));
  const dossier = String(said['dossier']);
  const listed = await until(at('ma', 'match', 'list', ...relation), /watch-list +person +proposed/);
  assert.doesNotMatch(listed, /Karim|كريم/, 'a list names nobody');
  assert.match(place.run(at('ma', 'inbox', ...relation)).out, new RegExp(`${dossier}.*possible match`));
  assert.match(place.run(at('ma', 'dossier', 'show', ...relation, dossier)).out, /possible match: entente match list/);
  const number = /^(\d+)/.exec(listed)?.[1] ?? '';
  assert.equal(place.run(at('ma', 'match', 'show', ...relation, number)).status, 2, 'without a purpose nothing opens');
  const shown = place.run([...at('ma', 'match', 'show', ...relation, number, ...why), '--language', 'ar']).out;
  assert.match(shown, /Karim Berrazouk[^]*كريم برازوق[^]*يوم الميلاد نفسه/);
  const found = place.run(
    at('ma', 'search', ...relation, 'Kareem Barazuq', '--birth', '1984', '--for', 'leads/investigation', ...why),
  ).out;
  assert.match(found, /كريم برازوق +list wanted/);
  const decide = at('ma', 'match', 'confirm', ...relation, number, '--reason', 'the passport was seen');
  assert.equal(place.run(decide).status, 0);
  assert.equal(place.run(decide).status, 1);
  assert.doesNotMatch(place.run(at('ma', 'inbox', ...relation)).out, /possible match/);
  assert.equal(place.run(at('ma', 'watchlist', 'remove', 'wanted')).status, 0);
  assert.match(place.run(at('ma', 'match', 'list', ...relation, '--state', 'confirmed')).out, /No match/);
  for (const station of stations) assert.equal(await place.stop(station), 0);
});

async function until(args: readonly string[], wanted: RegExp): Promise<string> {
  for (let tried = 0; tried < 20; tried++) {
    const { out } = place.run(args);
    if (wanted.test(out)) return out;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return assert.fail(`nothing like ${wanted} was shown`);
}
