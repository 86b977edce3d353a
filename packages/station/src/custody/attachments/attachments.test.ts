import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type ActId, type Instant, Refusal, type Sha256Hex } from '@entente/protocol';
import { openSealed } from '@entente/wire';
import fc from 'fast-check';
import {
  type AttachmentSizes,
  attachmentStates,
  awaitedAttachments,
  eraseAttachmentsOf,
  keepDelivered,
  nameAttachments,
  unsentAttachments,
} from '../../store/attachments.ts';
import { blobName, partPath } from './attachment-custody.ts';
import {
  announce,
  gather,
  type Ground,
  type Keeping,
  makeGround,
  makeKeeping,
  piecesOf,
} from './attachment-custody.fixtures.ts';
import { removeErased } from './erase-attachments.ts';
import { openAttachment, presentAttachment } from './open-attachment.ts';
import { AttachmentReception } from './receive-attachment.ts';
import { storeAttachment } from './store-attachment.ts';

const most = 100 * 1024 * 1024;
let ground: Ground;
let fr: Keeping;
let ma: Keeping;

before(async () => {
  ground = await makeGround();
  [fr, ma] = await Promise.all([makeKeeping(ground, 'fr'), makeKeeping(ground, 'ma')]);
});
after(async () => {
  await Promise.all([fr.close(), ma.close()]);
  await ground.remove();
});

async function sealedByFr(plaintext: Uint8Array): Promise<{ file: AttachmentSizes; sealed: Buffer }> {
  const file = await storeAttachment(fr.custody, 1, ma.sealing.recipient, piecesOf(plaintext), most);
  const { file: source } = await presentAttachment(fr.custody, ownKey(file));
  return { file, sealed: await gather(source.read(0, source.size)) };
}

const ownKey = ({ sealedSha256 }: AttachmentSizes, relation = 1) => ({ relation, own: true, sealedSha256 });
const theirKey = ({ sealedSha256 }: AttachmentSizes, relation = 1) => ({ relation, own: false, sealedSha256 });

function refusedWith(code: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof Refusal, String(error));
    assert.equal(error.code, code);
    return true;
  };
}

test('a file is sealed for the counterpart and the house, with both hashes and both sizes from one pass', async () => {
  const plaintext = randomBytes(200_001);
  const { file, sealed } = await sealedByFr(plaintext);
  assert.equal(file.size, plaintext.length);
  assert.equal(file.sha256, createHash('sha256').update(plaintext).digest('hex'));
  assert.equal(file.sealedSize, sealed.length);
  assert.equal(file.sealedSha256, createHash('sha256').update(sealed).digest('hex'));
  const opened = await openSealed(fr.custody.crypto, ma.sealing.identity, sealed, most);
  assert.deepEqual(Buffer.from(opened), plaintext);
  assert.deepEqual(await gather((await openAttachment(fr.custody, ownKey(file))).bytes), plaintext);
  assert.deepEqual(await readdir(fr.custody.parts), []);
});

test('a file longer than allowed is refused and leaves nothing behind', async () => {
  await assert.rejects(
    storeAttachment(fr.custody, 1, ma.sealing.recipient, piecesOf(randomBytes(300_000)), 100_000),
    refusedWith('too-large'),
  );
  assert.deepEqual(await readdir(fr.custody.parts), []);
});

test('any range of an attachment opens by itself', async () => {
  const plaintext = randomBytes(200_000);
  const { file } = await sealedByFr(plaintext);
  await fc.assert(
    fc.asyncProperty(fc.nat(210_000), fc.nat(210_000), async (one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const { size, bytes } = await openAttachment(fr.custody, ownKey(file), { from, to });
      assert.equal(size, plaintext.length);
      assert.ok((await gather(bytes)).equals(plaintext.subarray(from, to)));
    }),
    { numRuns: 40 },
  );
});

test('a file arrives in pieces of any size, over restarts, and is present only when whole and right', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(150_000),
      fc.array(fc.integer({ min: 1, max: 90_000 }), { maxLength: 12 }),
      async (length, sizes) => {
        const plaintext = randomBytes(length);
        const { file, sealed } = await sealedByFr(plaintext);
        const act = await announce(ma, false, file);
        let have = 0;
        for (const size of [...sizes, sealed.length]) {
          // A new process each time: nothing but the part on disk is remembered.
          const reception = new AttachmentReception(ma.custody);
          assert.deepEqual(await reception.readOffset(theirKey(file)), { have, size: sealed.length });
          if (have === sealed.length) break;
          assert.deepEqual([...(await attachmentStates(ma.custody.database, 1, act)).values()], ['awaited']);
          await assert.rejects(openAttachment(ma.custody, theirKey(file)), refusedWith('attachment-awaited'));
          const piece = sealed.subarray(have, have + size);
          ({ have } = await reception.append(theirKey(file), have, piecesOf(piece, 7000)));
        }
        assert.deepEqual([...(await attachmentStates(ma.custody.database, 1, act)).values()], ['present']);
        assert.ok((await gather((await openAttachment(ma.custody, theirKey(file))).bytes)).equals(plaintext));
      },
    ),
    { numRuns: 12 },
  );
});

test('a received file opens after the sealing key it came under is destroyed', async () => {
  const plaintext = randomBytes(70_000);
  const { file, sealed } = await sealedByFr(plaintext);
  await announce(ma, false, file);
  await new AttachmentReception(ma.custody).append(theirKey(file), 0, piecesOf(sealed));
  const custody = { ...ma.custody, openWithSealingKey: () => assert.fail('the sealing key is not asked for') };
  assert.deepEqual(await gather((await openAttachment(custody, theirKey(file))).bytes), plaintext);
});

test('what was cut in the middle of a piece keeps the bytes before the cut', async () => {
  const { file, sealed } = await sealedByFr(randomBytes(100_000));
  await announce(ma, false, file);
  const reception = new AttachmentReception(ma.custody);
  async function* cut(): AsyncGenerator<Uint8Array, void, undefined> {
    yield sealed.subarray(0, 12_345);
    throw new Error('connection reset');
  }
  await assert.rejects(reception.append(theirKey(file), 0, cut()), /connection reset/);
  assert.equal((await reception.readOffset(theirKey(file))).have, 12_345);
  await reception.append(theirKey(file), 12_345, piecesOf(sealed.subarray(12_345)));
  await presentAttachment(ma.custody, theirKey(file));
});

test('one changed byte anywhere makes the file start again; it never counts as present', async () => {
  const { file, sealed } = await sealedByFr(randomBytes(100_000));
  const act = await announce(ma, false, file);
  const reception = new AttachmentReception(ma.custody);
  await fc.assert(
    fc.asyncProperty(fc.nat(sealed.length - 1), async (at) => {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await assert.rejects(reception.append(theirKey(file), 0, piecesOf(changed)), refusedWith('hash-mismatch'));
      assert.equal((await reception.readOffset(theirKey(file))).have, 0);
      assert.deepEqual([...(await attachmentStates(ma.custody.database, 1, act)).values()], ['awaited']);
    }),
    { numRuns: 8 },
  );
});

test('not one byte beyond the announced size is kept', async () => {
  const { file, sealed } = await sealedByFr(randomBytes(10));
  await announce(ma, false, file);
  const reception = new AttachmentReception(ma.custody);
  async function* endless(): AsyncGenerator<Uint8Array, void, undefined> {
    yield sealed.subarray(0, 100);
    for (;;) yield new Uint8Array(65_536);
  }
  await assert.rejects(reception.append(theirKey(file), 0, endless()), refusedWith('too-large'));
  assert.ok((await reception.readOffset(theirKey(file))).have <= file.sealedSize);
});

test('a file no act announced, another relation, a wrong offset and two senders at once are refused', async () => {
  const { file, sealed } = await sealedByFr(randomBytes(10));
  const reception = new AttachmentReception(ma.custody);
  await assert.rejects(reception.append(theirKey(file), 0, piecesOf(sealed)), refusedWith('attachment-unknown'));
  await announce(ma, false, file);
  await assert.rejects(reception.append(theirKey(file, 2), 0, piecesOf(sealed)), refusedWith('attachment-unknown'));
  await assert.rejects(reception.append(theirKey(file), 1, piecesOf(sealed)), refusedWith('gap'));
  async function* slow(): AsyncGenerator<Uint8Array, void, undefined> {
    await assert.rejects(reception.append(theirKey(file), 0, piecesOf(sealed)), refusedWith('quota-exceeded'));
    yield sealed;
  }
  await reception.append(theirKey(file), 0, slow());
  await presentAttachment(ma.custody, theirKey(file));
});

test('a crash after the last byte and before the file counts is made good when anybody asks', async () => {
  const plaintext = randomBytes(1000);
  const { file, sealed } = await sealedByFr(plaintext);
  await announce(ma, false, file);
  await writeFile(partPath(ma.custody.parts, theirKey(file)), sealed);
  const reception = new AttachmentReception(ma.custody);
  assert.deepEqual(await reception.readOffset(theirKey(file)), { have: sealed.length, size: sealed.length });
  assert.deepEqual(await gather((await openAttachment(ma.custody, theirKey(file))).bytes), plaintext);
});

test('a file sealed to somebody else is refused, whatever its hash', async () => {
  const file = await storeAttachment(fr.custody, 1, fr.sealing.recipient, piecesOf(randomBytes(10)), most);
  const { file: source } = await presentAttachment(fr.custody, ownKey(file));
  await announce(ma, false, file);
  await assert.rejects(
    new AttachmentReception(ma.custody).append(theirKey(file), 0, source.read(0, source.size)),
    refusedWith('seal-unopenable'),
  );
});

test('an act that lied about the plaintext is found out when the file is opened', async () => {
  const { file, sealed } = await sealedByFr(randomBytes(1000));
  const lying = { ...file, sha256: '0'.repeat(64) as Sha256Hex };
  await announce(ma, false, lying);
  await new AttachmentReception(ma.custody).append(theirKey(file), 0, piecesOf(sealed));
  const { bytes } = await openAttachment(ma.custody, theirKey(file));
  await assert.rejects(gather(bytes), refusedWith('hash-mismatch'));
});

test('a blob changed on the disk does not open', async () => {
  const { file } = await sealedByFr(randomBytes(100_000));
  const path = join(ground.folder, 'fr', 'blobs', blobName(ownKey(file)));
  const bytes = await readFile(path);
  bytes[bytes.length - 50_000] = (bytes[bytes.length - 50_000] ?? 0) ^ 1;
  await writeFile(path, bytes);
  const opened = await openAttachment(fr.custody, ownKey(file));
  await assert.rejects(gather(opened.bytes), refusedWith('seal-unopenable'));
});

test('a second act that announces other sizes for a file is told apart and changes nothing', async () => {
  const { file } = await sealedByFr(randomBytes(10));
  await announce(ma, false, file);
  const act = { relation: 1, own: false, id: randomBytes(32).toString('hex') as ActId };
  const huge = { ...file, sealedSize: 2 ** 50 };
  const named = await nameAttachments(ma.custody.database, act, [huge], 1 as Instant);
  assert.deepEqual(named, { awaited: [], contradicting: [file.sealedSha256] });
  assert.equal((await new AttachmentReception(ma.custody).readOffset(theirKey(file))).size, file.sealedSize);
});

test('a file is waiting to be sent from the act that names it until the counterpart holds it', async () => {
  const { file } = await sealedByFr(randomBytes(10));
  const waits = async (): Promise<boolean> =>
    (await unsentAttachments(fr.custody.database, 1)).some(({ sealedSha256 }) => sealedSha256 === file.sealedSha256);
  assert.equal(await waits(), false);
  await announce(fr, true, file);
  assert.equal(await waits(), true);
  await keepDelivered(fr.custody.database, ownKey(file), 2 as Instant);
  assert.equal(await waits(), false);
});

test('erasing an act removes its files, but not those that another act still names', async () => {
  const { file } = await sealedByFr(randomBytes(10));
  const { file: shared } = await sealedByFr(randomBytes(11));
  const act = await announce(fr, true, file);
  await announce(fr, true, shared, 1, act);
  const other = await announce(fr, true, shared);
  await eraseAttachmentsOf(fr.custody.database, 1, act);
  await assert.rejects(openAttachment(fr.custody, ownKey(file)), refusedWith('body-erased'));
  assert.equal(await removeErased(fr.custody, 1), 1);
  assert.equal(await removeErased(fr.custody, 1), 0);
  assert.equal(await fr.custody.blobs.find(blobName(ownKey(file))), undefined);
  assert.deepEqual([...(await attachmentStates(fr.custody.database, 1, act)).values()], ['erased', 'erased']);
  assert.deepEqual([...(await attachmentStates(fr.custody.database, 1, other)).values()], ['present']);
  await openAttachment(fr.custody, ownKey(shared));
});

test('a file erased while it was awaited is not taken in any more', async () => {
  const { file, sealed } = await sealedByFr(randomBytes(10));
  const act = await announce(ma, false, file);
  const reception = new AttachmentReception(ma.custody);
  await reception.append(theirKey(file), 0, piecesOf(sealed.subarray(0, 5)));
  await eraseAttachmentsOf(ma.custody.database, 1, act);
  await removeErased(ma.custody, 1);
  await assert.rejects(reception.append(theirKey(file), 5, piecesOf(sealed.subarray(5))), refusedWith('body-erased'));
  assert.deepEqual(
    (await awaitedAttachments(ma.custody.database, 1)).filter(({ sealedSha256 }) => sealedSha256 === file.sealedSha256),
    [],
  );
});

test('a blob store that is full refuses in words and keeps what came', async (t) => {
  const parts = join(ground.folder, 'full');
  await mkdir(parts);
  try {
    execFileSync('/bin/sh', ['-c', 'mount -t tmpfs -o size=64k none "$1"', 'sh', parts], { stdio: 'ignore' });
  } catch {
    t.skip('only root may make a small disk');
    return;
  }
  try {
    const { file, sealed } = await sealedByFr(randomBytes(300_000));
    await announce(ma, false, file);
    const reception = new AttachmentReception({ ...ma.custody, parts });
    await assert.rejects(reception.append(theirKey(file), 0, piecesOf(sealed)), refusedWith('store-full'));
  } finally {
    execFileSync('/bin/sh', ['-c', 'umount "$1"', 'sh', parts]);
  }
});
