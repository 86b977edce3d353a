import { Refusal, type RelationId } from '@entente/protocol';
import { systemClock } from '../adapters/clock.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../adapters/embedded-postgres.ts';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { HighWater } from '../custody/high-water.ts';
import { loadRelation } from '../custody/load-relation.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { type Database, openDatabase, transact } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { insertRelation, listRelations, type RelationRecord } from '../store/relations.ts';
import type { Home } from './home.ts';
import { readRunning } from './running.ts';
import { readPaperFiles, type RelationPaperFiles } from './relation-papers.ts';
import { readStation, type StationFile } from './station-file.ts';

/** A station's parts with its database open and its relations loaded; `close` ends what was started here. */
export interface OpenStation {
  readonly station: StationFile;
  readonly parts: Parts;
  readonly relations: readonly Relation[];
  readonly records: readonly RelationRecord[];
  readonly databaseUrl: string;
  /** The server of our own, where this call started it. */
  readonly postgres: EmbeddedPostgres | undefined;
  close(): Promise<void>;
}

/**
 * Opens the station of a home: the database that a running station uses, else one's own by URL, else the embedded one,
 * brought to this program's schema, with every relation whose accord is installed.
 * @throws Refusal
 */
export async function openStation(home: Home, databaseUrl: string | undefined): Promise<OpenStation> {
  const station = await readStation(home);
  const opened = await openDatabaseOf(home, databaseUrl);
  try {
    const records = await importRelations(opened.database, home, station);
    const relations: Relation[] = [];
    for (const record of records) {
      const { roots } = await papersOf(home, record.name);
      relations.push(await loadRelation(opened.database, nodeCrypto, home.keystore, record, roots));
    }
    const highWater = new HighWater(home.path('high-water'));
    const parts: Parts = { database: opened.database, crypto: nodeCrypto, clock: systemClock, highWater };
    return { station, parts, relations, records, ...opened };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

export interface OpenedDatabase {
  readonly database: Database;
  readonly databaseUrl: string;
  readonly postgres: EmbeddedPostgres | undefined;
  close(): Promise<void>;
}

/** Opens the database alone, migrated. @throws Refusal `database-unsafe`, `database-newer` */
export async function openDatabaseOf(home: Home, databaseUrl: string | undefined): Promise<OpenedDatabase> {
  const running = databaseUrl === undefined ? await readRunning(home) : undefined;
  const known = databaseUrl ?? running?.database;
  const postgres = known === undefined ? await startEmbeddedPostgres(home.path('database')) : undefined;
  const url = known ?? postgres?.url ?? '';
  try {
    const database = await openDatabase(url);
    await migrate(database);
    const close = async (): Promise<void> => {
      await database.end();
      await postgres?.stop();
    };
    return { database, databaseUrl: url, postgres, close };
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
}

/** The relation of that name among those loaded. @throws Refusal `relation-unknown` */
export function relationNamed(relations: readonly Relation[], name: RelationId): Relation {
  const found = relations.find((relation) => relation.name === name);
  if (found === undefined) throw new Refusal('relation-unknown', { what: name });
  return found;
}

/** Founds in the database each relation whose accord has been installed in the home folder since. */
async function importRelations(
  database: Database,
  home: Home,
  station: StationFile,
): Promise<readonly RelationRecord[]> {
  const known = await listRelations(database);
  for (const { name, counterpart } of station.relations) {
    if (known.some((record) => record.name === name)) continue;
    const papers = await readPaperFiles(home, name);
    if (papers === undefined) continue;
    await transact(database, (transaction) =>
      insertRelation(transaction, { name, own: station.party, counterpart }, papersToKeep(papers)),
    );
  }
  return listRelations(database);
}

function papersToKeep({ accord, accordBytes, ours, theirs }: RelationPaperFiles): Parameters<typeof insertRelation>[2] {
  return {
    accords: [{ hash: accord.id, envelope: accordBytes }],
    keysets: [ours, theirs].map(({ present, keyset }) => ({
      party: present.keyset.party,
      number: present.keyset.number,
      hash: present.id,
      envelope: keyset,
    })),
  };
}

async function papersOf(home: Home, name: RelationId): Promise<RelationPaperFiles> {
  const papers = await readPaperFiles(home, name);
  if (papers === undefined)
    throw new Refusal('relation-unknown', { what: `${name}: its papers are not in ${home.folder}` });
  return papers;
}
