import type { LogSize } from '@entente/protocol';
import type { Crypto } from '@entente/wire';
import type { Channel } from './channels.ts';
import { type Database, type Queryable, transact } from './database.ts';
import { type Entry, readEntries } from './entries.ts';
import { writeHouseLog } from './house-log.ts';
import type { Reader } from './read-content.ts';
import type { RelationRecord } from './relations.ts';
import { whoOf } from './tokens.ts';
import { wholeRelation } from './whole-relation.ts';

/** A piece of a channel with its bodies, for a file that leaves the store: one disclosure, logged in the same transaction. */
export async function discloseEntries(
  database: Database,
  crypto: Crypto,
  { relation, name }: RelationRecord,
  piece: { readonly channel: Channel; readonly from: LogSize; readonly to: LogSize },
  reader: Pick<Reader, 'caller' | 'time' | 'purpose'>,
  to: string,
): Promise<readonly Entry[]> {
  return transact(database, async (transaction) => {
    const { channel } = piece;
    const entries = await readEntries(transaction, channel, piece.from, piece.to);
    const { caller, time, purpose } = reader;
    const range = { owner: channel.owner, epoch: channel.epoch, first: piece.from, end: piece.to };
    await writeHouseLog(transaction, crypto, {
      kind: 'export',
      time,
      what: { relation: name, purpose, by: whoOf(caller), content: 'channel', use: 'disclosure', to, ...range },
      dossiers: [{ relation, dossier: wholeRelation }],
    });
    return entries;
  });
}

/** A piece of a channel without any body: what an auditor may have. */
export async function readBareEntries(
  queryable: Queryable,
  channel: Pick<Channel, 'relation' | 'channel'>,
  from: LogSize,
  to: LogSize,
): Promise<readonly Entry[]> {
  return (await readEntries(queryable, channel, from, to)).map((entry) => ({ ...entry, body: undefined }));
}
