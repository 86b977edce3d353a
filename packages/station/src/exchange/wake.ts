import type { Database, Queryable } from '../store/database.ts';

const channel = 'entente_release';

/** Tells every process of the station, once the transaction commits, that a relation has something to release. */
export async function tellRelease(queryable: Queryable, relation: number): Promise<void> {
  await queryable.query({
    name: 'tell-release',
    text: `select pg_notify('${channel}', $1)`,
    values: [String(relation)],
  });
}

/** Hears such calls until stopped. A lost connection is made again; `onLost` lets waiters look for themselves. */
export async function hearReleases(
  database: Database,
  onRelease: (relation: number) => void,
  onLost: () => void,
): Promise<{ stop(): Promise<void> }> {
  let stopped = false;
  let end = (): void => {};
  const listen = async (): Promise<void> => {
    const client = await database.connect();
    let released = false;
    let listening = false;
    end = () => {
      // An error while it ends, or after, comes here a second time.
      if (!released) client.release(true);
      released = true;
    };
    client.on('notification', ({ payload }) => onRelease(Number(payload)));
    client.once('error', () => {
      end();
      // Before it listens, who asked for it is told by the query.
      if (stopped || !listening) return;
      onLost();
      again();
    });
    try {
      await client.query(`listen ${channel}`);
    } catch (error) {
      end();
      throw error;
    }
    listening = true;
    if (stopped) end();
  };
  const again = (): void => {
    setTimeout(() => {
      if (!stopped) listen().catch(again);
    }, 500).unref();
  };
  await listen();
  return {
    stop: async () => {
      stopped = true;
      end();
    },
  };
}
