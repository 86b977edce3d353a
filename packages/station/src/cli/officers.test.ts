import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { PartyId, RelationId } from '@entente/protocol';
import { writeRelationAct } from '../release/write-relation-act.ts';
import { openDatabase } from '../store/database.ts';
import { Workplace } from './command-line.fixtures.ts';
import { Home } from './home.ts';
import { readOfficerFile } from './officer-file.ts';
import { openStation } from './open-station.ts';
import { writeActs } from './sign-acts.ts';

let place: Workplace;
const relation = ['--relation', 'fr-ma'];
const path = (...parts: readonly string[]): string => join(place.folder, ...parts);
const passphrase = ['--passphrase-file', 'passphrase'];
const fixture = (name: string): string => join(import.meta.dirname, '../import/fixtures', name);

before(async () => {
  place = await Workplace.make('fr', 'ma');
  await writeFile(path('passphrase'), 'correct horse battery staple\n');
  await writeFile(path('wrong'), 'another\n');
  place.found();
  const officer = ['officer', 'enrol', '--home', 'fr', ...relation, '--function', 'duty-officer', '--name'];
  place.done([...officer, 'A. Martin', ...passphrase]);
  place.done([...officer, 'C. Petit', '--no-passphrase']);
  await place.serve('fr');
});
after(() => place.close());

test('an officer’s key is sealed by its passphrase and signs with no other', async () => {
  assert.match(
    await readFile(path('fr/officers/a-martin/fr-ma.age'), 'latin1'),
    /^age-encryption\.org\/v1\n-> scrypt /,
  );
  await assert.rejects(readFile(path('fr/officers/a-martin/fr-ma.key')));
  await prepareRequest('sealed.json', 'A. Martin');
  const sign = ['act', 'sign', '--home', 'fr', '--as', 'A. Martin', '--yes', 'sealed.json', '--passphrase-file'];
  const refused = place.run([...sign, 'wrong']);
  assert.equal(refused.status, 1);
  assert.match(refused.error, /passphrase does not open it/);
  assert.equal(place.done([...sign, 'passphrase'])['approvals'], 1);
  place.done(['act', 'send', '--home', 'fr', '--as', 'A. Martin', 'sealed.json']);
});

test('a guarded lane lets nothing pass that one officer signed, and what two signed', async () => {
  await writeFile(path('lane.json'), JSON.stringify(await laneAct()));
  signTwice('lane.json');
  place.done(['act', 'send', '--home', 'fr', '--as', 'A. Martin', 'lane.json']);
  // In force once it has a position: when a parcel is made.
  carryOut('lane.age');
  await prepareRequest('request.json', 'C. Petit');
  place.done(['act', 'sign', '--home', 'fr', '--as', 'C. Petit', '--yes', 'request.json']);
  const alone = place.run(['act', 'send', '--home', 'fr', '--as', 'C. Petit', 'request.json']);
  assert.equal(alone.status, 1);
  assert.match(alone.error, /needs two officers/);
  place.done(['act', 'sign', '--home', 'fr', '--as', 'A. Martin', '--yes', ...passphrase, 'request.json']);
  place.done(['act', 'send', '--home', 'fr', '--as', 'C. Petit', 'request.json']);
});

test('the only relation of a station goes without saying', () => {
  assert.match(place.run(['accord', 'show', '--home', 'fr']).out, /fr-ma/);
  assert.equal(place.run(['relation', 'invite', '--home', 'fr', '--counterpart', 'es']).status, 2, 'not for a new one');
});

test('files from outside become drafts at the station, each with an account of what was mapped and kept', () => {
  const files = ['message.eml', 'people.csv', 'report.pdf', 'photograph.jpg', 'lead.stix.json', 'lead.misp.json'];
  const made = place.done(['import', '--home', 'fr', ...relation, '--as', 'C. Petit', ...files.map(fixture)]);
  const drafts = made as unknown as readonly {
    readonly file: string;
    readonly draft: number;
    readonly taken: number;
  }[];
  for (const file of files)
    assert.ok(
      drafts.some((one) => one.file === fixture(file) && one.taken > 0),
      file,
    );
  assert.equal(new Set(drafts.map(({ draft }) => draft)).size, drafts.length);
});

test('an export with content says what for, and stands in the house log', async () => {
  carryOut('requests.age');
  const exporting = ['export', 'channel', '--home', 'fr', ...relation, '--bodies'];
  assert.equal(place.run([...exporting, 'refused']).status, 2, 'without a purpose');
  place.done([...exporting, '--purpose', 'migration', '--to', 'own archive', 'with-content']);
  assert.match(await readFile(path('with-content/channels/fr-1/entries.jsonl'), 'utf8'), /"body":"\{.*Faits/);
  const database = await openDatabase(place.databaseUrl('fr'), 1);
  const { rows } = await database.query<{ text: string }>(
    `select convert_from(bytes, 'UTF8') as text from house_entry where kind in ('read', 'export', 'transfer')`,
  );
  await database.end();
  assert.ok(rows.some(({ text }) => text.includes('migration')));
});

function carryOut(stick: string): void {
  place.done(['carry', 'out', '--home', 'fr', ...relation, stick]);
}

async function prepareRequest(file: string, author: string): Promise<void> {
  const text = (value: string): object => ({ language: 'fr', text: value });
  const gates = ['necessity-proportionality', 'third-party-ownership', 'torture-risk', 'neutrality'];
  const draft = {
    inputs: { crimeArea: 'terrorism', purpose: 'investigation', urgency: 'other' },
    fields: { question: text('Qui ?'), facts: text('Faits'), link: text('Lien'), presence: text('Présence') },
    gates: gates.map((gate) => ({ gate, reasoning: 'vérifié' })),
  };
  await writeFile(path('draft.json'), JSON.stringify(draft));
  const prepare = ['act', 'prepare', 'leads/request', '--home', 'fr', ...relation, '--as', author];
  place.done([...prepare, '--file', 'draft.json', '--out', file]);
}

function signTwice(file: string): void {
  place.done(['act', 'sign', '--home', 'fr', '--as', 'C. Petit', '--yes', file]);
  assert.equal(
    place.done(['act', 'sign', '--home', 'fr', '--as', 'A. Martin', '--yes', ...passphrase, file])['approvals'],
    2,
  );
}

/** What two officers of `fr` say to guard what leaves on the leads track. */
async function laneAct(): Promise<object> {
  const home = new Home(path('fr'), undefined);
  const { function: post, pseudonym } = await readOfficerFile(home, 'C. Petit', 'fr-ma' as RelationId);
  const { parts, relations, close } = await openStation(home, place.databaseUrl('fr'));
  try {
    const [own] = relations;
    assert.ok(own !== undefined && own.own === ('fr' as PartyId));
    const inputs = { track: 'leads', direction: 'out', setting: 'guarded' };
    const act = writeRelationAct(parts, own, { type: 'relation/lane', inputs }, { function: post, pseudonym });
    return writeActs({ relation: own.name, acts: [act], approvals: [] });
  } finally {
    await close();
  }
}
