import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Instant, type LogSize, Refusal, type Sha256Hex } from '@entente/protocol';
import fc from 'fast-check';
import { deadDropFolder } from '../../adapters/dead-drop-folder.ts';
import { nodeCrypto } from '../../adapters/node-crypto.ts';
import {
  announce,
  gather,
  type Ground,
  type Keeping,
  makeGround,
  makeKeeping,
  piecesOf,
} from '../../custody/attachments/attachment-custody.fixtures.ts';
import { openAttachment } from '../../custody/attachments/open-attachment.ts';
import { AttachmentReception } from '../../custody/attachments/receive-attachment.ts';
import { storeAttachment } from '../../custody/attachments/store-attachment.ts';
import { keepDelivered } from '../../store/attachments.ts';
import { dropDirection, noticesName, readDropName, writeDropName } from './drop-name.ts';
import { type DropRoad, exchangeByDrop } from './exchange-by-drop.ts';

const accord = 'a'.repeat(64) as Sha256Hex;
const [frMa, maFr] = ['fr/ma/1', 'ma/fr/1'].map((origin) => dropDirection(nodeCrypto, accord, origin)) as [
  string,
  string,
];
const perParcel = 3;
let ground: Ground;
let folder: string;
let fr: Keeping;
let ma: Keeping;

before(async () => {
  ground = await makeGround();
  folder = join(ground.folder, 'drop');
  await mkdir(folder);
  [fr, ma] = await Promise.all([makeKeeping(ground, 'fr'), makeKeeping(ground, 'ma')]);
});
after(async () => {
  await Promise.all([fr.close(), ma.close()]);
  await ground.remove();
});

/** A station's two channels as plain numbers: acts of its own, acts of theirs held, acts of its own receipted. */
interface Side {
  own: number;
  held: number;
  receipted: number;
}

/** A parcel here says where it begins and ends, and how much its sender holds of the reader's channel: the receipt. */
function roadOf(side: Side, keeping: Keeping, out: string, incoming: string): DropRoad {
  return {
    drop: deadDropFolder(folder),
    directions: { out, in: incoming },
    held: () => Promise.resolve(side.held as LogSize),
    receipted: () => Promise.resolve(side.receipted as LogSize),
    makeParcel: (from) => {
      const end = Math.min(side.own, from + perParcel) as LogSize;
      const sealed = new TextEncoder().encode(`${from} ${end} ${side.held}`);
      return Promise.resolve(end > from ? { end, sealed } : undefined);
    },
    acceptParcel: async (sealed) => {
      const [from, end, receipt] = Buffer.from(sealed).toString().split(' ').map(Number);
      if (from === undefined || end === undefined || receipt === undefined || from > side.held) {
        throw new Refusal('parcel-malformed');
      }
      side.held = Math.max(side.held, end);
      side.receipted = Math.max(side.receipted, receipt);
    },
    custody: keeping.custody,
    reception: new AttachmentReception(keeping.custody),
    relation: 1,
  };
}

const parcelsThere = async (): Promise<readonly string[]> =>
  (await readdir(folder)).filter((name) => name.includes('.parcel'));

test('two stations that are never up at once exchange everything, in order, and clear up after themselves', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), fc.nat(8)), { maxLength: 12 }), async (visits) => {
      const [one, other]: [Side, Side] = [
        { own: 0, held: 0, receipted: 0 },
        { own: 0, held: 0, receipted: 0 },
      ];
      const [there, back] = [roadOf(one, fr, frMa, maFr), roadOf(other, ma, maFr, frMa)];
      for (const [first, acts] of visits) {
        (first ? one : other).own += acts;
        assert.deepEqual((await exchangeByDrop(first ? there : back)).refused, []);
      }
      // One act each, to carry the last receipts: as a station's `heads` act does.
      for (const road of [there, back, there, back]) {
        if (road === there) one.own += 1;
        else other.own += 1;
        await exchangeByDrop(road);
      }
      await exchangeByDrop(there);
      assert.equal(one.held, other.own);
      other.receipted = one.held;
      one.receipted = other.held = one.own;
      await exchangeByDrop(there);
      await exchangeByDrop(back);
      assert.deepEqual(await parcelsThere(), []);
    }),
    { numRuns: 30 },
  );
});

test('a file left in the drop by somebody else is refused, again and again, and holds up nothing', async () => {
  const [one, other]: [Side, Side] = [
    { own: 2, held: 0, receipted: 0 },
    { own: 0, held: 0, receipted: 0 },
  ];
  const forged = writeDropName({ kind: 'parcel', direction: frMa, from: 0 as LogSize, to: 9 as LogSize });
  await writeFile(join(folder, forged), 'forged');
  await writeFile(join(folder, `${frMa}-x`), 'not a name');
  const put = deadDropFolder(folder);
  await put.put(`${frMa}-0-2.parcel.age`, { size: 5, read: () => piecesOf(new TextEncoder().encode('0 2 0')) });
  const { taken, refused } = await exchangeByDrop(roadOf(other, ma, maFr, frMa));
  assert.deepEqual([taken, refused, other.held], [1, [{ name: forged, code: 'parcel-malformed' }], 2]);
  one.receipted = 9;
  await exchangeByDrop(roadOf(one, fr, frMa, maFr));
  assert.deepEqual(await parcelsThere(), []);
});

test('attachments lie in the drop until they are receipted', async () => {
  const [one, other]: [Side, Side] = [
    { own: 0, held: 0, receipted: 0 },
    { own: 0, held: 0, receipted: 0 },
  ];
  const plaintext = randomBytes(300_000);
  const file = await storeAttachment(fr.custody, 1, ma.sealing.recipient, piecesOf(plaintext), 1_000_000);
  await announce(fr, true, file);
  const [there, back] = [roadOf(one, fr, frMa, maFr), roadOf(other, ma, maFr, frMa)];
  assert.equal((await exchangeByDrop(there)).left, 1);
  assert.equal((await exchangeByDrop(there)).left, 0);
  assert.equal((await exchangeByDrop(back)).taken, 0);
  await announce(ma, false, file);
  assert.equal((await exchangeByDrop(back)).taken, 1);
  const key = { relation: 1, own: false, sealedSha256: file.sealedSha256 };
  assert.ok((await gather((await openAttachment(ma.custody, key)).bytes)).equals(plaintext));
  await keepDelivered(fr.custody.database, key, 2 as Instant);
  await exchangeByDrop(there);
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith('.attachment.age')),
    [],
  );
});

test('a name in a drop has one spelling and tells a stranger nothing', () => {
  assert.notEqual(frMa, maFr);
  assert.notEqual(frMa, dropDirection(nodeCrypto, 'b'.repeat(64) as Sha256Hex, 'fr/ma/1'));
  // The examples of docs/protocol.md §15.2.
  const example = (origin: string): string => dropDirection(nodeCrypto, '9f'.repeat(32) as Sha256Hex, origin);
  assert.equal(example('fr/ma/1'), '1322850b399030c47947ed8ed51e25e3');
  assert.equal(noticesName(example('fr/ma')), '6ef9c69f1452f7d7ae84175fff276777.notices.age');
  for (const text of [`${frMa}-0-7.parcel.age`, `${frMa}-${accord}.attachment.age`]) {
    const name = readDropName(text);
    assert.equal(name && writeDropName(name), text);
  }
  for (const text of [
    `${frMa}-07-9.parcel.age`,
    `${frMa}-9-9.parcel.age`,
    `${frMa}-0-7.parcel.age.x`,
    'fr-0-7.parcel.age',
    '',
  ]) {
    assert.equal(readDropName(text), undefined, text);
  }
});
