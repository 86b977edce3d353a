import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openStream } from '@entente/wire';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { bytesSource } from '../adapters/source.ts';
import { readIdentity } from './carry-in.ts';
import { Workplace } from './command-line.fixtures.ts';

let place: Workplace;
const of = (home: string): readonly string[] => ['--home', home, '--relation', 'fr-ma'];
const path = (...parts: readonly string[]): string => join(place.folder, ...parts);

before(async () => {
  place = await Workplace.make('fr', 'ma');
  place.found();
  place.enrol('fr', 'A. Martin');
  place.carry('fr', 'ma');
  place.carry('ma', 'fr');
});
after(() => place.close());

test('a new keyset reaches the other side on a stick and nothing else, and sticks go on under it both ways', () => {
  place.done(['keyset', 'use-spare', ...of('fr'), '--yes', '--out', 'spare.notice']);
  place.enrol('fr', 'Under the spare');
  assert.equal(place.done(['carry', 'out', ...of('fr'), 'first.age'])['notices'], 1);
  assert.equal(place.done(['carry', 'out', ...of('fr'), 'again.age'])['notices'], 1, 'on a stick it is not taken');
  const carried = place.done(['carry', 'in', ...of('ma'), 'first.age']);
  assert.deepEqual([carried['notices'], carried['refused']], [1, []]);
  assert.equal(place.done(['notice', 'accept', ...of('ma'), 'spare.notice', '--yes'])['taken'], 'known-already');
  const twice = place.done(['carry', 'in', ...of('ma'), 'again.age']);
  assert.deepEqual([twice['notices'], twice['refused'], twice['fresh']], [0, [], 0]);
  place.carry('ma', 'fr');
  const after = place.done(['carry', 'out', ...of('fr'), 'after.age']);
  assert.equal(after['notices'], 0, 'the receipt that came back says that it was taken');
  assert.equal(place.done(['carry', 'out', ...of('fr'), '--all', 'all.age'])['notices'], 1, 'who lost all gets all');
  place.enrol('fr', 'After');
  place.carry('fr', 'ma');
  place.carry('ma', 'fr');
});

test('tar and sha256sum find each notice on such a stick as the root signed it', async () => {
  place.done(['keyset', 'next', ...of('fr'), '--yes', '--out', 'next.notice']);
  place.done(['carry', 'out', ...of('fr'), 'next.age']);
  const identity = await readIdentity(path('ma/root/fr-ma.identity'));
  const sealed = await readFile(path('next.age'));
  const opened = openStream(nodeCrypto, identity, bytesSource(sealed).read(0, sealed.length));
  execFileSync('tar', ['-x'], { cwd: place.folder, input: Buffer.concat(await Array.fromAsync(opened)) });
  const checked = execFileSync('sha256sum', ['--strict', '-c', 'MANIFEST'], { cwd: place.folder, encoding: 'utf8' });
  assert.match(checked, /^notices\/000001\.json: OK\n/);
  assert.deepEqual(await readFile(path('notices/000001.json')), await readFile(path('next.notice')));
  assert.deepEqual(place.done(['carry', 'in', ...of('ma'), 'next.age'])['notices'], 1);
});

test('a further relation shares the TLS key of the latest spare keyset, not that of the one used up', async () => {
  const { keyset } = place.done(['keyset', 'spare', ...of('fr'), '--out', 'draft.json']);
  place.done(['relation', 'invite', '--home', 'fr', '--relation', 'fr-es', '--counterpart', 'es']);
  const tlsOf = async (name: string): Promise<string> => readFile(path('fr/root', name, 'tls.json'), 'utf8');
  const latest = await tlsOf(`fr-ma-spare-${String(keyset).slice(0, 12)}`);
  assert.equal(await tlsOf('fr-es-spare'), latest);
  assert.notEqual(await tlsOf('fr-ma-spare'), latest);
});
