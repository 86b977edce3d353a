import { readFile, readdir } from 'node:fs/promises';
import { hash } from 'node:crypto';
import { Refusal } from '@entente/protocol';
import { type Database, transact } from './database.ts';

const folder = new URL('./migrations/', import.meta.url);
// Any fixed number: two processes that start together migrate one after the other.
const migrationLock = 7_310_112;

/**
 * Brings the database forward to this program's schema; never back.
 * @throws Refusal `database-newer` where the database knows a migration that this program does not, or a changed one.
 */
export async function migrate(database: Database): Promise<void> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  await transact(database, async (transaction) => {
    await transaction.query('select pg_advisory_xact_lock($1)', [migrationLock]);
    await transaction.query('create table if not exists migration (name text primary key, sha256 text not null)');
    const { rows } = await transaction.query<{ name: string; sha256: string }>('select name, sha256 from migration');
    const done = new Map(rows.map(({ name, sha256 }) => [name, sha256]));
    for (const name of done.keys()) {
      if (!files.includes(name)) throw new Refusal('database-newer', { where: name });
    }
    for (const name of files) {
      const sql = await readFile(new URL(name, folder), 'utf8');
      const sha256 = hash('sha256', sql);
      const known = done.get(name);
      if (known === sha256) continue;
      if (known !== undefined) throw new Refusal('database-newer', { where: name, what: 'this migration was changed' });
      await transaction.query(sql);
      await transaction.query('insert into migration values ($1, $2)', [name, sha256]);
    }
  });
}
