import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../packages/station/src/adapters/embedded-postgres.ts';
import { type Database, openDatabase } from '../../packages/station/src/store/database.ts';
import { foundParties } from './found-parties.ts';
import { Process } from './process.ts';

/** Two whole stations in processes of their own, each with a PostgreSQL of its own; `fr` dials `ma` over TLS. */
export interface TwoStations {
  readonly fr: BenchStation;
  readonly ma: BenchStation;
  close(): Promise<void>;
}

export interface BenchStation {
  readonly station: Process;
  readonly postgres: EmbeddedPostgres;
  readonly database: Database;
}

export async function startTwoStations(): Promise<TwoStations> {
  const folder = await mkdtemp(join(tmpdir(), 'entente-bench-'));
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0)) await step();
  };
  try {
    const [one, other] = [await cluster(folder, 'fr'), await cluster(folder, 'ma')];
    closing.unshift(() =>
      Promise.all([one.stop(), other.stop(), rm(join('/var/lib/entente', folder), { force: true })]),
    );
    const founded = await foundParties(folder, { fr: one.url, ma: other.url });
    const entry = new URL('./station.ts', import.meta.url);
    const ma = new Process(entry, founded.ma);
    closing.unshift(() => ma.stop());
    const { peerPort } = await ma.ask<{ peerPort: number }>('ready');
    const fr = new Process(entry, { ...founded.fr, counterpartAt: `https://127.0.0.1:${peerPort}` });
    closing.unshift(() => fr.stop());
    await fr.ask('ready');
    const databases = [await openDatabase(one.url, 2), await openDatabase(other.url, 2)] as const;
    closing.unshift(() => Promise.all(databases.map((database) => database.end())));
    return {
      fr: { station: fr, postgres: one, database: databases[0] },
      ma: { station: ma, postgres: other, database: databases[1] },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function cluster(folder: string, party: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres(join(folder, `${party}-postgres`));
}
