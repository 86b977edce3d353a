import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { acceptExpress } from '../../packages/station/src/exchange/accept-express.ts';
import { acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { HostileCounterpart } from '../support/hostile.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties | undefined;
let fr: TestStation;
let hostile: HostileCounterpart;
beforeEach(async () => {
  await parties?.close();
  parties = await twoParties();
  fr = parties.fr;
  hostile = new HostileCounterpart(parties.ma, fr);
});
after(() => parties?.close());

const stopped = async () => (await readChannel(fr.parts.database, 1, hostile.party)).stopped;
const express = (sealed: Uint8Array) => acceptExpress(fr.parts, fr.relation, sealed);

test('a head shown with an act sent ahead is held against the channel once it has grown that far, not before', async () => {
  for (let said = 0; said < 3; said++) hostile.say();
  const other = hostile.fork(3);
  for (let said = 0; said < 3; said++) other.say();
  await express(await other.express(1, 6));
  await acceptParcel(fr.parts, fr.relation, await hostile.parcel({ end: 3 }));
  assert.equal(await stopped(), undefined, 'the act under that head stands at its place');
  for (let said = 0; said < 4; said++) hostile.say();
  await assert.rejects(acceptParcel(fr.parts, fr.relation, await hostile.parcel({ start: 3 })), {
    code: 'history-conflict',
  });
  assert.equal(await stopped(), 'conflict');
});

test('a head that contradicts what is held is proof of two histories, although the act under it is the same in both', async () => {
  for (let said = 0; said < 3; said++) hostile.say();
  const other = hostile.fork(2);
  other.say();
  await acceptParcel(fr.parts, fr.relation, await hostile.parcel());
  await assert.rejects(express(await other.express(0, 3)), { code: 'history-conflict' });
  assert.equal(await stopped(), 'conflict');
});

test('honest heads of acts sent ahead agree with the prefix that follows', async () => {
  for (let said = 0; said < 8; said++) hostile.say();
  for (const [index, head] of [
    [7, 8],
    [2, 5],
    [0, 3],
    [4, 8],
  ] as const)
    await express(await hostile.express(index, head));
  await acceptParcel(fr.parts, fr.relation, await hostile.parcel({ end: 4 }));
  assert.equal((await acceptParcel(fr.parts, fr.relation, await hostile.parcel({ start: 4 }))).have, 8);
});

test('who sends thousands of acts ahead of a prefix that never comes is told to send in order; in order they are taken', async () => {
  for (let said = 0; said < 3; said++) hostile.say();
  await fr.parts.database.query(
    `insert into express (relation, channel, index, act, leaf, dossier, time, seen, received, witnessed, head_size, head_root, proof)
     select 1, channel, at, sha256(at::text::bytea), sha256('leaf'), decode(repeat('00', 16), 'hex'), 0, 0, 0, true, 9999, sha256('root'), ''
     from channel, generate_series(1000, 2999) as at where owner = $1`,
    [hostile.party],
  );
  await assert.rejects(express(await hostile.express(1)), { code: 'quota-exceeded' });
  assert.equal((await acceptParcel(fr.parts, fr.relation, await hostile.parcel())).have, 3);
});
