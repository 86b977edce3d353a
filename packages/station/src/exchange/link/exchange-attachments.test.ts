import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '@entente/protocol';
import fc from 'fast-check';
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
import { type AttachmentSizes, eraseAttachmentsOf, unsentAttachments } from '../../store/attachments.ts';
import { attachmentHandlers } from './attachment-handlers.ts';
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy.fixtures.ts';
import { type AttachmentExchange, exchangeAttachments } from './exchange-attachments.ts';
import { PeerClient } from './peer-client.ts';
import { counterpart, handlersNoting, identityOf, serverFor } from './peer-server.fixtures.ts';
import type { PeerServer } from './peer-server.ts';

const most = 100 * 1024 * 1024;
const [frIdentity, maIdentity] = [await identityOf('fr', 1), await identityOf('ma', 2)];
let ground: Ground;
let fr: Keeping;
let ma: Keeping;
let door: PeerServer;
let road: CuttingProxy;

// MA has a door; FR only dials out, over a road that breaks.
before(async () => {
  ground = await makeGround();
  [fr, ma] = await Promise.all([makeKeeping(ground, 'fr'), makeKeeping(ground, 'ma')]);
  const attachments = attachmentHandlers(ma.custody, new AttachmentReception(ma.custody), 1);
  door = await serverFor(maIdentity, [[frIdentity, counterpart('fr-ma', handlersNoting([], { attachments }))]]);
  road = await startCuttingProxy({ host: '127.0.0.1', port: door.port });
});
after(async () => {
  await road.stop();
  await door.stop();
  await Promise.all([fr.close(), ma.close()]);
  await ground.remove();
});

async function withExchange<Result>(
  verb: (exchange: AttachmentExchange) => Promise<Result>,
  given: Partial<AttachmentExchange> = {},
): Promise<Result> {
  const client = new PeerClient({
    address: `https://127.0.0.1:${road.port}`,
    identity: frIdentity,
    counterpart: maIdentity.pin,
  });
  try {
    return await verb({
      custody: fr.custody,
      reception: new AttachmentReception(fr.custody),
      relation: 1,
      client,
      direction: 'send-and-fetch',
      letUrgentPass: () => Promise.resolve(),
      ...given,
    });
  } finally {
    await client.close();
  }
}

/** Tries again after each cut, as the link does; the road is whole from the `healed`-th attempt on. Returns the attempts. */
async function untilThrough(healed: number): Promise<number> {
  for (let attempts = 1; ; attempts++) {
    if (attempts === healed) road.heal();
    try {
      await withExchange(exchangeAttachments);
      return attempts;
    } catch (error) {
      assert.ok(error instanceof Refusal && /^(link-down|quota-exceeded)$/.test(error.code), String(error));
      if (error.code === 'quota-exceeded') await sleep(20);
    }
  }
}

async function announced(from: Keeping, to: Keeping, plaintext: Uint8Array): Promise<AttachmentSizes> {
  const file = await storeAttachment(from.custody, 1, to.sealing.recipient, piecesOf(plaintext), most);
  await announce(from, true, file);
  await announce(to, false, file);
  return file;
}

async function opened(by: Keeping, { sealedSha256 }: AttachmentSizes): Promise<Buffer> {
  return gather((await openAttachment(by.custody, { relation: 1, own: false, sealedSha256 })).bytes);
}

test('a station that only dials out sends its files and fetches those of the other', async () => {
  const [mine, theirs] = [randomBytes(10_000_000), randomBytes(9_000_000)];
  const sent = await announced(fr, ma, mine);
  const fetched = await announced(ma, fr, theirs);
  const pass = await withExchange(exchangeAttachments);
  assert.deepEqual(pass, { sent: [sent.sealedSha256], received: [fetched.sealedSha256], refused: [] });
  assert.ok((await opened(ma, sent)).equals(mine));
  assert.ok((await opened(fr, fetched)).equals(theirs));
  assert.deepEqual(await withExchange(exchangeAttachments), { sent: [], received: [], refused: [] });
});

test('a road cut after any byte, either way, again and again, delays a file and never changes it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(700_000), fc.nat(700_000)), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (cuts, sending) => {
        const plaintext = randomBytes(500_000);
        const file = sending ? await announced(fr, ma, plaintext) : await announced(ma, fr, plaintext);
        const first = road.connections();
        road.suffer((connection) => {
          const [up, down] = cuts[connection - first] ?? [];
          return {
            ...(up === undefined ? {} : { up: { cutAfter: up } }),
            ...(down === undefined ? {} : { down: { cutAfter: down } }),
          };
        });
        await untilThrough(cuts.length + 2);
        assert.ok((await opened(sending ? ma : fr, file)).equals(plaintext));
      },
    ),
    { numRuns: 25 },
  );
});

test('a cut costs only what was on its way: the next attempt begins where the last one ended', async () => {
  const plaintext = randomBytes(3_000_000);
  await announced(fr, ma, plaintext);
  road.suffer(() => ({ up: { cutAfter: 2_000_000, bytesPerSecond: 10e6 } }));
  await assert.rejects(withExchange(exchangeAttachments), Refusal);
  road.heal();
  await sleep(100);
  const asked: number[] = [];
  await withExchange(({ client, ...exchange }) =>
    exchangeAttachments({
      ...exchange,
      client: {
        readOffset: async (sealed) => {
          const offset = await client.readOffset(sealed);
          asked.push(offset.have);
          return offset;
        },
        sendPiece: (...piece) => client.sendPiece(...piece),
        fetchPiece: (...piece) => client.fetchPiece(...piece),
      },
    }),
  );
  assert.ok(
    asked.some((have) => have > 1_000_000 && have < 2_000_000),
    String(asked),
  );
});

test('a byte changed or repeated on the road breaks the connection, and the file still comes as it was', async () => {
  for (const fault of [{ corruptAt: 300_000 }, { duplicate: { at: 300_000, length: 5000 } }]) {
    const plaintext = randomBytes(500_000);
    const file = await announced(fr, ma, plaintext);
    road.suffer(() => ({ up: fault }));
    assert.ok((await untilThrough(2)) >= 2);
    assert.ok((await opened(ma, file)).equals(plaintext));
  }
});

test('something urgent passes before each piece', async () => {
  const file = await announced(fr, ma, randomBytes(10_000_000));
  let pieces = 0;
  await withExchange(exchangeAttachments, {
    letUrgentPass: async () => {
      pieces += 1;
    },
  });
  assert.equal(pieces, Math.ceil(file.sealedSize / (4 * 1024 * 1024)));
});

test('a file the counterpart does not know of, or has erased, holds up no other', async () => {
  const unknown = await storeAttachment(fr.custody, 1, ma.sealing.recipient, piecesOf(randomBytes(10)), most);
  await announce(fr, true, unknown);
  const erased = await storeAttachment(fr.custody, 1, ma.sealing.recipient, piecesOf(randomBytes(10)), most);
  await announce(fr, true, erased);
  await eraseAttachmentsOf(ma.custody.database, 1, await announce(ma, false, erased));
  const good = await announced(fr, ma, randomBytes(10));
  const pass = await withExchange(exchangeAttachments);
  assert.deepEqual(pass.sent, [good.sealedSha256]);
  assert.deepEqual(
    new Map(pass.refused.map(({ sealed, code }) => [sealed, code])),
    new Map([
      [unknown.sealedSha256, 'attachment-unknown'],
      [erased.sealedSha256, 'body-erased'],
    ]),
  );
  await announce(ma, false, unknown);
  assert.deepEqual((await withExchange(exchangeAttachments)).sent, [unknown.sealedSha256]);
  assert.equal((await unsentAttachments(fr.custody.database, 1)).length, 1);
});

test('a counterpart that takes bytes and never has more is not fed for ever', async () => {
  const file = await announced(fr, ma, randomBytes(100_000));
  const pass = await withExchange(({ client, ...exchange }) =>
    exchangeAttachments({
      ...exchange,
      client: {
        readOffset: () => Promise.resolve({ have: 0, size: file.sealedSize }),
        sendPiece: () => Promise.resolve({ have: 0, size: file.sealedSize }),
        fetchPiece: (...piece) => client.fetchPiece(...piece),
      },
    }),
  );
  assert.ok(pass.refused.some(({ sealed, code }) => sealed === file.sealedSha256 && code === 'gap'));
});
