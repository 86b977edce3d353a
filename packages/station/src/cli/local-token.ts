import type { Instant } from '@entente/protocol';
import type { Parts } from '../custody/relation.ts';
import { transact } from '../store/database.ts';
import { issueToken } from '../store/tokens.ts';
import { type Home, writePrivate } from './home.ts';

const life = 30 * 86_400_000;
const file = ['tokens', 'administrator'] as const;

/**
 * Leaves a token for the administrator of this machine in the home folder, readable by the station's user alone; a new one
 * at each start. It opens no content and signs nothing.
 */
export async function writeLocalToken(home: Home, { database, crypto, clock }: Parts): Promise<void> {
  const now = clock.now();
  const { secret } = await transact(database, (transaction) =>
    issueToken(
      transaction,
      crypto,
      now,
      {
        name: 'local administrator',
        scopes: ['relations.read', 'administration', 'metrics.read'],
        expires: (now + life) as Instant,
        officer: undefined,
        relation: undefined,
      },
      undefined,
    ),
  );
  await writePrivate(home.path(...file), secret);
}
