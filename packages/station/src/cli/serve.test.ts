import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { freePorts, Workplace } from './command-line.fixtures.ts';

let place: Workplace;
let dossier = '';
let act = '';

before(async () => {
  place = await Workplace.make('fr', 'ma');
  place.found(await freePorts());
  place.enrol('fr', 'A. Martin');
  place.enrol('ma', 'B. Alami');
});
after(() => place.close());

const relation = ['--relation', 'fr-ma'];
const text = (value: string): object => ({ language: 'fr', text: value });
const gate = (name: string): object => ({ gate: name, reasoning: 'vérifié' });
const request = {
  inputs: { crimeArea: 'terrorism', purpose: 'investigation', urgency: 'other' },
  fields: { question: text('Qui ?'), facts: text('Faits'), link: text('Lien'), presence: text('Présence') },
  gates: ['necessity-proportionality', 'third-party-ownership', 'torture-risk', 'neutrality'].map(gate),
};

test('a request goes from one command line to the other’s inbox, signed, with its attachment, and is receipted', async () => {
  await writeFile(join(place.folder, 'request.json'), JSON.stringify(request));
  const stations = [await place.serve('fr'), await place.serve('ma')];
  const second = place.run(['serve', '--home', 'fr']);
  assert.equal(second.status, 1, 'a second station does not start in the same home');
  const said = place.done([
    'act',
    'request',
    '--home',
    'fr',
    ...relation,
    '--file',
    'request.json',
    '--attach',
    'request.json',
    '--yes',
  ]);
  dossier = said['dossier'] as unknown as string;
  act = (said['acts'] as unknown as readonly string[])[0] ?? '';
  const shown = await until(
    () => place.run(['dossier', 'show', '--home', 'ma', ...relation, dossier]),
    /Request for information +receipted/,
  );
  assert.match(shown, /^Leads: Request received, not yet taken in charge; opened by fr /);
  assert.match(place.run(['inbox', '--home', 'ma', ...relation]).out, new RegExp(dossier));
  assert.match(
    place.run(['inbox', '--home', 'ma', ...relation], 'fr_FR.UTF-8').out,
    /Demande reçue, non prise en charge/,
  );
  assert.match(place.run(['dossier', 'show', '--home', 'ma', ...relation, '--language', 'ar', dossier]).out, /فتحه/);
  const content = place.done(['dossier', 'show', '--home', 'ma', ...relation, dossier, '--purpose', 'essai']);
  assert.match(JSON.stringify(content), /Faits/);
  for (const station of stations) assert.equal(await place.stop(station), 0);
});

test('the evidence of an officer’s act verifies, at the receiver too', () => {
  for (const home of ['fr', 'ma']) {
    place.done(['export', 'evidence', '--home', home, ...relation, act, '--out', `${home}.tar`]);
    const { out, status } = place.run(['verify', `${home}.tar`]);
    assert.equal(status, 0);
    assert.match(out, /authorised by duty-officer o-[0-9a-f]{8}\n/);
  }
});

test('a second start finds everything as it was', async () => {
  const station = await place.serve('ma');
  assert.match(place.run(['dossier', 'show', '--home', 'ma', ...relation, dossier]).out, /Request received/);
  assert.equal(await place.stop(station), 0);
});

async function until(look: () => { readonly out: string }, wanted: RegExp): Promise<string> {
  for (let tried = 0; tried < 20; tried++) {
    const { out } = look();
    if (wanted.test(out)) return out;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return assert.fail(`nothing like ${wanted} was shown`);
}
