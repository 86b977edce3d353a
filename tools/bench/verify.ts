import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LogSize, PartyId } from '@entente/protocol';
import { writeChannelLine } from '../../packages/station/src/cli/channel-folder.ts';
import { itemsOf } from '../../packages/station/src/exchange/write-entries.ts';
import { type Channel, readChannel } from '../../packages/station/src/store/channels.ts';
import type { Database } from '../../packages/station/src/store/database.ts';
import { readEntries } from '../../packages/station/src/store/entries.ts';
import { readPapers } from '../../packages/station/src/store/relations.ts';
import type { Bench } from './bench.ts';
import { atLeast } from './figure.ts';
import { fillTo } from './passes.ts';

const relation = 1;
const step = 1000;
const entente = join(import.meta.dirname, '../../packages/station/src/main.ts');

/** Re-deriving a channel from its exported bytes: `entente verify DIR`, structure and hashes, without `--signatures`. */
export const verify: Bench = {
  name: 'verify',
  async run(stations, quick) {
    const n = await fillTo(stations, quick ? 10_000 : 200_000);
    const folder = await mkdtemp(join(tmpdir(), 'entente-bench-'));
    try {
      await exportTo(folder, stations.fr.database);
      const { stdout } = await promisify(execFile)(process.execPath, [entente, 'verify', folder, '--json']);
      const { actsPerSecond: value } = JSON.parse(stdout) as { actsPerSecond: number };
      return [atLeast({ name: 'verify, structure and hashes', value, unit: 'acts/s', n }, 50_000)];
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

/** As `entente export channel` does, from a database whose station runs. */
async function exportTo(folder: string, database: Database): Promise<void> {
  const { accords, keysets } = await readPapers(database, relation);
  await mkdir(join(folder, 'accords'));
  for (const [at, { envelope }] of accords.entries()) await writeFile(join(folder, `accords/${at + 1}.json`), envelope);
  for (const { party, number, envelope } of keysets) {
    await mkdir(join(folder, 'keysets', party), { recursive: true });
    await writeFile(join(folder, 'keysets', party, `${number}.json`), envelope);
  }
  const own = await readChannel(database, relation, 'fr' as PartyId);
  const theirs = await readChannel(database, relation, 'ma' as PartyId);
  await exportChannel(folder, database, own, theirs);
  await exportChannel(folder, database, theirs, own);
}

async function exportChannel(folder: string, database: Database, channel: Channel, other: Channel): Promise<void> {
  const path = join(folder, `channels/${channel.owner}-${channel.epoch}`);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'signed.txt'), channel.signed?.note ?? '');
  await writeFile(join(path, 'cosigned.txt'), channel.cosigned?.note ?? '');
  const file = await open(join(path, 'entries.jsonl'), 'wx');
  for (let from = 0; from < channel.size; from += step) {
    const to = Math.min(channel.size, from + step) as LogSize;
    const items = await itemsOf(
      database,
      relation,
      other.channel,
      await readEntries(database, channel, from as LogSize, to),
    );
    await file.writeFile(items.map(writeChannelLine).join(''));
  }
  await file.close();
}
