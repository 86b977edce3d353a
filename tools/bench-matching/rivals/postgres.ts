import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../../packages/station/src/adapters/embedded-postgres.ts';
import { type Database, openDatabase } from '../../../packages/station/src/store/database.ts';

/** The PostgreSQL of the stations, with the two extensions that compare names; it ends with `close`. */
export interface RivalDatabase {
  readonly database: Database;
  close(): Promise<void>;
}

// Daitch–Mokotoff codes are of one word each; a name has those of all its words.
const extensions = `
  create extension pg_trgm;
  create extension fuzzystrmatch;
  create function codes_of(name text) returns text[] immutable language sql as $$
    select coalesce(array_agg(distinct code), '{}')
    from regexp_split_to_table(name, ' ') as word, unnest(daitch_mokotoff(word)) as code
  $$`;

export async function startRivalDatabase(): Promise<RivalDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'entente-bench-matching-'));
  const postgres = await startEmbeddedPostgres(join(folder, 'postgres'));
  const database = await openDatabase(postgres.url, 1);
  await database.query(extensions);
  return {
    database,
    close: async () => {
      await database.end();
      await postgres.stop();
      for (const place of [folder, join('/var/lib/entente', folder)]) await rm(place, { recursive: true, force: true });
    },
  };
}
