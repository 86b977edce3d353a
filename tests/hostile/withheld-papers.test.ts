import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { Accord, ActId, LogSize } from '@entente/protocol';
import { acceptNotice } from '../../packages/station/src/custody/accept-notice.ts';
import { askBodies } from '../../packages/station/src/custody/awaited-bodies.ts';
import { catchUp } from '../../packages/station/src/custody/catch-up.ts';
import { checkCaughtUp } from '../../packages/station/src/custody/caught-up.ts';
import { seedsOf } from '../../packages/station/src/custody/found-relation.ts';
import { acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { makeStandingParcel } from '../../packages/station/src/exchange/make-parcel.ts';
import {
  acceptAccordChange,
  proposeAccordChange,
  readProposals,
  sayByRoot,
} from '../../packages/station/src/release/root-act.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { readEntries } from '../../packages/station/src/store/entries.ts';
import { exercise, send } from '../support/exercise.fixtures.ts';
import { otherProcess, putInForce } from '../support/new-keyset.fixtures.ts';
import { backUp, giverOf, restart } from '../support/restore.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
beforeEach(async () => (parties = await twoParties()));
afterEach(() => parties.close());

const few = { actsPerDay: 1234, bytesPerDay: 10_000_000, openDossiersPerDay: 12 };

/** MA proposes an accord. */
function proposed(): Promise<ActId> {
  const { parts, relation, root } = parties.ma;
  const { accord } = relation.authority.accord(relation.own);
  return proposeAccordChange(parts, relation, seedsOf(root.present), { ...accord, quotas: few });
}

/** Takes a body out of what MA's program sends from now on. @returns what puts it back */
async function withhold(act: ActId): Promise<() => Promise<void>> {
  const { database } = parties.ma.parts;
  const put = async (body: Uint8Array | null): Promise<void> => {
    await database.query(`update entry set body = $2 where act = decode($1, 'hex')`, [act, body]);
  };
  const { rows } = await database.query<{ body: Uint8Array }>(`select body from entry where act = decode($1, 'hex')`, [
    act,
  ]);
  const [row] = rows;
  assert.ok(row !== undefined);
  await put(null);
  return () => put(row.body);
}

async function sendAllAgain(to: Pick<TestStation, 'parts' | 'relation'>): Promise<void> {
  const { ma } = parties;
  const parcel = await makeStandingParcel(ma.parts, ma.relation, 0 as LogSize, 1000);
  assert.ok(parcel !== undefined);
  await acceptParcel(to.parts, to.relation, parcel.sealed);
}

/** Both say something and hear it. */
async function exchange(): Promise<void> {
  const { fr, ma } = parties;
  for (const station of [fr, ma]) await exercise(station, 1);
  for (const [from, to] of [
    [ma, fr],
    [fr, ma],
    [ma, fr],
  ] as const)
    await send(from, to);
}

type Holding = Pick<TestStation, 'parts' | 'relation'>;

/** Every verdict of both channels, and what is in force for either party, as a station has it. */
async function judgementsAt({ parts, relation }: Holding): Promise<object> {
  const found: Record<string, object> = {};
  for (const party of relation.parties) {
    const channel = await readChannel(parts.database, 1, party);
    const entries = await readEntries(parts.database, channel, 0 as LogSize, channel.size);
    const view = relation.authority.present(party);
    found[party] = {
      verdicts: entries.map(({ verdict, register }) => [verdict, register]),
      accord: view.accord,
      keyset: view.keyset(),
      quotas: relation.authority.accord(party).accord.quotas,
    };
  }
  return found;
}

const quotasAt = ({ relation }: Holding): Accord['quotas'] => relation.authority.accord(relation.own).accord.quotas;

test('a proposal whose accord was kept back is accepted by nobody, and by every process once it has come', async () => {
  const { fr, ma } = parties;
  const act = await proposed();
  const give = await withhold(act);
  await exchange();
  const other = await otherProcess(fr);
  assert.deepEqual(await readProposals(fr.parts, fr.relation), []);
  const { rows } = await ma.parts.database.query<{ accord: string; previous: string }>(
    `select convert_from(decode(convert_from(envelope, 'utf8')::json ->> 'payload', 'base64'), 'utf8')::json -> 'inputs' ->> 'accord' as accord,
            convert_from(decode(convert_from(envelope, 'utf8')::json ->> 'payload', 'base64'), 'utf8')::json -> 'inputs' ->> 'previous' as previous
     from entry where act = decode($1, 'hex')`,
    [act],
  );
  const [named] = rows;
  assert.ok(named !== undefined);
  // An officer with the root, who accepts by the hash what nobody here has read.
  const blind = { type: 'relation/accord-acceptance', inputs: { proposal: act, ...named } };
  await sayByRoot(fr.parts, fr.relation, seedsOf(fr.root.present), blind);
  await exchange();
  assert.notDeepEqual(quotasAt(fr), few, 'it is held: nothing is judged by an accord that is not here');
  assert.deepEqual(await judgementsAt(fr), await judgementsAt(ma));

  await give();
  await sendAllAgain(fr);
  await fr.parts.database.query('delete from outbox where held is not null');
  const [proposal] = await readProposals(fr.parts, fr.relation);
  assert.ok(proposal !== undefined);
  await acceptAccordChange(fr.parts, fr.relation, seedsOf(fr.root.present), proposal);
  await exchange();
  await exchange();
  assert.deepEqual(quotasAt(fr), few);
  assert.deepEqual(await judgementsAt(fr), await judgementsAt(ma));
  await readProposals(fr.parts, other);
  assert.deepEqual(await judgementsAt({ parts: fr.parts, relation: other }), await judgementsAt(ma));
});

test('a keyset act whose keyset was kept back is judged by the notice, and its body changes nothing when it comes', async () => {
  const { fr, ma } = parties;
  await exchange();
  const act = await putInForce(ma);
  await ma.relation.reload();
  await acceptNotice(fr.parts, fr.relation, ma.spare.signed);
  const give = await withhold(act);
  await exchange();
  const before = await judgementsAt(fr);
  assert.deepEqual(before, await judgementsAt(ma));
  await give();
  await sendAllAgain(fr);
  assert.deepEqual(await judgementsAt(fr), before);
  await exchange();
  assert.deepEqual(await judgementsAt(fr), await judgementsAt(ma));
  const started = { parts: fr.parts, relation: await otherProcess(fr) };
  assert.deepEqual(await judgementsAt(started), await judgementsAt(ma));
});

test('a restored station to which an accord in force is not given back judges nothing until it is', async () => {
  const { fr, ma } = parties;
  await exchange();
  const backup = await backUp(fr, 'fr_before');
  const act = await proposed();
  await exchange();
  const [proposal] = await readProposals(fr.parts, fr.relation);
  assert.ok(proposal !== undefined);
  await acceptAccordChange(fr.parts, fr.relation, seedsOf(fr.root.present), proposal);
  await exchange();
  const give = await withhold(act);
  const restored = await restart(fr, backup);
  try {
    assert.equal(await checkCaughtUp(restored.parts, restored.relation), false);
    const back = (): Promise<boolean> => catchUp(restored.parts, restored.relation, giverOf(ma));
    await assert.rejects(back(), { code: 'body-awaited' });
    await assert.rejects(back(), { code: 'body-awaited' });
    assert.notDeepEqual(quotasAt(restored), few);
    await give();
    await askBodies(restored.parts, restored.relation, giverOf(ma));
    assert.equal(await back(), true);
    assert.deepEqual(quotasAt(restored), few);
    assert.deepEqual(await judgementsAt(restored), await judgementsAt(ma));
  } finally {
    await restored.parts.database.end();
  }
});
