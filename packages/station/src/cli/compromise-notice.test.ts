import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { Suspects } from '../dossiers/suspects.ts';
import { readHeldChannels } from '../store/folding.ts';
import { Workplace } from './command-line.fixtures.ts';
import { Home } from './home.ts';
import { openStation } from './open-station.ts';

let place: Workplace;
const of = (home: string): readonly string[] => ['--home', home, '--relation', 'fr-ma'];

before(async () => {
  place = await Workplace.make('fr', 'ma');
  place.found();
  place.enrol('fr', 'A. Martin');
  place.enrol('ma', 'B. Alami');
  place.carry('fr', 'ma');
  place.carry('ma', 'fr');
});
after(() => place.close());

/** What ma holds as suspect of the channels, as ranges of indexes. */
async function suspectsOfMa(): Promise<readonly object[]> {
  const home = new Home(join(place.folder, 'ma'), undefined);
  const { parts, relations, close } = await openStation(home, place.databaseUrl('ma'));
  try {
    const [relation] = relations;
    assert.ok(relation !== undefined);
    const channels = await readHeldChannels(parts.database, relation.number);
    const sizes = { own: channels.own.size, theirs: channels.theirs.size };
    return await new Suspects(nodeCrypto, relation).at(parts.database, channels, sizes);
  } finally {
    await close();
  }
}

test('a compromise since an instant makes what was receipted later suspect, stops what is sealed to the stolen key, and is confirmed', async () => {
  const since = new Date().toISOString();
  place.enrol('fr', 'Thief');
  place.carry('fr', 'ma');
  const late = place.run(['compromise', 'notice', ...of('fr'), '--since', '2999-01-01T00:00:00Z', '--yes']);
  assert.equal(late.status, 2);
  assert.equal(place.run(['compromise', 'notice', ...of('fr'), '--since', since, '--key', 'all', '--yes']).status, 2);
  const say = ['compromise', 'notice', ...of('fr'), '--since', since, '--key', 'sealing'];
  const asked = place.run(say);
  assert.equal(asked.status, 2);
  assert.match(asked.error, /everything on disk since then/);
  const noticed = place.done([...say, '--yes', '--out', 'theft.notice']);
  const { from, to } = noticed['suspect'] as unknown as { readonly from: number; readonly to: number };
  assert.ok(from > 0 && from < to);
  assert.equal(place.done(['notice', 'accept', ...of('ma'), 'theft.notice', '--yes'])['taken'], 'compromise');
  place.enrol('ma', 'Waiting');
  const sealed = place.run(['carry', 'out', ...of('ma'), 'waits.age']);
  assert.equal(sealed.status, 1, 'no parcel is sealed to a stolen key');
  place.carry('fr', 'ma');
  const [suspect] = await suspectsOfMa();
  assert.ok(suspect !== undefined);
  place.done(['compromise', 'confirm', ...of('fr'), '--from', String(from), '--to', String(to), '--yes']);
  assert.equal(place.run(['compromise', 'confirm', ...of('fr'), '--from', '3', '--to', '2', '--yes']).status, 2);
  place.carry('fr', 'ma');
  assert.notDeepEqual(await suspectsOfMa(), [suspect]);
});

test('an administrator confirms by act that the clocks differ', () => {
  assert.equal(place.run(['clock', 'override', ...of('fr'), '--difference', 'much', '--yes']).status, 2);
  const said = place.done(['clock', 'override', ...of('ma'), '--difference=-600', '--yes']);
  assert.equal(said['difference'], -600);
});
