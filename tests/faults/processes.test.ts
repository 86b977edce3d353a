import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ActId, type LogSize, Refusal } from '@entente/protocol';
import { openStation, type OpenStation } from '../../packages/station/src/cli/open-station.ts';
import { acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { makeParcel } from '../../packages/station/src/exchange/make-parcel.ts';
import { readAct } from '../../packages/station/src/exchange/weigh-entry.ts';
import { releaseParcel } from '../../packages/station/src/release/release-parcel.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { transact } from '../../packages/station/src/store/database.ts';
import { exercise } from '../support/exercise.fixtures.ts';
import { enrol, request, say } from '../support/officers.fixtures.ts';
import { type Opened, type ThreeParties, threeParties } from './three-parties.fixtures.ts';

let three: ThreeParties;
/** A second process of the same station: nothing in memory is shared, only the database and the home. */
let second: OpenStation;
before(
  async () => {
    three = await threeParties();
    second = await openStation(three.fr.home, three.fr.url);
  },
  { timeout: 120_000 },
);
after(async () => {
  await second.close();
  await three.close();
});
const limit = { timeout: 55_000 };

test(
  'two processes of a station release to one channel at once: no fork, nothing twice, nothing lost',
  limit,
  async () => {
    const [one, other] = sides();
    const said: ActId[] = [];
    for (let round = 0; round < 12; round++) {
      said.push(...(await exercise(one, 60)), ...(await exercise(other, 60)));
      await Promise.all([one, other, one, other].map(({ parts, relation }) => releaseParcel(parts, relation)));
    }
    // Both seal and sign what stands; the counterpart takes whatever comes, from either.
    const taken = speaking(three.ma);
    for (let have = 0; have < said.length;) {
      const parcels = await Promise.all(
        [one, other].map(({ parts, relation }) => makeParcel(parts, relation, have as LogSize)),
      );
      for (const parcel of parcels)
        if (parcel !== undefined) have = (await acceptParcel(taken.parts, taken.relation, parcel.sealed)).have;
    }
    const { rows } = await three.ma.parts.database.query<{ act: ActId; verdict: string | null }>(
      `select encode(act, 'hex') as act, verdict from entry where relation = $1 and not heads order by index`,
      [taken.relation.number],
    );
    assert.equal(rows.length, said.length);
    assert.deepEqual(new Set(rows.map(({ act }) => act)), new Set(said));
    assert.ok(rows.every(({ verdict }) => verdict === null));
    const [own, held] = [await channelOf(three.fr), await channelOf(three.ma)];
    assert.deepEqual([held.size, held.root], [own.size, own.root]);
    assert.equal(own.stopped ?? held.stopped, undefined);
  },
);

test('an officer enrolled by one process is known to the other before what it signed is judged', limit, async () => {
  const [one, other] = sides();
  const officer = await enrol(one, 'o-new');
  const [act] = await say({ ...officer, station: other }, request);
  await releaseParcel(other.parts, other.relation);
  const { rows } = await three.fr.parts.database.query<{ verdict: string | null }>(
    `select verdict from entry where act = decode($1, 'hex')`,
    [act?.act],
  );
  assert.deepEqual(rows, [{ verdict: null }]);
});

test('a verb that fails beside another takes nothing from what that one judges by', limit, async () => {
  const [{ parts, relation }] = sides();
  const { authority } = relation;
  const officer = await enrol({ parts, relation }, 'o-beside');
  const [said] = await say(officer, request);
  await releaseParcel(parts, relation);
  const { rows } = await parts.database.query<{ envelope: Uint8Array; index: number }>(
    `select envelope, index from entry where act = decode($1, 'hex')`,
    [said?.act],
  );
  const [row] = rows;
  assert.ok(row !== undefined);
  const act = readAct(parts.crypto, row.envelope, undefined);
  let failing: Promise<unknown> = Promise.resolve();
  const reason = await authority.guarded((turn) =>
    transact(parts.database, async (transaction) => {
      await turn();
      const [own, theirs] = [relation.own, relation.counterpart].map((party) =>
        readChannel(transaction, relation.number, party),
      );
      await authority.catchUp(transaction, ...(await Promise.all([own, theirs].filter((one) => one !== undefined))));
      await authority.loadApprovals(transaction, [act]);
      failing = authority.guarded(async (next) => {
        await next();
        throw new Refusal('store-full');
      });
      failing.catch(() => {});
      // The other runs as far as it may while this one waits for its database.
      await transaction.query('select pg_sleep(0.05)');
      return authority.judge(act, { party: relation.own, index: row.index, seen: 0 }, false);
    }),
  );
  assert.equal(reason, undefined);
  await assert.rejects(failing, (error) => error instanceof Refusal && error.code === 'store-full');
});

const speaking = ({ parts, relation }: Opened) => ({ parts, relation: relation('fr-ma') });

function sides() {
  const { parts, relations } = second;
  const relation = relations.find(({ name }) => name === 'fr-ma');
  assert.ok(relation !== undefined);
  return [speaking(three.fr), { parts, relation }] as const;
}

function channelOf({ parts, relation }: Opened) {
  const { number } = relation('fr-ma');
  return readChannel(parts.database, number, three.fr.relation('fr-ma').own);
}
