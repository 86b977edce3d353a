import pg from 'pg';
import { Refusal } from '@entente/protocol';
import { databaseFault } from './database-fault.ts';

/** A pool of connections to one station's PostgreSQL. */
export type Database = pg.Pool;
/** One connection inside a transaction: what every store function takes. */
export type Transaction = pg.PoolClient;
/** Either: for reads that need no transaction of their own. */
export type Queryable = Pick<pg.ClientBase, 'query'>;

// Sizes and instants stay below 2^53 by check at every door, so int8 is read as a number.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

// A plan that was kept from when a table was nearly empty reads all of it for each act of a parcel once it is long:
// seconds instead of milliseconds, until somebody analyses it. Planning anew costs a tenth of a millisecond.
const options = '-c plan_cache_mode=force_custom_plan';

/**
 * Opens the database and refuses one that could lose what it said it had kept (PROTOCOL §8).
 * @throws Refusal `database-unsafe`
 */
export async function openDatabase(url: string, connections = 8): Promise<Database> {
  const database = new pg.Pool({ connectionString: url, max: connections, application_name: 'entente', options });
  // A connection that breaks while idle is replaced by the pool; the next query says what is wrong.
  database.on('error', () => {});
  // One that breaks inside a transaction fails the query under way; unheard, its event would end the process.
  database.on('connect', (client) => client.on('error', () => {}));
  try {
    await checkDurability(database);
  } catch (error) {
    await database.end();
    throw error;
  }
  return database;
}

async function checkDurability(database: Database): Promise<void> {
  const { rows } = await database.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')`,
  );
  for (const { name, setting } of rows) {
    if (setting === 'off') throw new Refusal('database-unsafe', { where: name, what: `${name} is off` });
  }
}

/**
 * Runs one verb in one transaction: commits what it returns, rolls back what it throws.
 * @throws Refusal `store-full`, or `link-down` where the database is not there for now; nothing is half done
 */
export async function transact<Result>(
  database: Database,
  verb: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const client = await database.connect().catch((error: unknown) => {
    throw databaseFault(error);
  });
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await verb(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((cause: unknown) => {
      broken = cause instanceof Error ? cause : new Error('rollback failed', { cause });
    });
    throw databaseFault(error);
  } finally {
    client.release(broken);
  }
}
