import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ActId } from '@entente/protocol';
import { agreedTerms, refreshRegisters } from '../../packages/station/src/blind/agreed-terms.ts';
import { auditTranscript } from '../../packages/station/src/blind/audit-transcript.ts';
import { openCheck, proveIdentity } from '../../packages/station/src/blind/open-check.ts';
import { removeOldSets } from '../../packages/station/src/blind/remove-old-sets.ts';
import { rotateBlindKey } from '../../packages/station/src/blind/rotate-key.ts';
import { blobName } from '../../packages/station/src/custody/attachments/attachment-custody.ts';
import { seedsOf } from '../../packages/station/src/custody/found-relation.ts';
import { readBlindSet } from '../../packages/station/src/store/blind.ts';
import {
  ask,
  type BlindPair,
  type BlindSide,
  blindPair,
  check,
  person,
  publish,
  purpose,
  settled,
  until,
} from '../support/blind.fixtures.ts';

const [setDays, auditDays] = [30, 100];
const karim = person('Karim Haddad');

let pair: BlindPair;
let first: ActId;
let asked: ActId;
before(async () => {
  pair = await blindPair({ setDays, auditDays });
  const { fr, ma } = pair;
  first = (await publish(ma, fr, [karim])) as ActId;
  asked = (await check(fr, karim)).act;
  await rotateBlindKey(ma.blind, ma.relation, seedsOf(ma.root.present), purpose);
  await until(async () => {
    await refreshRegisters(fr.parts, fr.relation);
    return agreedTerms(fr.relation, ma.relation.own, purpose)?.epoch === 2 ? true : undefined;
  }, 'the new key at the counterpart');
  await publish(ma, fr, [karim]);
});
after(() => pair.close());

/** Makes the first set so many days old, on both sides. */
async function age(days: number): Promise<void> {
  for (const { parts } of [pair.fr, pair.ma]) {
    const made = parts.clock.now() - days * 86_400_000;
    await parts.database.query('update blind_set set made = $2 where act = $1', [Buffer.from(first, 'hex'), made]);
  }
}

/** What is left of a set: its sealed file, and the table opened for looking up. */
async function leftOf({ parts, custody }: BlindSide, own: boolean, act: ActId): Promise<readonly boolean[]> {
  const set = (await readBlindSet(parts.database, 1, own, act)) ?? assert.fail('heads stay');
  const { sealedSha256 } = set;
  const sealed = await custody.blobs.find(blobName({ relation: 1, own, sealedSha256 }));
  return [sealed !== undefined, existsSync(join(custody.parts, 'blind', `1-${sealedSha256}.table`))];
}

const secretsOf = async ({ folder, relation }: BlindSide): Promise<readonly string[]> =>
  (await readdir(join(folder, 'keys', relation.name))).filter((name) => name.startsWith('blind-')).toSorted();

async function removeBoth(): Promise<void> {
  for (const { blind, relation } of [pair.fr, pair.ma]) await removeOldSets(blind, relation);
}

test('until its time for audit is over a set that nobody may query any more is kept, with its secret', async () => {
  const { fr, ma } = pair;
  await age(setDays + auditDays - 1);
  await removeBoth();
  assert.deepEqual(await leftOf(fr, false, first), [true, true]);
  assert.equal((await leftOf(ma, true, first))[0], true);
  assert.equal((await secretsOf(ma)).length, 2);
  const transcript = await openCheck(fr.blind, fr.relation, asked, fr.offlineIdentity);
  for (const side of [fr, ma]) {
    await refreshRegisters(side.parts, side.relation);
    assert.equal((await auditTranscript(side.blind, side.relation, transcript)).kind, 'holds');
  }
  assert.equal((await proveIdentity(ma.blind, ma.relation, first, karim)).shown.kind, 'identity');
});

test('a set that a check still awaits its answer for is kept however old it is', async () => {
  const { fr } = pair;
  await age(setDays + auditDays + 1);
  const set = Buffer.from(first, 'hex');
  const state = (text: string): Promise<unknown> =>
    fr.parts.database.query(
      `update blind_check set state = $2, settled = case when $2 = 'asked' then null else made end where set_act = $1`,
      [set, text],
    );
  await state('asked');
  await removeOldSets(fr.blind, fr.relation);
  assert.deepEqual(await leftOf(fr, false, first), [true, true]);
  await state('hit');
});

test('after that the tables of both sides and the secret of the answering one are gone, and the house logs say so', async () => {
  const { fr, ma } = pair;
  await removeBoth();
  assert.deepEqual(await leftOf(fr, false, first), [false, false]);
  assert.deepEqual(await leftOf(ma, true, first), [false, false]);
  assert.deepEqual(await secretsOf(ma), ['blind-leads.investigation-000002.json']);
  assert.deepEqual(await secretsOf(fr), ['blind-leads.investigation-000001.json'], 'the key in force stays');
  for (const [side, did] of [
    [fr, ['blind-set-removed']],
    [ma, ['blind-set-removed', 'blind-secret-destroyed']],
  ] as const) {
    const { rows } = await side.parts.database.query<{ text: string }>(
      `select convert_from(bytes, 'UTF8') as text from house_entry where kind = 'blind'`,
    );
    for (const one of did) assert.equal(rows.filter(({ text }) => text.includes(one)).length, 1, one);
  }
});

test('a check of a removed set is refused to the auditor by name, and the newer set answers as before', async () => {
  const { fr, ma } = pair;
  await assert.rejects(openCheck(fr.blind, fr.relation, asked, fr.offlineIdentity), /body-erased/);
  await assert.rejects(proveIdentity(ma.blind, ma.relation, first, karim), /body-erased/);
  const { act } = await ask(fr, karim);
  assert.equal((await settled(fr, act)).state, 'hit');
  await removeBoth();
  const transcript = await openCheck(fr.blind, fr.relation, act, fr.offlineIdentity);
  assert.equal((await auditTranscript(ma.blind, ma.relation, transcript)).kind, 'holds');
  assert.deepEqual([...fr.defects, ...ma.defects], []);
});
