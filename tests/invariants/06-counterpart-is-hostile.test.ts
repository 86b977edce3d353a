import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { LogSize, RelationId, Sha256Hex } from '@entente/protocol';
import { acceptCosigned } from '../../packages/station/src/custody/accept-cosigned.ts';
import { acceptExpress } from '../../packages/station/src/exchange/accept-express.ts';
import { acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { keepingRefused } from '../../packages/station/src/exchange/keep-refused.ts';
import { makeExpress } from '../../packages/station/src/exchange/make-express.ts';
import { makeParcel } from '../../packages/station/src/exchange/make-parcel.ts';
import { releaseParcel } from '../../packages/station/src/release/release-parcel.ts';
import { listAlarms } from '../../packages/station/src/store/alarms.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { readEntries } from '../../packages/station/src/store/entries.ts';
import { exercise, send } from '../support/exercise.fixtures.ts';
import { HostileCounterpart } from '../support/hostile.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
let fr: TestStation;
let hostile: HostileCounterpart;
before(async () => {
  parties = await twoParties();
  fr = parties.fr;
  hostile = new HostileCounterpart(parties.ma, fr);
});
after(() => parties.close());

const take = async (sealed: Uint8Array): Promise<number> =>
  (await keepingRefused(fr.parts, fr.relation, sealed, () => acceptParcel(fr.parts, fr.relation, sealed))).have;
const held = () => readChannel(fr.parts.database, 1, parties.ma.relation.own);
const alarms = async () => (await listAlarms(fr.parts.database, 1, 100)).map(({ kind, what }) => `${kind}: ${what}`);

/** Refused with this code, nothing of it taken, and what went before still stands. */
async function refused(sealed: Uint8Array, code: string): Promise<void> {
  const { size, root } = await held();
  await assert.rejects(take(sealed), { code });
  const now = await held();
  assert.deepEqual([now.size, now.root.toHex(), now.stopped], [size, root.toHex(), undefined], code);
}

test('unknown types, unreadable bytes, U+0000 and wrong keys are kept and noted, and block nothing behind them', async () => {
  hostile.say();
  hostile.say({ head: { type: 'spells/curse' } });
  hostile.putBytes('{"not":"an act","\\u0000":1}\u0000');
  hostile.say({ body: new TextEncoder().encode('{"a":"\\u0000"}\u0000\ud800') });
  hostile.say({ secretSeed: fr.parts.crypto.randomBytes(32) });
  hostile.say({ inputs: { lie: true } });
  hostile.say();
  assert.equal(await take(await hostile.parcel()), 7);
  const verdicts = (await readEntries(fr.parts.database, await held(), 0 as LogSize, 7 as LogSize)).map(
    (row) => row.verdict,
  );
  assert.deepEqual(verdicts, [
    undefined,
    'type-unknown',
    'malformed',
    undefined,
    'signature-missing',
    'inputs-malformed',
    undefined,
  ]);
});

test('an act sent again counts once, and a parcel sent again changes nothing', async () => {
  const first = hostile.entry(0);
  hostile.put(first);
  assert.equal(await take(await hostile.parcel({ start: 7 })), 8);
  const [row] = await readEntries(fr.parts.database, await held(), 7 as LogSize, 8 as LogSize);
  assert.equal(row?.verdict, 'repeated');
  for (let time = 0; time < 3; time += 1) assert.equal(await take(await hostile.parcel({ start: 7 })), 8);
  assert.equal(await take(await hostile.parcel()), 8, 'nor all of it, by another road');
});

test('what is withheld is asked for: nothing is taken over a gap', async () => {
  hostile.say();
  hostile.say();
  await refused(await hostile.parcel({ start: 9 }), 'gap');
  assert.equal(await take(await hostile.parcel({ start: 8 })), 10);
});

test('an act of another party, for another party or of another relation is refused, kept as proof and alarmed', async () => {
  const lies = [
    [{ to: 'dz' as never }, 'wrong-recipient'],
    [{ from: 'dz' as never }, 'wrong-relation'],
    [{ relation: 'fr-dz' as RelationId }, 'wrong-relation'],
  ] as const;
  for (const [head, code] of lies) {
    const liar = hostile.fork(10);
    liar.say({ head });
    await refused(await liar.parcel({ start: 10 }), code);
  }
  const raised = await alarms();
  assert.ok(raised.some((alarm) => alarm.startsWith('wrong-recipient: ')));
  assert.ok(raised.some((alarm) => alarm.startsWith('refused-parcel: ') && alarm.includes('Tell the counterpart')));
  const [alarm] = await listAlarms(fr.parts.database, 1, 1);
  assert.match(Buffer.from(alarm?.proof ?? []).toString(), /entente parcel v1/);
});

test('a parcel signed with another key, meant for another, or sealed to another is refused', async () => {
  const liar = hostile.fork(10);
  liar.say();
  await refused(await liar.parcel({ start: 10, signer: fr }), 'signature-invalid');
  await refused(await liar.parcel({ start: 10, header: { to: 'dz' } }), 'wrong-recipient');
  await refused(await liar.parcel({ start: 10, header: { relation: 'fr-dz' } }), 'wrong-relation');
  await refused(await liar.parcel({ start: 10, to: fr.relation.theirKeyset.keys.sealing }), 'seal-unopenable');
  await refused(fr.parts.crypto.randomBytes(5000), 'seal-unopenable');
});

test('leaves that are not the ones signed are refused', async () => {
  const liar = hostile.fork(10);
  liar.say();
  liar.say();
  const swapped = [liar.entry(11), liar.entry(10)];
  await refused(await liar.parcel({ start: 10, entries: swapped }), 'hash-mismatch');
});

test('an approval that is named and not sent holds up its own parcel only', async () => {
  const liar = hostile.fork(10);
  liar.say({ withoutApproval: true });
  await refused(await liar.parcel({ start: 10 }), 'approval-missing');
});

test('a parcel beyond its bounds is refused before its acts are read', async () => {
  const liar = hostile.fork(10);
  for (let count = 0; count < 1001; count += 1) liar.putBytes('x');
  await refused(await liar.parcel({ start: 10 }), 'too-large');
});

test('nobody has seen more than was sent, less than before, or another history', async () => {
  await exercise(fr, 4);
  await makeParcel(fr.parts, fr.relation, 0 as LogSize);
  const own = await readChannel(fr.parts.database, 1, fr.relation.own);
  const root = own.root.toHex() as Sha256Hex;
  const beyond = hostile.fork(10);
  beyond.say({}, { seen: { size: (own.size + 1) as LogSize, root } });
  await refused(await beyond.parcel({ start: 10 }), 'seen-too-far');
  const other = hostile.fork(10);
  other.say({}, { seen: { size: own.size, root: '0'.repeat(64) as Sha256Hex } });
  await refused(await other.parcel({ start: 10 }), 'history-conflict');
  hostile.say({}, { seen: { size: own.size, root } });
  assert.equal(await take(await hostile.parcel({ start: 10 })), 11);
  const less = hostile.fork(11);
  less.say();
  await refused(await less.parcel({ start: 11 }), 'seen-decreases');
});

test('a quota used up is refused with the time to come back, and nothing of the parcel is counted', async () => {
  const liar = hostile.fork(11);
  liar.say({}, { seen: await seenNow() });
  await fr.parts.database.query('update quota_use set acts = 4999999 + 1');
  const sealed = await liar.parcel({ start: 11 });
  await assert.rejects(take(sealed), (error: { code?: string; detail?: { retryAfter?: number } }) => {
    assert.equal(error.code, 'quota-exceeded');
    assert.ok((error.detail?.retryAfter ?? 0) > 0);
    return true;
  });
  await fr.parts.database.query('update quota_use set acts = 0');
});

test('a flood of refused parcels raises no new alarm, and an honest one is taken after them', async () => {
  const before = (await alarms()).length;
  for (let count = 0; count < 50; count += 1) {
    await assert.rejects(take(fr.parts.crypto.randomBytes(1000)));
    const liar = hostile.fork(11);
    liar.say({ head: { to: 'dz' as never } }, { seen: await seenNow() });
    await assert.rejects(take(await liar.parcel({ start: 11 })));
  }
  assert.equal((await alarms()).length, before);
  hostile.say({}, { seen: await seenNow() });
  assert.equal(await take(await hostile.parcel({ start: 11 })), 12);
});

test('a leaf dated after its author had cosigned more than it claims to have seen is alarmed', async () => {
  const two = await twoParties();
  try {
    await exercise(two.fr, 2);
    await send(two.fr, two.ma);
    const liar = new HostileCounterpart(two.ma, two.fr);
    liar.say({}, { time: two.fr.parts.clock.now() + 60_000 });
    await acceptParcel(two.fr.parts, two.fr.relation, await liar.parcel());
    const [alarm] = await listAlarms(two.fr.parts.database, 1, 1);
    assert.equal(alarm?.kind, 'back-dated');
    assert.match(alarm.what, /Do not rely on its time/);
    await assert.rejects(acceptCosigned(two.fr.parts, two.fr.relation, 'x'), { code: 'note-malformed' });
  } finally {
    await two.close();
  }
});

test('an act sent ahead that its prefix contradicts is fraud: both kept, alarmed, the channel stopped', async () => {
  const two = await twoParties();
  try {
    const { ma } = two;
    await exercise(ma, 3);
    await releaseParcel(ma.parts, ma.relation);
    const ahead = await makeExpress(ma.parts, ma.relation, 2 as LogSize);
    assert.ok((await acceptExpress(two.fr.parts, two.fr.relation, ahead)).length > 0, 'answered');
    const liar = new HostileCounterpart(ma, two.fr);
    for (let count = 0; count < 3; count += 1) liar.say();
    const prefix = await liar.parcel();
    await assert.rejects(acceptParcel(two.fr.parts, two.fr.relation, prefix), { code: 'history-conflict' });
    const theirs = await readChannel(two.fr.parts.database, 1, ma.relation.own);
    assert.deepEqual([theirs.size, theirs.stopped], [0, 'conflict']);
    const [alarm] = await listAlarms(two.fr.parts.database, 1, 1);
    const proof = JSON.parse(Buffer.from(alarm?.proof ?? []).toString()) as { held: string; received: string };
    assert.match(proof.held, /^c2sp.org\/tlog-proof@v1\nindex 2\n/);
    assert.match(proof.received, /^ma\/fr\/1\n3\n/);
  } finally {
    await two.close();
  }
});

test('two histories are kept, alarmed and stop the channel, whichever comes first', async () => {
  const fork = hostile.fork(8);
  for (let count = 0; count < 5; count += 1) fork.say({}, { seen: await seenNow() });
  const before = await held();
  await assert.rejects(take(await fork.parcel({ start: 8 })), { code: 'history-conflict' });
  const now = await held();
  assert.deepEqual([now.size, now.root.toHex(), now.stopped], [before.size, before.root.toHex(), 'conflict']);
  const [alarm] = await listAlarms(fr.parts.database, 1, 1);
  const proof = JSON.parse(Buffer.from(alarm?.proof ?? []).toString()) as { held: string; received: string };
  assert.match(proof.held, /^ma\/fr\/1\n12\n/);
  assert.match(proof.received, /^ma\/fr\/1\n13\n/);
  await assert.rejects(take(await hostile.parcel()), { code: 'channel-stopped' });
});

async function seenNow(): Promise<{ size: LogSize; root: Sha256Hex }> {
  const { size, root } = await readChannel(fr.parts.database, 1, fr.relation.own);
  return { size, root: root.toHex() as Sha256Hex };
}
