import { systemClock } from '../adapters/clock.ts';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { restore } from '../custody/restore.ts';
import { readFileShown, readIdentity } from './carry-in.ts';
import type { Command, Outcome } from './command.ts';
import { openDatabaseOf } from './open-station.ts';
import { checkNotRunning } from './running.ts';

/** Brings a backup into an empty database. */
export const restoreCommand: Command = {
  name: 'restore',
  summary:
    'Restore a backup into an empty database; the station then catches up with its counterparts before it says anything',
  operands: 'FILE',
  options: { identity: { value: 'FILE', describe: 'the backup identity; else backup.identity in the root folder' } },
  examples: ['restore --root /media/safe /srv/backups/fr-2026-11-22.age'],
  async run(input, { home, databaseUrl, blobsOf, terminal }): Promise<Outcome> {
    const file = input.operand(0, 'FILE');
    const identity = await readIdentity(input.optional('identity') ?? `${home.rootFolder}/backup.identity`);
    await checkNotRunning(home);
    const source = await readFileShown(file, 'restoring', terminal);
    const { database, close } = await openDatabaseOf(home, databaseUrl);
    try {
      const blobs = blobsOf(home);
      const restored = await restore({ database, crypto: nodeCrypto, blobs, identity, source, now: systemClock.now() });
      const text = [
        `Restored the backup of ${restored.at}: ${restored.rows} rows in ${restored.tables} tables.`,
        'Every own channel is marked not caught up: entente serve fetches back what was said since, and appends nothing before.',
        `What cannot come back: drafts and the house log since then. ${restored.awaited.length} attachments are awaited again.`,
      ].join('\n');
      return { text, json: { ...restored } };
    } finally {
      await close();
    }
  },
};
