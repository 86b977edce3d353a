import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { freePorts, Workplace } from './command-line.fixtures.ts';

let place: Workplace;
const relation = ['--relation', 'fr-ma'];

before(async () => {
  place = await Workplace.make('fr', 'ma', 'restored');
  place.found(await freePorts());
  place.enrol('fr', 'A. Martin');
});
after(() => place.close());

test('a station restored from a backup fetches what it had said since, then goes on', async () => {
  place.done(['backup', '--home', 'fr', 'backup.age']);
  place.enrol('fr', 'C. Petit');
  const counterpart = await place.serve('ma');
  const lost = await place.serve('fr');
  const size = await until('fr', /fr: (\d+) entries, all cosigned/);
  assert.equal(await place.stop(lost), 0);

  await cp(join(place.folder, 'fr'), join(place.folder, 'restored'), { recursive: true });
  place.done(['restore', '--home', 'restored', 'backup.age']);
  assert.match(place.run(['doctor', '--home', 'restored']).out, /channel fr: not caught up after a restore/);
  const restored = await place.serve('restored');
  assert.ok(Number(await until('restored', /fr: (\d+) entries, all cosigned/)) >= Number(size));
  place.enrol('restored', 'D. Roux');
  assert.equal(await place.stop(restored), 0);
  assert.equal(await place.stop(counterpart), 0);

  place.done(['export', 'channel', '--home', 'restored', ...relation, 'exported']);
  place.done(['verify', 'exported', '--signatures']);
});

/** Asks the doctor until it says so; returns what the pattern's group found. */
async function until(home: string, wanted: RegExp): Promise<string> {
  let out = '';
  for (let tried = 0; tried < 30; tried++) {
    ({ out } = place.run(['doctor', '--home', home]));
    const found = wanted.exec(out)?.[1];
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return assert.fail(`nothing like ${wanted} was said:\n${out}`);
}
