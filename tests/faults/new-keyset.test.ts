import assert from 'node:assert/strict';
import { connect } from 'node:tls';
import { after, test } from 'node:test';
import { pinOf } from '../../packages/station/src/adapters/tls-certificate.ts';
import { tellRelease } from '../../packages/station/src/exchange/wake.ts';
import { waitUntil } from '../../tools/torture/wait-until.ts';
import { putInForce, takeInByHand } from '../support/new-keyset.fixtures.ts';
import { type Pair, type PairTerms, runningPair } from './running-pair.fixtures.ts';

const open: Pair[] = [];
after(async () => {
  await Promise.all(open.map((pair) => pair.close()));
});

async function started(road: PairTerms['road']): Promise<Pair> {
  const pair = await runningPair({ road });
  open.push(pair);
  await Promise.all([pair.fr.start(), pair.ma.start()]);
  return pair;
}

/** What a station shows to who asks for nothing. */
function shownAt(port: number): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      const certificate = socket.getPeerX509Certificate();
      resolve(certificate && pinOf(certificate)?.certificate);
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

test(
  'a new keyset of one side reaches both running stations, and they speak under it without a restart',
  { timeout: 120_000 },
  async () => {
    const pair = await started('both-dial');
    const { fr, ma } = pair;
    await Promise.all([fr.say(20), ma.say(20)]);
    assert.deepEqual(await pair.compare(), []);
    const { tls } = fr.spare.keyset.keys;
    const before = await shownAt(fr.proxy.port);
    fr.noteSaid('keyset', [await putInForce(fr)]);
    await waitUntil('the counterpart pins the new key', 20_000, () => pinned(ma) === tls.certificate);
    const shown = await shownAt(fr.proxy.port);
    assert.equal(shown, tls.certificate, 'the port shows the new certificate');
    assert.notEqual(shown, before);
    // No connection of before is left to go on with.
    fr.proxy.cutAll();
    ma.proxy.cutAll();
    await Promise.all([fr.say(20), ma.say(20)]);
    assert.deepEqual(await pair.compare(), []);
    assert.deepEqual([fr.defects, ma.defects], [[], []]);
  },
);

test(
  'a station that is only dialled gives its keyset to who fetches, which knows it by its old key until then',
  { timeout: 120_000 },
  async () => {
    const pair = await started('fr-dials');
    const { fr, ma } = pair;
    await Promise.all([fr.say(20), ma.say(20)]);
    assert.deepEqual(await pair.compare(), []);
    ma.noteSaid('keyset', [await putInForce(ma)]);
    const { tls } = ma.spare.keyset.keys;
    await waitUntil('the counterpart pins the new key', 40_000, () => pinned(fr) === tls.certificate);
    assert.equal(await shownAt(ma.proxy.port), tls.certificate);
    ma.proxy.cutAll();
    await Promise.all([fr.say(20), ma.say(20)]);
    assert.deepEqual(await pair.compare(), []);
    assert.deepEqual([fr.defects, ma.defects], [[], []]);
  },
);

test(
  'a new keyset of each side reaches the other by the folder they share, running',
  { timeout: 120_000 },
  async () => {
    const pair = await started('dead-drop');
    const { fr, ma } = pair;
    await Promise.all([fr.say(20), ma.say(20)]);
    // Nobody rings when something was left: each visit is asked for here, as the round of every twenty seconds would.
    const visit = (): Promise<unknown> => Promise.all([fr, ma].map(({ parts }) => tellRelease(parts.database, 1)));
    const arrive = (what: string, has: () => Promise<boolean> | boolean): Promise<unknown> =>
      waitUntil(what, 60_000, async () => (await visit(), has()));
    const isLevel = (): Promise<boolean> =>
      pair.compare(700).then(
        () => true,
        () => false,
      );
    await arrive('both are level', isLevel);
    fr.noteSaid('keyset', [await putInForce(fr)]);
    ma.noteSaid('keyset', [await putInForce(ma)]);
    await arrive('each pins the new key of the other', () =>
      [fr, ma].every((one) => pinned(one) === (one === fr ? ma : fr).spare.keyset.keys.tls.certificate),
    );
    await Promise.all([fr.say(20), ma.say(20)]);
    await arrive('both are level under the new keys', isLevel);
    assert.deepEqual(await pair.compare(), []);
    assert.deepEqual([fr.defects, ma.defects], [[], []]);
  },
);

test('a keyset that went by hand while the link was cut is spoken under by both', { timeout: 120_000 }, async () => {
  const pair = await started('both-dial');
  const { fr, ma } = pair;
  fr.proxy.goDown();
  ma.proxy.goDown();
  ma.noteSaid('keyset', [await putInForce(ma)]);
  await takeInByHand(fr, ma.spare.signed);
  const { tls } = ma.spare.keyset.keys;
  await waitUntil('the counterpart pins the new key', 20_000, () => pinned(fr) === tls.certificate);
  fr.proxy.heal();
  ma.proxy.heal();
  await Promise.all([fr.say(20), ma.say(20)]);
  assert.deepEqual(await pair.compare(), []);
});

function pinned({ relation }: Pair['fr']): string {
  return relation.theirKeyset.keys.tls.certificate;
}
