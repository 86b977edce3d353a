import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { tellRelease } from '../../packages/station/src/exchange/wake.ts';
import { waitUntil } from '../../tools/torture/wait-until.ts';
import { enrol, request, say } from '../support/officers.fixtures.ts';
import { type Pair, type PairTerms, runningPair } from './running-pair.fixtures.ts';

const open: Pair[] = [];
after(() => Promise.all(open.map((pair) => pair.close())));

async function started(road: PairTerms['road']): Promise<Pair> {
  const pair = await runningPair({ road });
  open.push(pair);
  await Promise.all([pair.fr.start(), pair.ma.start()]);
  return pair;
}

test(
  'a station that only dials out sends, fetches, receipts and sends ahead like any other, also after a cut',
  { timeout: 120_000 },
  async () => {
    const pair = await started('fr-dials');
    const { fr, ma } = pair;
    assert.equal(fr.proxy.connections(), 0);
    await Promise.all([fr.say(1500), ma.say(1500)]);
    const officer = { ...(await enrol(ma, 'o-ma')), function: 'duty-officer' };
    const urgent = await say(officer, request);
    ma.noteSaid(
      'urgent',
      urgent.map(({ act }) => act),
    );
    ma.proxy.cutAll();
    assert.deepEqual(await pair.compare(), []);
    ma.proxy.goDown();
    await Promise.all([fr.say(20), ma.say(20)]);
    ma.proxy.heal();
    assert.deepEqual(await pair.compare(), []);
    assert.equal(fr.proxy.connections(), 0, 'nobody dialled it');
    assert.deepEqual([fr.defects, ma.defects], [[], []]);
  },
);

test('two stations that only reach one folder come level by it', { timeout: 120_000 }, async () => {
  const pair = await started('dead-drop');
  const { fr, ma } = pair;
  await Promise.all([fr.say(300), ma.say(200)]);
  // Nobody rings when something was left: each visit is asked for here, as the minute's round would.
  await waitUntil('both are level by the folder', 50_000, async () => {
    await Promise.all([fr.stop(), ma.stop()]);
    await Promise.all([fr.start(), ma.start()]);
    return pair.compare(700).then(
      () => true,
      () => false,
    );
  });
  assert.deepEqual(await pair.compare(), []);
  assert.equal(fr.proxy.connections() + ma.proxy.connections(), 0);
  assert.deepEqual([fr.defects, ma.defects], [[], []]);
});

test(
  'a counterpart that comes back and dials is sent at once what waited: no back-off is sat out',
  { timeout: 120_000 },
  async () => {
    const pair = await started('both-dial');
    const { fr, ma } = pair;
    await ma.stop();
    await fr.say(1);
    // Ten failures in a row: the next attempt is up to a minute away.
    await waitUntil('the link has failed again and again', 90_000, async () => {
      await tellRelease(fr.parts.database, 1);
      const link = fr.link();
      return link?.kind === 'down' && link.failures >= 10;
    });
    await ma.start();
    assert.deepEqual(await pair.compare(20_000), []);
  },
);
