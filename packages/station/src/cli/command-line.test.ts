import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Decrypter } from 'age-encryption';
import { Workplace } from './command-line.fixtures.ts';
import { commands } from './commands.ts';
import { findStockAge } from './stock-age.fixtures.ts';
import { openDatabase } from '../store/database.ts';

let place: Workplace;
const path = (...parts: readonly string[]): string => join(place.folder, ...parts);

before(async () => {
  place = await Workplace.make('fr', 'ma', 'restored');
  place.found();
  place.enrol('fr', 'A. Martin');
  place.enrol('ma', 'B. Alami');
});
after(() => place.close());

test('every command has examples and says what it does, its options too', () => {
  for (const command of commands) {
    assert.ok(command.examples.length > 0, command.name);
    for (const example of command.examples) assert.ok(example.startsWith(command.name), example);
  }
  const { status, out } = place.run(['carry', 'out', '--help']);
  assert.equal(status, 0);
  assert.match(out, /Examples:\n {2}entente carry out/);
});

test('a command that is not understood ends with 2, a refused one with 1, in the user’s language', () => {
  assert.equal(place.run(['nonsense']).status, 2);
  assert.equal(place.run(['carry', 'out']).status, 2);
  const refused = place.run(['accord', 'show', '--home', 'fr', '--relation', 'fr-xx'], 'fr_FR.UTF-8');
  assert.equal(refused.status, 1);
  assert.match(refused.error, /signé par les deux parties/);
});

test('nobody but the station’s user can read its keys', async () => {
  for (const file of ['keys/fr-ma/log.json', 'root/root/present.json', 'officers/a-martin/fr-ma.key']) {
    assert.equal((await stat(path('fr', file))).mode & 0o077, 0, file);
  }
});

test('an accord changed after one party signed it is refused', async () => {
  const accord = await readFile(path('fr-ma-accord.json'), 'utf8');
  const changed = accord.replace(/"payload":"(.{40})./, (_, start: string) => `"payload":"${start}A`);
  await writeFile(path('changed.json'), changed);
  assert.equal(place.run(['accord', 'install', '--home', 'fr', '--relation', 'fr-ma', 'changed.json']).status, 1);
});

test('an accord cannot be signed without a person who compared the fingerprints', () => {
  const { status, error } = place.run(['accord', 'sign', '--home', 'ma', 'fr-ma-proposal.json']);
  assert.equal(status, 2);
  assert.match(error, /root, to be compared by voice:\n {4}[0-9a-f]{4} /);
});

test('a stick is taken in once and harmlessly again; a changed one and another party’s are refused', async () => {
  place.carry('fr', 'ma');
  const again = place.done(['carry', 'in', '--home', 'ma', '--relation', 'fr-ma', 'fr-to-ma.age']);
  assert.equal(again['fresh'], 0);
  const stick = await readFile(path('fr-to-ma.age'));
  stick.writeUInt8(stick.readUInt8(stick.length - 2000) ^ 1, stick.length - 2000);
  await writeFile(path('changed.age'), stick);
  assert.equal(place.run(['carry', 'in', '--home', 'ma', '--relation', 'fr-ma', 'changed.age']).status, 1);
  assert.equal(place.run(['carry', 'in', '--home', 'fr', '--relation', 'fr-ma', 'fr-to-ma.age']).status, 1);
});

test('a stick opens with stock age, tar and sha256sum', async (t) => {
  place.done(['carry', 'out', '--home', 'fr', '--relation', 'fr-ma', '--all', 'whole.age']);
  const tar = path('whole.tar');
  const identity = path('ma/root/fr-ma.identity');
  const age = findStockAge();
  if ('missing' in age) {
    t.diagnostic(`opened with the library age-encryption: ${age.missing}`);
    await writeFile(tar, await openByLibrary(await readFile(identity, 'utf8'), await readFile(path('whole.age'))));
  } else {
    t.diagnostic(`opened with ${age.from}`);
    const opened = spawnSync(age.command, ['-d', '-i', identity, '-o', tar, path('whole.age')], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    assert.equal(opened.status, 0, opened.stderr);
  }
  const folder = path('stick');
  const unpacked = spawnSync(
    'sh',
    ['-c', `mkdir ${folder} && tar -xf ${tar} -C ${folder} && cd ${folder} && sha256sum -c MANIFEST`],
    {
      encoding: 'utf8',
      timeout: 20_000,
    },
  );
  assert.equal(unpacked.status, 0, unpacked.stderr);
  assert.match(unpacked.stdout, /parcels\/000001\.age: OK/);
  assert.match(unpacked.stdout, /policy\/ma\.txt: OK/);
});

test('exported channels verify from their bytes, and not once a byte has changed', async () => {
  place.carry('fr', 'ma');
  place.carry('ma', 'fr');
  place.done(['export', 'channel', '--home', 'fr', '--relation', 'fr-ma', 'exported']);
  const { channels } = place.done(['verify', 'exported', '--signatures']) as unknown as {
    readonly channels: readonly { readonly entries: number; readonly signatures: { readonly failed: number } }[];
  };
  assert.deepEqual(
    channels.map(({ signatures }) => signatures.failed),
    [0, 0],
  );
  assert.ok(channels.every(({ entries }) => entries > 0));
  const entries = path('exported/channels/fr-1/entries.jsonl');
  const text = await readFile(entries, 'utf8');
  await writeFile(entries, text.replace(/"time":"2/, '"time":"1'));
  const { status, error } = place.run(['verify', 'exported']);
  assert.equal(status, 1);
  assert.match(error, /hash differs/);
});

test('evidence of an act verifies from two fingerprints, and not under others', () => {
  const [act] = place.done(['officer', 'revoke', '--home', 'fr', 'A. Martin', '--reason', 'lost'])[
    'acts'
  ] as unknown as readonly string[];
  assert.ok(act !== undefined);
  place.carry('fr', 'ma');
  place.carry('ma', 'fr');
  place.done(['export', 'evidence', '--home', 'fr', '--relation', 'fr-ma', act, '--out', 'evidence.tar']);
  const { roots } = place.done(['verify', 'evidence.tar']) as unknown as { readonly roots: readonly [string, string] };
  place.done(['verify', 'evidence.tar', '--fingerprint', roots[0], '--fingerprint', roots[1]]);
  const other = '0'.repeat(64);
  assert.equal(place.run(['verify', 'evidence.tar', '--fingerprint', roots[0], '--fingerprint', other]).status, 1);
});

test('the house log shows a signed head of all it holds, and doctor says up to where it is signed', async () => {
  const { out } = place.run(['house', 'head', '--home', 'fr']);
  const [origin, size, root, empty, ...signatures] = out.split('\n');
  assert.deepEqual([origin, empty], ['fr/house', '']);
  assert.equal(signatures.filter((line) => line.startsWith('— fr/house ')).length, 2);
  const database = await openDatabase(place.databaseUrl('fr'), 1);
  const { rows } = await database.query<{ size: number; root: string }>(
    `select size, encode(root, 'base64') as root from house`,
  );
  await database.end();
  assert.deepEqual(rows, [{ size: Number(size), root }]);
  assert.match(
    place.run(['doctor', '--home', 'fr']).out,
    new RegExp(`house log: ${size} entries, signed up to ${size}`),
  );
});

test('a backup is sealed, goes only into an empty database, and leaves a station that has to catch up', async () => {
  place.done(['backup', '--home', 'fr', 'backup.age']);
  assert.match(await readFile(path('backup.age'), 'latin1'), /^age-encryption\.org\/v1\n/);
  assert.equal(place.run(['restore', '--home', 'fr', 'backup.age']).status, 1);
  await cp(path('fr'), path('restored'), { recursive: true });
  place.done(['restore', '--home', 'restored', 'backup.age']);
  const before = place.done(['officer', 'list', '--home', 'fr']);
  assert.deepEqual(place.done(['officer', 'list', '--home', 'restored']), before);
  const { out } = place.run(['doctor', '--home', 'restored']);
  assert.match(out, /channel fr: not caught up after a restore/);
  const [, question] = /carry out --answer (\S+) FILE/.exec(out) ?? [];
  assert.ok(question !== undefined);
  place.done(['carry', 'out', '--home', 'ma', '--relation', 'fr-ma', '--answer', question, 'answer.age']);
  const wrong = place.run(['carry', 'in', '--home', 'fr', '--relation', 'fr-ma', 'answer.age']);
  assert.equal(wrong.status, 0, 'who asked nothing takes nothing');
  const refused = place.run([
    'officer',
    'enrol',
    '--home',
    'restored',
    '--relation',
    'fr-ma',
    '--name',
    'C',
    '--function',
    'f',
    '--no-passphrase',
  ]);
  assert.equal(refused.status, 1, 'a station that has not caught up appends nothing');
  const back = place.done(['carry', 'in', '--home', 'restored', '--relation', 'fr-ma', 'answer.age']);
  assert.equal(back['caughtUp'], true);
  assert.doesNotMatch(place.run(['doctor', '--home', 'restored']).out, /not caught up/);
});

test('the doctor notices a database older than what has left, and keys that others can read', async () => {
  assert.equal(place.run(['doctor', '--home', 'fr']).status, 0);
  const marks = path('fr/high-water/fr_ma_1');
  const mark = await readFile(marks, 'latin1');
  await writeFile(marks, mark.replace(/^\d{16}/, '0000000000000999'));
  const older = place.run(['doctor', '--home', 'fr']);
  assert.equal(older.status, 1);
  assert.match(older.out, /older than its channel/);
  await writeFile(marks, mark);
});

function openByLibrary(identity: string, file: Uint8Array): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity.trim());
  return decrypter.decrypt(file);
}
