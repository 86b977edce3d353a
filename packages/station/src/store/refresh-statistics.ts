import type { Database } from './database.ts';

/**
 * Counts tables anew for PostgreSQL's planner. A server that was killed forgets how much has changed, and a young table that
 * it never counted gets plans that take a minute where they should take milliseconds (measured: folding behind a backlog).
 */
export async function refreshStatistics(database: Database): Promise<void> {
  await database.query('analyze (skip_locked)');
}
