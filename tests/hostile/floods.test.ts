import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Instant } from '@entente/protocol';
import { acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { type AlarmKind, listAlarms, raiseAlarm } from '../../packages/station/src/store/alarms.ts';
import { lockChannel } from '../../packages/station/src/store/channels.ts';
import { HostileCounterpart } from '../support/hostile.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
let fr: TestStation;
before(async () => {
  parties = await twoParties();
  fr = parties.fr;
});
after(() => parties.close());

test('parcels of one counterpart sent all at once leave the database to everybody else', async () => {
  const hostile = new HostileCounterpart(parties.ma, fr);
  const { database } = fr.parts;
  hostile.say();
  const sealed = await hostile.parcel();
  const holder = await database.connect();
  await holder.query('begin');
  await lockChannel(holder, 1, hostile.party);
  const taken = Array.from({ length: 16 }, () => acceptParcel(fr.parts, fr.relation, sealed));
  await new Promise((resolve) => setTimeout(resolve, 500));
  const answered = await Promise.race([
    database.query('select 1').then(() => true),
    new Promise<false>((resolve) => setTimeout(resolve, 2000, false)),
  ]);
  await holder.query('rollback');
  holder.release();
  assert.deepEqual([...new Set((await Promise.all(taken)).map(({ have }) => have))], [1]);
  assert.equal(answered, true);
});

test('a counterpart that gives cause for alarm without end fills no table; clocks of dossiers are all told', async () => {
  const raise = async (kind: AlarmKind): Promise<number> => {
    for (let at = 0; at < 105; at++) {
      const alarm = { relation: 1, time: 0 as Instant, kind, what: `entry ${at}`, proof: undefined };
      await raiseAlarm(fr.parts.database, alarm);
    }
    return (await listAlarms(fr.parts.database, 1, 1000)).filter((one) => one.kind === kind).length;
  };
  assert.equal(await raise('back-dated'), 100);
  assert.equal(await raise('nobody-in-charge'), 105);
});
