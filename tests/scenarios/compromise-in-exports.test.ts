import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { type ActId, writeInstant } from '@entente/protocol';
import {
  approveByKey,
  type Evidence,
  type EvidenceFiles,
  rootFingerprint,
  verifyEvidence,
  writeApproval,
  writeEnvelope,
} from '@entente/wire';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { verifyFolder } from '../../packages/station/src/cli/verify.ts';
import { writeExport } from '../../packages/station/src/cli/write-export.ts';
import { acceptNotice } from '../../packages/station/src/custody/accept-notice.ts';
import { exportEvidence } from '../../packages/station/src/custody/export-evidence.ts';
import { seedsOf } from '../../packages/station/src/custody/found-relation.ts';
import {
  acceptAccordChange,
  proposeAccordChange,
  readProposals,
  sayByRoot,
} from '../../packages/station/src/release/root-act.ts';
import { writeRelationAct } from '../../packages/station/src/release/write-relation-act.ts';
import { keepApprovals } from '../../packages/station/src/store/approvals.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { transact } from '../../packages/station/src/store/database.ts';
import { exercise, send } from '../support/exercise.fixtures.ts';
import { rootNotice } from '../support/root-notice.fixtures.ts';
import { forceInto } from '../support/says.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
beforeEach(async () => (parties = await twoParties()));
afterEach(() => parties.close());

/** Both say all they have, receipts included. */
async function exchange(): Promise<void> {
  const { fr, ma } = parties;
  for (const [from, to] of [
    [ma, fr],
    [fr, ma],
    [ma, fr],
    [fr, ma],
  ] as const)
    await send(from, to);
}

const headOf = async ({ parts }: TestStation, of: TestStation): Promise<{ size: number; root: string }> => {
  const { size, root } = await readChannel(parts.database, 1, of.relation.own);
  return { size, root: root.toHex() };
};

interface Bundle extends Evidence {
  readonly files: EvidenceFiles;
}

async function evidenceAt({ parts, relation }: TestStation, act: ActId): Promise<Bundle> {
  const files = await exportEvidence(parts, relation, act, undefined);
  const [first, second] = [parties.fr, parties.ma].map((one) =>
    rootFingerprint(nodeCrypto, one.relation.ownKeyset.root),
  );
  assert.ok(first !== undefined && second !== undefined);
  return { ...verifyEvidence(nodeCrypto, files, [first, second]), files };
}

const doubtsAt = async (station: TestStation, act: ActId): Promise<readonly string[]> =>
  (await evidenceAt(station, act)).doubts.map(({ kind }) => kind);

interface Verified {
  readonly text: string;
  readonly json: { readonly suspect: readonly object[]; readonly void: readonly object[] };
  readonly failed?: boolean;
}

/** What `entente verify --signatures` says of what `entente export channel` writes. */
async function exportAndVerify({ parts, relation }: TestStation, folder: string): Promise<Verified> {
  await writeExport(folder, parts, relation, undefined, () => {});
  return verifyAgain(folder);
}

async function verifyAgain(folder: string): Promise<Verified> {
  return (await verifyFolder(folder, [], true, () => {})) as unknown as Verified;
}

/** MA's root reports a compromise: what both hold now is the last it trusts. */
async function trustedNow(): Promise<() => Uint8Array> {
  const { fr, ma } = parties;
  const [own, theirs] = [await headOf(ma, ma), await headOf(ma, fr)];
  const since = writeInstant(ma.parts.clock.now());
  return () => rootNotice(ma, 'compromise-notice', { since, own, theirs, keys: [] });
}

async function takeNotice(notice: Uint8Array): Promise<void> {
  for (const { parts, relation } of [parties.ma, parties.fr])
    assert.equal(await acceptNotice(parts, relation, notice), 'compromise');
}

test('evidence of what a thief logged says so once its root does, though the notice stands in no channel yet', async () => {
  const { ma } = parties;
  const [early] = await exercise(ma, 1);
  await exchange();
  const notice = await trustedNow();
  const [late] = await exercise(ma, 1);
  await exchange();
  assert.ok(early !== undefined && late !== undefined);
  assert.deepEqual(await doubtsAt(ma, late), []);
  await takeNotice(notice());
  const { doubts, files } = await evidenceAt(ma, late);
  assert.deepEqual(
    doubts.map(({ kind }) => kind),
    ['act-suspect'],
  );
  assert.ok(files.has('notices/1/envelope.json') && !files.has('notices/1/leaf.json'));
  assert.deepEqual(await doubtsAt(ma, early), []);
});

test('a notice in the channel is proved where it stands, and so is what its root confirms', async () => {
  const { fr, ma } = parties;
  await exchange();
  const notice = await trustedNow();
  const [late, other] = await exercise(ma, 2);
  await exchange();
  await takeNotice(notice());
  await exchange();
  assert.ok(late !== undefined && other !== undefined);
  for (const station of [fr, ma]) {
    const bundle = await evidenceAt(station, late);
    assert.deepEqual(
      bundle.doubts.map(({ kind }) => kind),
      ['act-suspect'],
    );
    assert.ok(bundle.files.has('notices/1/tlog-proof.txt'));
  }
  const { index } = (await evidenceAt(fr, late)).logged;
  await sayByRoot(ma.parts, ma.relation, seedsOf(ma.root.present), {
    type: 'relation/confirmation',
    inputs: { from: index, to: index + 1 },
  });
  await exchange();
  for (const station of [fr, ma]) {
    assert.deepEqual(await doubtsAt(station, late), []);
    assert.deepEqual(await doubtsAt(station, other), ['act-suspect'], 'it confirmed the one beside it');
  }
});

test('a receipt that became void is no evidence; the one given anew is', async () => {
  const { fr, ma } = parties;
  await exchange();
  const notice = await trustedNow();
  const [act] = await exercise(fr, 1);
  await exchange();
  assert.ok(act !== undefined);
  const before = await evidenceAt(fr, act);
  await takeNotice(notice());
  await assert.rejects(
    evidenceAt(fr, act),
    { code: 'head-behind' },
    'nothing proves custody until it is cosigned anew',
  );
  const atMa = await evidenceAt(ma, act);
  assert.deepEqual(
    atMa.doubts.map(({ kind }) => kind),
    ['receipt-void'],
  );
  for (const station of [fr, ma]) station.parts.clock.advance(2000);
  await exercise(ma, 1);
  await exchange();
  await send(fr, ma);
  const after = await evidenceAt(ma, act);
  assert.deepEqual(after.doubts, []);
  assert.ok(after.received.index > before.received.index);
});

test('an accord that a suspect acceptance brought is in force for nobody any more, in evidence as at the stations', async () => {
  const { fr, ma } = parties;
  const { accord: content, hash: old } = fr.relation.authority.accord(fr.relation.own);
  await proposeAccordChange(fr.parts, fr.relation, seedsOf(fr.root.present), { ...content, carryDays: 3 });
  await exchange();
  const notice = await trustedNow();
  const [proposal] = await readProposals(ma.parts, ma.relation);
  assert.ok(proposal !== undefined);
  await acceptAccordChange(ma.parts, ma.relation, seedsOf(ma.root.present), proposal);
  await exchange();
  const [under] = await exercise(fr, 1);
  await exchange();
  await takeNotice(notice());
  await exchange();
  const [after] = await exercise(fr, 1);
  await exchange();
  assert.ok(under !== undefined && after !== undefined);
  for (const station of [fr, ma]) {
    assert.equal(station.relation.authority.accord(fr.relation.own).hash, old);
    assert.equal((await evidenceAt(station, under)).accord, proposal.accord, 'verdicts before the notice stand');
    assert.equal((await evidenceAt(station, after)).accord, old);
  }
  const { json } = await exportAndVerify(fr, join(fr.folder, 'exported'));
  const { channels } = json as unknown as {
    readonly channels: readonly { readonly signatures: { readonly failed: number; readonly otherAccord: number } }[];
  };
  for (const { signatures } of channels) assert.partialDeepStrictEqual(signatures, { failed: 0, otherAccord: 0 });
});

test('an exported channel names what is in doubt; a notice in it cannot be left out, one by another road can', async () => {
  const { fr, ma } = parties;
  await exchange();
  const notice = await trustedNow();
  await exercise(ma, 2);
  await exchange();
  const { size } = await headOf(ma, ma);
  await takeNotice(notice());
  const waiting = join(ma.folder, 'waiting');
  const byRoad = await exportAndVerify(ma, waiting);
  assert.deepEqual(byRoad.json.suspect, [{ party: 'ma', from: size - 2, to: size }]);
  await rm(join(waiting, 'notices/1.json'));
  assert.deepEqual((await verifyAgain(waiting)).json.suspect, []);

  await exchange();
  const standing = join(fr.folder, 'standing');
  const told = await exportAndVerify(fr, standing);
  assert.equal(told.failed, undefined, 'the record is whole');
  assert.match(told.text, /ma’s root reports a compromise .entry \d+ of ma./);
  assert.match(told.text, new RegExp(`Suspect, without effect until confirmed: entries ${size - 2} to ${size} of ma`));
  const file = join(standing, 'notices/1.json');
  const shown = await readFile(file, 'utf8');
  await rm(file);
  await assert.rejects(
    verifyFolder(standing, [], false, () => {}),
    { code: 'field-missing' },
  );
  await writeFile(file, shown.replace(/"index":\d+,"seen":\d+,/, ''));
  await assert.rejects(
    verifyFolder(standing, [], false, () => {}),
    { code: 'field-missing' },
    'moved out of it',
  );
  await writeFile(file, shown.replace(/"index":\d+/, '"index":1'));
  await assert.rejects(
    verifyFolder(standing, [], false, () => {}),
    { code: 'accord-not-signed' },
  );
});

test('a notice that no root signed is in the channel, and in its export, without effect', async () => {
  const { fr, ma } = parties;
  await exercise(ma, 1);
  await exchange();
  const head = { size: 0, root: '0'.repeat(64) };
  const inputs = { since: writeInstant(ma.parts.clock.now()), own: head, theirs: head };
  const author = { function: 'station', pseudonym: 'station' };
  const written = writeRelationAct(ma.parts, ma.relation, { type: 'relation/compromise-notice', inputs }, author);
  const { station } = ma.relation.keys;
  const approval = writeApproval(approveByKey(nodeCrypto, 'station', [written.id], station.secretSeed));
  const hash = nodeCrypto.sha256Hex(approval);
  await transact(ma.parts.database, (transaction) => keepApprovals(transaction, 1, new Map([[hash, approval]])));
  const key = nodeCrypto.sha256Hex(station.publicKey);
  await forceInto(ma, [{ envelope: writeEnvelope(written.head, [{ key, approval: hash }]) }]);
  await exchange();
  const { text, json } = await exportAndVerify(fr, join(fr.folder, 'exported'));
  assert.match(text, /Without effect .signature-missing.: relation.compromise-notice, entry \d+ of ma/);
  assert.deepEqual([json.suspect, json.void], [[], []]);
});
