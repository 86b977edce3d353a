import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Instant, Refusal } from '@entente/protocol';
import { tlsIdentity } from '../../packages/station/src/adapters/tls-certificate.ts';
import { readStation, writeStation } from '../../packages/station/src/cli/station-file.ts';
import { PeerClient } from '../../packages/station/src/exchange/link/peer-client.ts';
import { type Exchange, startExchange } from '../../packages/station/src/exchange/start-exchange.ts';
import { tellRelease } from '../../packages/station/src/exchange/wake.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { type Database, transact } from '../../packages/station/src/store/database.ts';
import { issueToken } from '../../packages/station/src/store/tokens.ts';
import { StationProcess } from '../../tools/torture/station-process.ts';
import { waitUntil } from '../../tools/torture/wait-until.ts';
import { exercise, parcelFrom } from '../support/exercise.fixtures.ts';
import { type Opened, type ThreeParties, threeParties } from './three-parties.fixtures.ts';
import { freePort } from '../../packages/station/src/adapters/free-port.ts';

let three: ThreeParties;
let served: StationProcess;
let address: string;
const exchanges: Exchange[] = [];
const clients: PeerClient[] = [];
const limit = { timeout: 40_000 };

before(
  async () => {
    three = await threeParties();
    const { fr, ma, es } = three;
    const peerPort = await freePort();
    const station = await readStation(fr.home);
    await writeStation(fr.home, {
      ...station,
      api: { host: '127.0.0.1', port: await freePort() },
      peer: { host: '127.0.0.1', port: peerPort },
    });
    address = `https://127.0.0.1:${peerPort}`;
    served = new StationProcess({ party: 'fr', home: fr.home, peerPort }, { DATABASE_URL: fr.url });
    await served.start();
    for (const [one, name] of [
      [ma, 'fr-ma'],
      [es, 'fr-es'],
    ] as const)
      exchanges.push(await dialling(one, name));
  },
  { timeout: 120_000 },
);
after(async () => {
  await Promise.all(exchanges.map((exchange) => exchange.stop()));
  await Promise.all(clients.map((client) => client.close()));
  await served.stop();
  await three.close();
});

test('the spare keysets of a station’s relations share one TLS key, which is not the one in force', limit, async () => {
  const { rootKeys, keystore } = three.fr.home;
  const [one, other] = [await rootKeys.readRelation('fr-ma-spare'), await rootKeys.readRelation('fr-es-spare')];
  assert.deepEqual(one.tls.publicKey, other.tls.publicKey);
  assert.notDeepEqual(one.tls.publicKey, (await keystore.readRelation('fr-ma')).tls.publicKey);
  assert.notDeepEqual(one.log.ed25519.publicKey, other.log.ed25519.publicKey);
});

test(
  'of two relations in one station, nothing of one is in the other party’s database, in any column of any table',
  limit,
  async () => {
    const { fr, ma, es } = three;
    const toMa = await exercise(speaking(fr, 'fr-ma'), 20);
    const toEs = await exercise(speaking(fr, 'fr-es'), 20);
    const fromMa = await exercise(speaking(ma, 'fr-ma'), 20);
    for (const [one, name] of [
      [fr, 'fr-ma'],
      [fr, 'fr-es'],
      [ma, 'fr-ma'],
    ] as const)
      await tellRelease(one.parts.database, one.relation(name).number);
    await waitUntil('all have come', 30_000, async () => {
      const sizes = await Promise.all([held(ma, 'fr-ma', 'fr'), held(es, 'fr-es', 'fr'), held(fr, 'fr-ma', 'ma')]);
      return sizes.every((size) => size >= 20);
    });
    assert.equal(await mentions(es.parts.database, toEs), true, 'the search finds what is there');
    assert.equal(await mentions(es.parts.database, [...toMa, ...fromMa]), false);
    assert.equal(await mentions(ma.parts.database, toEs), false);
    const keys = [ma.relation('fr-ma'), fr.relation('fr-ma')].flatMap(({ ownKeyset }) => [
      Buffer.from(ownKeyset.keys.station).toString('hex'),
      Buffer.from(ownKeyset.keys.log.ed25519).toString('hex'),
    ]);
    assert.equal(await mentions(es.parts.database, keys), false, 'keys of one relation are unknown in the other');
    // In the station that has both, rows of each are marked as its own.
    const { rows } = await fr.parts.database.query<{ count: number }>(
      `select count(*)::int as count from entry where relation = $1 and act = any($2::bytea[])`,
      [fr.relation('fr-es').number, [...toMa, ...fromMa].map((act) => Buffer.from(act, 'hex'))],
    );
    assert.equal(rows[0]?.count, 0);
  },
);

test(
  'a counterpart that asks the station for another relation’s log, files or parcels is told that there is none',
  limit,
  async () => {
    const { fr, ma, es } = three;
    const asEs = await clientOf(es, 'fr-es');
    const asMa = await clientOf(ma, 'fr-ma');
    assert.ok((await asMa.readLog('fr/ma/1', 'checkpoint')).length > 0);
    for (const path of ['checkpoint', 'tile/entries/000.p/1', 'tile/0/000.p/1']) {
      for (const origin of ['fr/ma/1', 'ma/fr/1']) await refused(asEs.readLog(origin, path), ['relation-unknown']);
    }
    const before = await held(fr, 'fr-ma', 'ma');
    const parcel = await parcelFrom(speaking(ma, 'fr-ma'), 0);
    await refused(asEs.sendParcel(parcel.sealed), ['seal-unopenable', 'wrong-relation']);
    assert.equal(await held(fr, 'fr-ma', 'ma'), before);
    // A receipt may still be released between two looks.
    await waitUntil('the heads told are those of the relation asked for', 10_000, async () => {
      const { have, mine } = await asEs.readHeads();
      return have === (await held(fr, 'fr-es', 'es')) && mine === (await held(fr, 'fr-es', 'fr'));
    });
  },
);

test('a token of one relation reads nothing of another by the API', limit, async () => {
  const { fr } = three;
  const running = await served.running();
  assert.ok(running !== undefined);
  const { parts } = fr;
  const now = parts.clock.now();
  const number = fr.relation('fr-es').number;
  const token = await transact(parts.database, (transaction) =>
    issueToken(
      transaction,
      parts.crypto,
      now,
      {
        name: 'of one',
        scopes: ['relations.read', 'content.read', 'transfers.read'],
        expires: (now + 60_000) as Instant,
        officer: undefined,
        relation: number,
      },
      undefined,
    ),
  );
  const ask = (path: string) =>
    fetch(`${running.api}${path}`, { headers: { authorization: `Bearer ${token.secret}` } });
  assert.equal((await ask('/v1/relations/fr-es')).status, 200);
  const { rows } = await parts.database.query<{ act: string; dossier: string }>(
    `select encode(act, 'hex') as act, encode(dossier, 'hex') as dossier from entry where relation = $1 and body is not null limit 1`,
    [fr.relation('fr-ma').number],
  );
  const [other] = rows;
  const paths = [
    '',
    '/inbox',
    '/alarms',
    '/outbox',
    '/transfers',
    `/dossiers/${other?.dossier}`,
    `/acts/${other?.act}/content?purpose=x`,
    `/acts/${other?.act}/evidence`,
  ];
  for (const path of paths) {
    const answer = await ask(`/v1/relations/fr-ma${path}`);
    assert.ok([403, 404].includes(answer.status), `${path}: ${answer.status}`);
    const elsewhere = await ask(`/v1/relations/fr-es${path}`);
    if (path.includes(String(other?.act)) || path.includes('dossiers'))
      assert.ok(elsewhere.status >= 400, `${path} under its own relation: ${elsewhere.status}`);
  }
  const list = await (await ask('/v1/relations')).text();
  assert.ok(!list.includes('fr-ma'), list);
});

const speaking = ({ parts, relation }: Opened, name: string) => ({ parts, relation: relation(name) });

async function dialling(one: Opened, name: string): Promise<Exchange> {
  return startExchange({
    parts: one.parts,
    routes: [{ relation: one.relation(name), address, fetches: true }],
    custody: one.custody,
    onState: () => {},
    onDefect: (error) => assert.fail(String(error)),
  });
}

async function clientOf(one: Opened, name: string): Promise<PeerClient> {
  const relation = one.relation(name);
  const identity = await tlsIdentity(relation.own, relation.keys.tls.secretSeed);
  const client = new PeerClient({ address, identity, counterpart: relation.theirKeyset.keys.tls });
  clients.push(client);
  return client;
}

async function held(one: Opened, name: string, owner: string): Promise<number> {
  const relation = one.relation(name);
  const party = relation.own === owner ? relation.own : relation.counterpart;
  return (await readChannel(one.parts.database, relation.number, party)).size;
}

/** Whether any row of any table says any of these, in hexadecimal as PostgreSQL writes bytes. */
async function mentions(database: Database, words: readonly string[]): Promise<boolean> {
  const { rows: tables } = await database.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  for (const { name } of tables) {
    const { rowCount } = await database.query(`select from ${name} as t where t::text like any($1) limit 1`, [
      words.map((word) => `%${word}%`),
    ]);
    if (rowCount === 1) return true;
  }
  return false;
}

async function refused(asking: Promise<unknown>, codes: readonly string[]): Promise<void> {
  await assert.rejects(asking, (error) => {
    assert.ok(error instanceof Refusal && codes.includes(error.code), String(error));
    return true;
  });
}
