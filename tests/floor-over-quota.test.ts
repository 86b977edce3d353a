import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isPinned, tlsIdentity } from '../packages/station/src/adapters/tls-certificate.ts';
import { counterpartHandlers } from '../packages/station/src/exchange/counterpart-handlers.ts';
import { PeerClient } from '../packages/station/src/exchange/link/peer-client.ts';
import { startPeerServer } from '../packages/station/src/exchange/link/peer-server.ts';
import { logHandlers } from '../packages/station/src/exchange/log-handlers.ts';
import { RelationExchange } from '../packages/station/src/exchange/relation-exchange.ts';
import { Wakeable } from '../packages/station/src/exchange/wakeable.ts';
import { readChannel } from '../packages/station/src/store/channels.ts';
import { awaitingPrefix } from '../packages/station/src/store/express.ts';
import { exercise } from './support/exercise.fixtures.ts';
import { authorise, enrol, level, newDossier } from './support/says.fixtures.ts';
import { twoParties, type TwoParties } from './support/two-parties.fixtures.ts';

let parties: TwoParties;
before(async () => (parties = await twoParties()));
after(() => parties.close());

const noFiles = {
  readOffset: () => Promise.reject(new Error('no file is sent here')),
  append: () => Promise.reject(new Error('no file is sent here')),
  read: () => Promise.reject(new Error('no file is sent here')),
};

test('with the quota of the day used up, a threat to life still passes: ahead, shown and answered, and the rest waits', async () => {
  const { fr, ma } = parties;
  const officer = await enrol(fr);
  await level(fr, ma);
  for (const { parts } of [fr, ma]) parts.clock.advance(Date.now() - parts.clock.now());
  const day = Math.floor(ma.parts.clock.now() / 86_400_000);
  await ma.parts.database.query(
    'insert into quota_use select 1, day, 5000000, 0, 0 from unnest($1::int[]) day on conflict (relation, day) do update set acts = 5000000',
    [[day, day + 1]],
  );
  const { size: held } = await readChannel(ma.parts.database, 1, fr.relation.own);
  await exercise(fr, 3);
  const dossier = newDossier(fr);
  const threat = await authorise(officer, { ...threatToLife, dossier });
  await fr.parts.database.query(`update outbox set urgency = 100 where dossier = decode($1, 'hex')`, [dossier]);
  const woken = new Wakeable();
  const { parts, relation } = ma;
  const handlers = counterpartHandlers(parts, relation, woken, noFiles, logHandlers(parts, relation));
  const server = await startPeerServer({
    host: '127.0.0.1',
    port: 0,
    identity: await tlsIdentity(relation.own, relation.keys.tls.secretSeed),
    findPeer: (shown) =>
      isPinned(relation.theirKeyset.keys.tls, shown)
        ? { kind: 'counterpart', relation: relation.name, handlers }
        : undefined,
    now: () => performance.now(),
    onDefect: (error) => console.error(error),
  });
  const client = new PeerClient({
    address: `https://127.0.0.1:${server.port}`,
    identity: await tlsIdentity(fr.relation.own, fr.relation.keys.tls.secretSeed),
    counterpart: fr.relation.theirKeyset.keys.tls,
  });
  const exchange = new RelationExchange(fr.parts, fr.relation, {
    client,
    woken: new Wakeable(),
    fetches: true,
    moveAttachments: () => Promise.resolve(false),
    chance: () => 0,
    onState: () => {},
    onDefect: (error) => console.error(error),
  });
  exchange.start();
  const channel = await readChannel(parts.database, 1, fr.relation.own);
  await until(async () => (await awaitingPrefix(parts.database, channel)).length > 0);
  const [shown] = await awaitingPrefix(parts.database, channel);
  assert.equal(shown?.act.toHex(), threat);
  assert.equal(shown.verdict, undefined);
  await exchange.stop();
  await server.stop();
  assert.equal((await readChannel(parts.database, 1, fr.relation.own)).size, held, 'nothing else was taken in');
});

const threatToLife = {
  type: 'leads/threat-to-life',
  floor: true,
  inputs: { crimeArea: 'terrorism', purpose: 'prevention' },
  fields: {},
} as const;

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail('it never came to hold');
}
