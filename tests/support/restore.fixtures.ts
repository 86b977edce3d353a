import { join } from 'node:path';
import { rootFingerprint } from '@entente/wire';
import { Keystore } from '../../packages/station/src/adapters/keystore.ts';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { HighWater } from '../../packages/station/src/custody/high-water.ts';
import { loadRelation } from '../../packages/station/src/custody/load-relation.ts';
import { openDatabase } from '../../packages/station/src/store/database.ts';
import { listRelations } from '../../packages/station/src/store/relations.ts';
import type { Giver } from '../../packages/station/src/custody/catch-up.ts';
import { giveHeld } from '../../packages/station/src/exchange/give-held.ts';
import { logHandlers } from '../../packages/station/src/exchange/log-handlers.ts';
import { readTilePath } from '@entente/c2sp';
import type { TestStation } from './two-parties.fixtures.ts';

/** Copies a station's database as it is now: yesterday's backup. @returns its name */
export async function backUp({ parts }: TestStation, name: string): Promise<string> {
  const url = urlOf(parts.database.options.connectionString);
  const admin = await openDatabase(withName(url, 'postgres'), 1);
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
    url.pathname.slice(1),
  ]);
  await admin.query(`create database "${name}" template "${url.pathname.slice(1)}"`);
  await admin.end();
  return name;
}

/** Starts a station anew: over its database as it is, or over a copy of it; keys and high-water file are those of today. */
export async function restart(station: TestStation, name?: string): Promise<TestStation> {
  const { parts, relation, folder } = station;
  const url = urlOf(parts.database.options.connectionString);
  const database = await openDatabase(name === undefined ? url.href : withName(url, name), 4);
  const keystore = new Keystore(join(folder, 'keys'), nodeCrypto);
  const [record] = await listRelations(database);
  if (record === undefined) throw new Error('a backup holds its relation');
  const [first, second] = relation.parties.map((party) => {
    const { keyset } = party === relation.own ? { keyset: relation.ownKeyset } : { keyset: relation.theirKeyset };
    return rootFingerprint(nodeCrypto, keyset.root);
  });
  if (first === undefined || second === undefined) throw new Error('two parties');
  const loaded = await loadRelation(database, nodeCrypto, keystore, record, [first, second]);
  return {
    ...station,
    parts: { ...parts, database, highWater: new HighWater(join(folder, 'high-water')) },
    relation: loaded,
  };
}

/** What the counterpart gives back, without a network between. */
export function giverOf({ parts, relation }: TestStation): Giver {
  const log = logHandlers(parts, relation);
  return {
    readLog: async (origin, path) =>
      path === 'checkpoint'
        ? new TextEncoder().encode(await log.readCheckpoint(origin))
        : log.readTile(origin, readTilePath(path)),
    fetchHeld: (owner, from, seen) => giveHeld(parts, relation, owner, from, seen),
  };
}

function urlOf(text: string | undefined): URL {
  if (text === undefined) throw new Error('opened by its address');
  return new URL(text);
}

function withName(url: URL, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}
