import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { openAttachment } from '../../packages/station/src/custody/attachments/open-attachment.ts';
import { storeAttachment } from '../../packages/station/src/custody/attachments/store-attachment.ts';
import { prepareActs } from '../../packages/station/src/release/prepare-acts.ts';
import { releaseParcel } from '../../packages/station/src/release/release-parcel.ts';
import { readAttachment } from '../../packages/station/src/store/attachments.ts';
import { seenWhenAnswered } from '../../tools/torture/compare.ts';
import { threat } from '../../tools/torture/speaker.ts';
import { waitUntil } from '../../tools/torture/wait-until.ts';
import { authorise, enrol, request, say, wantedAct } from '../support/officers.fixtures.ts';
import { type Pair, runningPair } from './running-pair.fixtures.ts';

// npm run torture has ten times as many acts waiting.
const bulk = 5000;
const fileSize = 24 * 1024 * 1024;
let pair: Pair;
before(async () => (pair = await runningPair({ road: 'both-dial' })));
after(() => pair.close());

test(
  'a threat to life passes five thousand acts and a large file that wait on a cut link; the rest comes in order',
  { timeout: 120_000 },
  async () => {
    const { fr, ma } = pair;
    const officer = { ...(await enrol(fr, 'o-fr')), function: 'duty-officer' };
    const bytes = randomBytes(fileSize);
    const file = await storeAttachment(fr.custody, 1, fr.relation.sealTo(), onceOf(bytes), fileSize);
    const lead = wantedAct(request);
    const named = { name: 'film.bin', mediaType: 'application/octet-stream', size: file.size, sha256: file.sha256 };
    const withFile = { ...lead, content: { ...lead.content, attachments: [named] } };
    const author = { officer: 1, function: 'duty-officer', pseudonym: 'o-fr' };
    const prepared = await prepareActs(fr.parts, fr.relation, author, [withFile]);
    await authorise([officer], prepared);
    fr.noteSaid(
      'with a file',
      prepared.map(({ act }) => act),
    );
    // Positions are given, but nothing has left: the threat stands behind all of them in the channel.
    await fr.say(bulk);
    while ((await releaseParcel(fr.parts, fr.relation)) !== undefined);
    await fr.say(1000);
    for (const { proxy } of [fr, ma]) proxy.suffer(() => ({ up: { bytesPerSecond: 3_000_000 } }));
    const [threatening] = await say(officer, threat);
    assert.ok(threatening !== undefined);
    fr.noteSaid('threat', [threatening.act]);
    await Promise.all([fr.start(), ma.start()]);
    assert.deepEqual(await pair.compare(45_000), []);
    const seen = await seenWhenAnswered(fr.parts.database, threatening.act);
    assert.ok(seen !== undefined, 'the threat was answered by act');
    assert.ok(seen < bulk, `answered when ${seen} of our entries had come`);
    const key = { relation: 1, own: false, sealedSha256: file.sealedSha256 };
    await waitUntil(
      'the file is whole',
      40_000,
      async () => (await readAttachment(ma.parts.database, key))?.state === 'present',
    );
    const hash = createHash('sha256');
    for await (const piece of (await openAttachment({ ...ma.custody }, key)).bytes) hash.update(piece);
    assert.equal(hash.digest('hex'), file.sha256);
    assert.deepEqual([fr.defects, ma.defects], [[], []]);
  },
);

async function* onceOf(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += 1 << 20) yield bytes.subarray(at, at + (1 << 20));
}
