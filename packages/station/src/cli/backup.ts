import { open, rename, rm } from 'node:fs/promises';
import { isSealingRecipient } from '@entente/wire';
import { Refusal } from '@entente/protocol';
import { backUp } from '../custody/backup.ts';
import { systemClock } from '../adapters/clock.ts';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import type { Command, Outcome } from './command.ts';
import { openDatabaseOf } from './open-station.ts';
import { readStation } from './station-file.ts';

/** Writes a sealed backup while the station runs. */
export const backup: Command = {
  name: 'backup',
  summary: 'Write a sealed backup of the database as of this instant; the station may go on running',
  operands: 'FILE',
  options: { recipient: { value: 'AGE', describe: 'age recipient; else the one made by entente init' } },
  examples: ['backup /srv/backups/fr-$(date +%F).age'],
  async run(input, { home, databaseUrl, terminal }): Promise<Outcome> {
    const station = await readStation(home);
    const file = input.operand(0, 'FILE');
    const recipient = input.optional('recipient') ?? station.backup;
    if (!isSealingRecipient(recipient)) throw new Refusal('key-malformed', { where: '--recipient' });
    const { database, close } = await openDatabaseOf(home, databaseUrl);
    try {
      const at = systemClock.now();
      const { rows } = await database.query<{ size: number }>('select pg_database_size(current_database()) as size');
      const whole = rows[0]?.size ?? 0;
      const bytes = await writeFileWhole(file, backUp(database, nodeCrypto, recipient, at), (done) =>
        terminal.progress('backup', done, whole),
      );
      terminal.progress('backup', whole, whole);
      const text = [
        `${file}: ${bytes} bytes, sealed to the backup key. Its identity is offline, beside the root.`,
        'Not in it: private keys (copy the folder keys once, to a safe), the high-water marks, the attachments (copy the folder blobs).',
      ].join('\n');
      return { text, json: { file, bytes } };
    } finally {
      await close();
    }
  },
};

async function writeFileWhole(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  onWritten: (bytes: number) => void,
): Promise<number> {
  const partial = `${path}.new`;
  const file = await open(partial, 'w', 0o600);
  let written = 0;
  try {
    for await (const piece of pieces) {
      await file.writeFile(piece);
      written += piece.length;
      onWritten(written);
    }
    await file.sync();
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await rename(partial, path);
  return written;
}
