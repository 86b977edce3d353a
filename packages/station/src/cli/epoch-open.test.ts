import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Workplace } from './command-line.fixtures.ts';

let place: Workplace;
const of = (home: string): readonly string[] => ['--home', home, '--relation', 'fr-ma'];

before(async () => {
  place = await Workplace.make('fr', 'ma', 'restored');
  place.found();
  place.enrol('fr', 'A. Martin');
  place.enrol('ma', 'B. Alami');
  place.carry('fr', 'ma');
  place.carry('ma', 'fr');
});
after(() => place.close());

test('no epoch is opened where nothing has stopped, and none without a person who agrees', () => {
  const calm = place.run(['epoch', 'open', ...of('fr'), '--yes']);
  assert.equal(calm.status, 2);
  assert.match(calm.error, /has not stopped.*--size/);
  assert.equal(place.run(['epoch', 'open', ...of('fr'), '--size', '1']).status, 2);
  assert.equal(place.run(['epoch', 'open', ...of('fr'), '--size', '9999', '--yes']).status, 2);
  assert.equal(place.run(['force-start', ...of('fr'), '--yes']).status, 2);
});

test('after a restore that was forced to go on, the root opens the next epoch, the counterpart takes the notice, and both go on', async () => {
  place.done(['backup', '--home', 'fr', 'backup.age']);
  place.enrol('fr', 'Lost');
  place.carry('fr', 'ma');
  await cp(join(place.folder, 'fr'), join(place.folder, 'restored'), { recursive: true });
  place.done(['restore', '--home', 'restored', 'backup.age']);
  assert.equal(place.run(['force-start', ...of('restored')]).status, 2, 'nobody agreed');
  place.done(['force-start', ...of('restored'), '--yes', '--by', 'A. Martin']);
  place.enrol('restored', 'C. Petit');
  place.done(['carry', 'out', ...of('restored'), '--all', 'forked.age']);
  assert.equal(place.run(['carry', 'in', ...of('ma'), 'forked.age']).status, 1);

  const opened = place.done(['epoch', 'open', ...of('restored'), '--yes', '--out', 'epoch.notice']);
  assert.equal(opened['epoch'], 2);
  assert.equal(place.done(['notice', 'accept', ...of('ma'), 'epoch.notice', '--yes'])['taken'], 'epoch');
  assert.equal(place.done(['notice', 'accept', ...of('ma'), 'epoch.notice', '--yes'])['taken'], 'known-already');
  const again = place.run(['notice', 'accept', ...of('fr'), 'backup.age', '--yes']);
  assert.equal(again.status, 1, 'what is no notice is refused');

  const orphans = place.done(['orphans', 'list', ...of('restored')]) as unknown as readonly {
    readonly act: string;
    readonly type: string;
  }[];
  const key = orphans.find(({ type }) => type === 'relation/officer-key')?.act ?? '';
  place.done(['orphans', 'release', ...of('restored'), key, '--yes']);
  assert.equal(place.run(['orphans', 'release', ...of('restored'), key, '--yes']).status, 1, 'once');
  place.carry('restored', 'ma');
  place.carry('ma', 'restored');
  place.enrol('ma', 'D. Idrissi');
  const back = place.done(['carry', 'out', ...of('ma'), 'back.age']);
  assert.ok(Number(back['parcels']) > 0);
  const taken = place.done(['carry', 'in', ...of('restored'), 'back.age']);
  assert.ok(Number(taken['fresh']) > 0);
  place.done(['export', 'channel', ...of('ma'), 'exported']);
  place.done(['verify', 'exported', '--signatures']);
});
