import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { Suspects } from '../dossiers/suspects.ts';
import { readHeldChannels } from '../store/folding.ts';
import { Workplace } from './command-line.fixtures.ts';
import { Home } from './home.ts';
import { openStation } from './open-station.ts';

let place: Workplace;
/** Logged by FR and receipted by MA after this instant, before anything was stolen. */
let receipted: { readonly after: string; readonly act: string };
const of = (home: string): readonly string[] => ['--home', home, '--relation', 'fr-ma'];

before(async () => {
  place = await Workplace.make('fr', 'ma');
  place.found();
  place.enrol('fr', 'A. Martin');
  place.enrol('ma', 'B. Alami');
  const after = new Date().toISOString();
  const [act] = place.done(['officer', 'revoke', '--home', 'fr', 'A. Martin', '--reason', 'lost'])[
    'acts'
  ] as unknown as readonly string[];
  assert.ok(act !== undefined);
  receipted = { after, act };
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
  const told = exportedAt('ma', 'told');
  assert.deepEqual(told['suspect'], [suspect]);
  assert.match(
    place.run(['verify', 'told']).out,
    new RegExp(`Suspect, without effect until confirmed: entries ${from} to`),
  );
  await rm(join(place.folder, 'told/notices/1.json'));
  const stripped = place.run(['verify', 'told']);
  assert.equal(stripped.status, 1, 'what stands in a channel cannot be left out');
  assert.match(stripped.error, /notices/);
  place.done(['compromise', 'confirm', ...of('fr'), '--from', String(from), '--to', String(to), '--yes']);
  assert.equal(place.run(['compromise', 'confirm', ...of('fr'), '--from', '3', '--to', '2', '--yes']).status, 2);
  place.carry('fr', 'ma');
  assert.notDeepEqual(await suspectsOfMa(), [suspect]);
  assert.deepEqual(exportedAt('ma', 'confirmed')['suspect'], await suspectsOfMa());
});

test('evidence of a suspect act is refused by its exit code, and says why', () => {
  const evidence = (out: string): ReturnType<Workplace['run']> => {
    place.done(['export', 'evidence', ...of('fr'), receipted.act, '--out', out]);
    return place.run(['verify', out]);
  };
  assert.equal(evidence('before.tar').status, 0);
  place.done(['compromise', 'notice', ...of('fr'), '--since', receipted.after, '--yes', '--out', 'earlier.notice']);
  const { status, out } = evidence('after.tar');
  assert.equal(status, 1);
  assert.match(out, /It proves nothing for now[.]\nThe act is suspect: it is entry \d+ of fr/);
});

test('an administrator confirms by act that the clocks differ', () => {
  assert.equal(place.run(['clock', 'override', ...of('fr'), '--difference', 'much', '--yes']).status, 2);
  const said = place.done(['clock', 'override', ...of('ma'), '--difference=-600', '--yes']);
  assert.equal(said['difference'], -600);
});

/** What verifying says of both channels as a station exports them. */
function exportedAt(home: string, folder: string): Record<string, never> {
  place.done(['export', 'channel', ...of(home), folder]);
  return place.done(['verify', folder, '--signatures']);
}
