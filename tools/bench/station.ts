import { join } from 'node:path';
import { Keystore } from '../../packages/station/src/adapters/keystore.ts';
import { systemClock } from '../../packages/station/src/adapters/clock.ts';
import { blobsFolder } from '../../packages/station/src/adapters/blobs-folder.ts';
import { openLog } from '../../packages/station/src/adapters/log.ts';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { noTraces } from '../../packages/station/src/adapters/traces.ts';
import { HighWater } from '../../packages/station/src/custody/high-water.ts';
import { loadRelation } from '../../packages/station/src/custody/load-relation.ts';
import type { Parts } from '../../packages/station/src/custody/relation.ts';
import { serveStation } from '../../packages/station/src/serve/serve-station.ts';
import { readStandings, type Standings } from '../../packages/station/src/store/channels.ts';
import { openDatabase } from '../../packages/station/src/store/database.ts';
import { eventChannel } from '../../packages/station/src/store/events.ts';
import { listRelations } from '../../packages/station/src/store/relations.ts';
import { PeerClient } from '../../packages/station/src/exchange/link/peer-client.ts';
import { tlsIdentity } from '../../packages/station/src/adapters/tls-certificate.ts';
import { attach } from './attach-file.ts';
import { askInvented, awaitTable, type BlindSide, publishInvented } from './blind-side.ts';
import { type Authors, bindOfficer, fillOutbox, sayUrgent } from './fill-outbox.ts';
import type { Founded } from './found-parties.ts';
import { mostMemory, serveCommands } from './process.ts';

// A whole station in a process of its own, as `entente serve` runs it, that is told what to say and measures by its clock.
const { own, home, databaseUrl, roots, counterpartAt } = JSON.parse(process.argv[2] ?? '') as StationTerms;

export interface StationTerms extends Founded {
  /** Absent: this side is dialled. */
  readonly counterpartAt?: string;
}

const database = await openDatabase(databaseUrl);
const keystore = new Keystore(join(home, 'keys'), nodeCrypto);
const [record] = await listRelations(database);
if (record === undefined) throw new Error(`${own} has no relation`);
const relation = await loadRelation(database, nodeCrypto, keystore, record, roots);
const parts: Parts = {
  database,
  crypto: nodeCrypto,
  clock: systemClock,
  highWater: new HighWater(join(home, 'high-water')),
};
const log = openLog('error', { write: (line) => process.stderr.write(line) });
const station = await serveStation({
  parts,
  party: own,
  databaseUrl,
  keystore,
  blobs: blobsFolder(join(home, 'blobs')),
  partsFolder: join(home, 'parts'),
  routes: [
    {
      relation,
      fetches: counterpartAt !== undefined,
      ...(counterpartAt === undefined ? {} : { address: counterpartAt }),
    },
  ],
  api: { host: '127.0.0.1', port: 0 },
  peer: { host: '127.0.0.1', port: 0 },
  log,
  traces: noTraces,
});

const listener = await database.connect();
await listener.query(`listen ${eventChannel}`);
const officer = await bindOfficer(parts, relation);
const blindSide: BlindSide = { parts, relation, keystore, home, officer, untilHeard };
// The officer's key stands in the channel before anything is measured; who is dialled waits for its counterpart.
if (counterpartAt !== undefined) await untilReceipted(1);

/** Until the author holds the counterpart's cosignature of everything it has released, and nothing waits. */
function untilReceipted(size: number): Promise<void> {
  return untilStanding(`no receipt of ${size} acts`, ({ own: channel }) => channel.cosignedSize >= size);
}

async function untilHeard(): Promise<void> {
  const { theirs: before } = await readStandings(database, relation.number);
  await untilStanding('no word of the counterpart', ({ theirs }) => theirs.size > before.size);
}

/** Until the channels stand so; looks when something was told. */
async function untilStanding(missing: string, isSo: (standings: Standings) => boolean): Promise<void> {
  for (;;) {
    const { promise: heard, resolve, reject } = Promise.withResolvers<void>();
    const silent = setTimeout(() => reject(new Error(`${missing}: nothing moves`)), 30_000);
    listener.once('notification', () => resolve());
    if (isSo(await readStandings(database, relation.number))) return clearTimeout(silent);
    await heard.finally(() => clearTimeout(silent));
  }
}

async function sizeNow(): Promise<number> {
  return (await readStandings(database, relation.number)).own.size;
}

/** Fills the outbox, and holds it. */
async function fill(authors: Authors, count: number): Promise<void> {
  const size = (await sizeNow()) + count;
  const letGo = await fillOutbox(parts, relation, officer, authors, count);
  release = async () => {
    const begun = await letGo();
    await untilReceipted(size);
    return (performance.now() - begun) / 1000;
  };
}

let release = (): Promise<number> => Promise.reject(new Error('nothing was filled'));

async function urgent(runs: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const size = (await sizeNow()) + 1;
    const begun = performance.now();
    await sayUrgent(parts, relation, officer);
    await untilReceipted(size);
    times.push(performance.now() - begun);
    // What the last one left to do, folding among it, is over when the next is said.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return times;
}

/** How long each "anything new?" took, over the link as the exchange asks it. */
async function askHeads(runs: number): Promise<readonly number[]> {
  const identity = await tlsIdentity(own, relation.keys.tls.secretSeed);
  const counterpart = relation.theirKeyset.keys.tls;
  const client = new PeerClient({ address: counterpartAt ?? '', identity, counterpart });
  await client.readHeads();
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const begun = performance.now();
    await client.readHeads();
    times.push(performance.now() - begun);
  }
  await client.close();
  return times;
}

serveCommands(
  {
    ready: async () => ({ peerPort: station.peerPort, apiPort: station.apiPort }),
    fill: ({ authors, count }: { authors: Authors; count: number }) => fill(authors, count),
    release: () => release(),
    urgent: (runs: number) => urgent(runs),
    askHeads: (runs: number) => askHeads(runs),
    attach: (bytes: number) => attach({ parts, relation, keystore, home, officer, bytes }),
    blindPublish: (count: number) => publishInvented(blindSide, count),
    blindTable: (pages: number) => awaitTable(blindSide, pages),
    blindAsk: ({ runs, watched }: { runs: number; watched: number }) => askInvented(blindSide, runs, watched),
    memory: async () => mostMemory(),
  },
  async () => {
    listener.release(true);
    await station.stop();
    await database.end();
  },
);
