import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type LogSize, Refusal, type RefusalCode } from '@entente/protocol';
import { type CarriedIn, carryIn } from '../../packages/station/src/exchange/carry-in.ts';
import { carryOut } from '../../packages/station/src/exchange/carry-out.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { exercise } from '../support/exercise.fixtures.ts';
import { type Opened, type ThreeParties, threeParties } from './three-parties.fixtures.ts';

let three: ThreeParties;
before(async () => (three = await threeParties()), { timeout: 120_000 });
after(() => three.close());
const limit = { timeout: 40_000 };
let sticks = 0;

test('a stick that comes late is refused until the one before it has come, and then both hold', limit, async () => {
  const { fr, ma } = three;
  await exercise(speaking(fr, 'fr-ma'), 900);
  const first = await stickOf(fr, 'fr-ma', 0);
  await exercise(speaking(fr, 'fr-ma'), 30);
  const second = await stickOf(fr, 'fr-ma', 900);
  await refused(takeIn(ma, 'fr-ma', second), ['gap']);
  assert.equal((await takeIn(ma, 'fr-ma', first)).fresh, 900);
  assert.equal((await takeIn(ma, 'fr-ma', second)).fresh, 30);
});

test('a stick that comes twice changes nothing the second time', limit, async () => {
  const { fr, ma } = three;
  const all = await stickOf(fr, 'fr-ma', 0);
  const again = await takeIn(ma, 'fr-ma', all);
  assert.deepEqual([again.fresh, again.have], [0, 930]);
});

test('a stick for another party opens for nobody else, nor under another relation', limit, async () => {
  const { fr, ma, es } = three;
  await exercise(speaking(fr, 'fr-es'), 3);
  const forEs = await stickOf(fr, 'fr-es', 0);
  await refused(takeIn(ma, 'fr-ma', forEs), ['seal-unopenable']);
  await refused(takeIn(es, 'fr-es', await stickOf(fr, 'fr-ma', 0)), ['seal-unopenable']);
  // Its own stick brought back to who wrote it.
  await refused(takeIn(fr, 'fr-es', forEs), ['seal-unopenable']);
  assert.equal((await takeIn(es, 'fr-es', forEs)).fresh, 3);
});

test(
  'one byte changed anywhere on a stick is refused, and what is taken in stays what was signed',
  { timeout: 55_000 },
  async () => {
    const { fr, ma } = three;
    await exercise(speaking(fr, 'fr-ma'), 200);
    const good = await stickOf(fr, 'fr-ma', 930);
    const step = Math.max(1, Math.floor(good.length / 40));
    for (let at = 7; at < good.length; at += step) {
      const changed = Buffer.from(good);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await refused(takeIn(ma, 'fr-ma', changed), undefined, `byte ${at}`);
    }
    for (const length of [0, 100, good.length >> 1, good.length - 1]) {
      await refused(takeIn(ma, 'fr-ma', good.subarray(0, length)), undefined, `${length} bytes`);
    }
    await takeIn(ma, 'fr-ma', good);
    await takeIn(fr, 'fr-ma', await stickOf(ma, 'fr-ma', 0));
    const [atFr, atMa] = await Promise.all(
      [fr, ma].map((one) => readChannel(one.parts.database, one.relation('fr-ma').number, fr.relation('fr-ma').own)),
    );
    assert.equal(atFr?.size, atMa?.size);
    assert.deepEqual(atFr?.root, atMa?.root);
  },
);

const speaking = ({ parts, relation }: Opened, name: string) => ({ parts, relation: relation(name) });

async function stickOf({ parts, relation, custody }: Opened, name: string, from: number): Promise<Buffer> {
  const file = join(three.folder, `stick-${++sticks}`);
  await carryOut({ parts, relation: relation(name), custody, from: from as LogSize, file, onProgress: () => {} });
  return readFile(file);
}

async function takeIn(opened: Opened, name: string, bytes: Uint8Array): Promise<CarriedIn> {
  const { parts, custody } = opened;
  const source = (async function* () {
    for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
  })();
  return carryIn({
    parts,
    relation: opened.relation(name),
    custody,
    identity: await opened.offlineIdentity(name),
    source,
  });
}

async function refused(taking: Promise<unknown>, codes: readonly RefusalCode[] | undefined, what = ''): Promise<void> {
  await assert.rejects(taking, (error) => {
    assert.ok(error instanceof Refusal, `${what}: ${String(error)}`);
    if (codes !== undefined) assert.ok(codes.includes(error.code), error.code);
    return true;
  });
}
