import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Workplace } from './command-line.fixtures.ts';

let place: Workplace;
const of = (home: string): readonly string[] => ['--home', home, '--relation', 'fr-ma'];
const path = (...parts: readonly string[]): string => join(place.folder, ...parts);

before(async () => {
  place = await Workplace.make('fr', 'ma');
  place.found();
  place.enrol('fr', 'A. Martin');
  place.enrol('ma', 'B. Alami');
  place.carry('fr', 'ma');
  place.carry('ma', 'fr');
});
after(() => place.close());

test('the spare keyset is put in force on both sides, what was under way is still opened, and the exchange goes on', async () => {
  const old = await readFile(path('fr/root/fr-ma.identity'), 'utf8');
  const spare = path('fr/root/fr-ma-spare/station.json');
  const right = await readFile(spare, 'utf8');
  await writeFile(spare, await readFile(path('fr/root/fr-ma-spare/tls.json')));
  const use = ['keyset', 'use-spare', ...of('fr'), '--out', 'spare.notice'];
  assert.equal(place.run([...use, '--yes']).status, 1, 'private keys that are not those of the keyset');
  await writeFile(spare, right);
  assert.equal(place.run(use).status, 2, 'nobody agreed');

  const used = place.done([...use, '--yes']);
  assert.equal(used['number'], 2);
  assert.equal(place.done([...use, '--yes'])['taken'], 'known-already', 'run again it changes nothing');
  assert.equal(place.done(['notice', 'accept', ...of('ma'), 'spare.notice', '--yes'])['taken'], 'keyset');
  place.carry('ma', 'fr');
  place.carry('fr', 'ma');
  place.enrol('fr', 'After');
  place.carry('fr', 'ma');
  place.carry('ma', 'fr');
  assert.equal(await readFile(path('fr/root/fr-ma-1.identity'), 'utf8'), old, 'sticks under way are still opened');
  place.done(['export', 'channel', ...of('ma'), 'exported']);
  place.done(['verify', 'exported', '--signatures']);

  assert.equal(place.done(['keyset', 'next', ...of('ma'), '--yes', '--out', 'next.notice'])['number'], 2);
  place.done(['notice', 'accept', ...of('fr'), 'next.notice', '--yes']);
  place.carry('ma', 'fr');
  place.carry('fr', 'ma');
  assert.equal(place.run([...use, '--yes']).status, 0);
  place.done(['keyset', 'next', ...of('fr'), '--yes', '--out', 'third.notice']);
  assert.equal(place.run([...use, '--yes']).status, 1, 'the spare one is used up');
});
