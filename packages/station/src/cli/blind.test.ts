import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { freePorts, Workplace } from './command-line.fixtures.ts';

let place: Workplace;
const relation = ['--relation', 'fr-ma'];
const purpose = ['--purpose', 'leads/investigation'];
const path = (...parts: readonly string[]): string => join(place.folder, ...parts);

before(async () => {
  place = await Workplace.make('fr', 'ma');
  place.found(await freePorts());
  place.enrol('fr', 'A. Martin');
  place.enrol('ma', 'B. Alami');
});
after(() => place.close());

test('an officer asks by command line, and the inspectors of both houses audit what came of it', async () => {
  const keys = ['fr', 'ma'].map((party) => {
    const { key } = place.done(['blind', 'key', '--home', party, ...relation, ...purpose]);
    return { party, epoch: 1, key };
  });
  place.done(['accord', 'amend', '--home', 'fr', ...relation]);
  const draft = JSON.parse(await readFile(path('fr-ma-accord-draft.json'), 'utf8')) as object;
  const terms = {
    purpose: 'leads/investigation',
    keys,
    elements: 8,
    queriesPerDay: 9,
    queriesPerMonth: 90,
    setDays: 30,
  };
  await writeFile(path('amended.json'), JSON.stringify({ ...draft, blind: [terms] }));
  const { act } = place.done(['accord', 'amend', '--home', 'fr', ...relation, '--accord', 'amended.json', '--yes']);
  place.carry('fr', 'ma');
  place.done(['accord', 'accept', '--home', 'ma', ...relation, String(act), '--yes']);
  place.carry('ma', 'fr');
  await writeFile(path('watched.jsonl'), '{"names":["كريم حداد"],"births":["1971-05-06"]}\n');
  const stations = [await place.serve('ma'), await place.serve('fr')];
  const publish = ['blind', 'publish', '--home', 'ma', ...relation, ...purpose, '--file', 'watched.jsonl'];
  const { act: set, pages } = place.done(publish);
  assert.equal(pages, 16);
  const { state, act: query } = await check('Karim Haddad', '1971-05-06');
  assert.equal(state, 'hit');
  assert.equal((await check('Jean Poquelin', '1971-05-06'))['state'], 'no-hit');
  const { checks } = place.done(['blind', 'list', '--home', 'fr', ...relation]) as unknown as { checks: unknown[] };
  assert.equal(checks.length, 2);
  place.done(['blind', 'open', '--home', 'fr', ...relation, String(query), '--out', 'opened.json']);
  for (const home of ['fr', 'ma']) {
    const finding = place.done(['blind', 'audit', '--home', home, ...relation, 'opened.json']);
    assert.deepEqual([finding['kind'], finding['state']], ['holds', 'hit']);
  }
  const shown = ['blind', 'prove', '--home', 'ma', ...relation, String(set), 'Nobody Known', '--birth', '1971-05-06'];
  place.done([...shown, '--out', 'shown.json']);
  assert.equal(place.done(['blind', 'audit', '--home', 'fr', ...relation, 'shown.json'])['state'], 'no-hit');
  for (const station of stations) assert.equal(await place.stop(station), 0);
  const { epoch } = place.done(['blind', 'rotate', '--home', 'ma', ...relation, ...purpose, '--yes']);
  assert.equal(epoch, 2);
});

/** Asks again while the table is still on its way. */
async function check(name: string, birth: string): Promise<Record<string, unknown>> {
  const asked = ['blind', 'check', '--home', 'fr', ...relation, ...purpose, name, '--birth', birth];
  for (let tries = 0; ; tries += 1) {
    const ran = place.run([...asked, '--legal-basis', 'SAFE-37b', '--yes', '--json']);
    if (ran.status === 0) return JSON.parse(ran.out) as Record<string, unknown>;
    if (tries === 40 || !ran.error.includes('no set to check against')) throw new Error(ran.error + ran.out);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
