import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DossierId } from '@entente/protocol';
import { acceptNotice } from '../../packages/station/src/custody/accept-notice.ts';
import { checkCaughtUp, forceStart } from '../../packages/station/src/custody/caught-up.ts';
import { heedConflict } from '../../packages/station/src/custody/heed-conflict.ts';
import { announceDigest } from '../../packages/station/src/dossiers/announce-digest.ts';
import { compareDigests } from '../../packages/station/src/dossiers/compare-digests.ts';
import { foldAll } from '../../packages/station/src/dossiers/fold-dossiers.ts';
import { type Folding, openFolding } from '../../packages/station/src/dossiers/folding.ts';
import { acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { releaseParcel } from '../../packages/station/src/release/release-parcel.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { readFoldedMark, readHeldChannels } from '../../packages/station/src/store/folding.ts';
import { exercise, parcelFrom } from '../support/exercise.fixtures.ts';
import { type TwoDesks, twoDesks } from '../support/folding.fixtures.ts';
import { backUp, restart } from '../support/restore.fixtures.ts';
import { rootNotice } from '../support/root-notice.fixtures.ts';
import {
  information,
  instantText,
  level,
  newDossier,
  request,
  says,
  stateOf,
  type TestOfficer,
} from '../support/says.fixtures.ts';
import type { TestStation } from '../support/two-parties.fixtures.ts';

let desks: TwoDesks;
let forced: TestStation;
let officer: TestOfficer;
let folding: Folding;
const opened: TestStation[] = [];
before(async () => (desks = await twoDesks()));
after(async () => {
  await Promise.all(opened.map(({ parts }) => parts.database.end()));
  await desks.close();
});

test('after a new epoch both stations fold to the same dossiers, though one side saw more than the epoch took over', async () => {
  const { fr, ma, officers } = desks;
  const dossier = newDossier(fr);
  const asked = await says(officers.fr, { type: 'leads/request', dossier, inputs: request, fields: {} });
  await level(fr, ma);
  const backup = await backUp(fr, 'fr_before');
  const orphaned = newDossier(fr);
  await says(officers.fr, { type: 'leads/spontaneous', dossier: orphaned, inputs: information, fields: {} });
  await exercise(fr, 8);
  await level(fr, ma);
  // What the counterpart says next has seen entries that the next epoch leaves behind.
  await says(officers.ma, { type: 'leads/taken-in-charge', dossier, leaves: asked, inputs: { at: instantText(ma) } });
  await desks.fold();
  assert.equal((await stateOf(ma, orphaned))?.state, 'informed');

  forced = await restart(fr, backup);
  officer = { ...officers.fr, station: forced };
  opened.push(forced);
  folding = openFolding(forced.parts.crypto, forced.relation);
  assert.equal(await checkCaughtUp(forced.parts, forced.relation), false);
  await forceStart(forced.parts, forced.relation, 'administrator');
  const common = await readChannel(forced.parts.database, 1, forced.relation.own);
  await exercise(forced, 1);
  const parcel = await parcelFrom(forced, common.size);
  const fault = await acceptParcel(ma.parts, ma.relation, parcel.sealed).catch((error: unknown) => error);
  await heedConflict(forced.parts, forced.relation, fault);
  const notice = rootNotice(fr, 'epoch-notice', {
    epoch: 2,
    common: { size: common.size, root: common.root.toHex() },
  });
  assert.equal(await acceptNotice(forced.parts, forced.relation, notice), 'epoch');
  assert.equal(await acceptNotice(ma.parts, ma.relation, notice), 'epoch');

  await foldAll(ma.parts, desks.foldings.ma);
  await assertAllFolded(ma);
  await level(forced, ma);
  await foldBoth();
  assert.equal(await stateOf(ma, orphaned), undefined, 'what was left behind folds to nothing');
  await assertAlike(dossier);
  assert.equal((await stateOf(ma, dossier))?.state, 'taken-in-charge');
});

test('what is said in the new epoch is folded at once on both sides, and their digests agree', async () => {
  const { ma, officers } = desks;
  const dossier = newDossier(ma);
  const told = await says(officer, { type: 'leads/spontaneous', dossier, inputs: information, fields: {} });
  await level(forced, ma);
  await says(officers.ma, { type: 'leads/acknowledge', dossier, inputs: {} });
  await says(officers.ma, { type: 'leads/closing', dossier, leaves: told, inputs: { closingReason: 'no-follow-up' } });
  await level(forced, ma);
  await foldBoth();
  await assertAlike(dossier);
  assert.equal((await stateOf(forced, dossier))?.state, 'closed');
  await announceDigest(forced.parts, forced.relation, 'now');
  await releaseParcel(forced.parts, forced.relation);
  await level(forced, ma);
  await foldBoth();
  assert.deepEqual(await compareDigests(ma.parts, desks.foldings.ma), { kind: 'alike' });
});

async function foldBoth(): Promise<void> {
  await foldAll(forced.parts, folding);
  await foldAll(desks.ma.parts, desks.foldings.ma);
}

/** Both have folded all they hold, to the same digests. */
async function assertAlike(dossier: DossierId): Promise<void> {
  await assertAllFolded(forced);
  await assertAllFolded(desks.ma);
  const [ours, other] = [await digestsOf(forced), await digestsOf(desks.ma)];
  assert.deepEqual(ours, other);
  assert.ok(ours.some(({ id }) => id === dossier));
}

async function assertAllFolded({ parts }: TestStation): Promise<void> {
  const { own, theirs } = await readHeldChannels(parts.database, 1);
  const mark = await readFoldedMark(parts.database, 1);
  assert.deepEqual(mark?.covered, { own: own.size, theirs: theirs.size }, 'nothing waits to be folded');
}

async function digestsOf({ parts }: TestStation): Promise<readonly { readonly id: string }[]> {
  const { rows } = await parts.database.query<{ id: string }>(
    `select encode(dossier, 'hex') as id, encode(digest, 'hex') as digest from dossier order by 1`,
  );
  return rows;
}
