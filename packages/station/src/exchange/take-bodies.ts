import type { LogSize } from '@entente/protocol';
import type { ParcelEntry } from '@entente/wire';
import type { Parts, Relation } from '../custody/relation.ts';
import { awaitBodies, bodiesAhead, fillBodies } from '../store/awaited-bodies.ts';
import type { Channel } from '../store/channels.ts';
import type { Transaction } from '../store/database.ts';
import type { NewEntry } from '../store/entries.ts';
import { readAct } from './weigh-entry.ts';

/**
 * Notes which of the entries just appended came without the body their head names, and fills in those that have come since:
 * ahead of their prefix, with an entry that is held already, or with an act that is repeated. Bodies were held to the hash
 * in the head when they were read.
 * @param from where the first of the rows stands
 * @param held entries of the parcel that were held before
 * @returns the entries that have their body now and had none
 */
export async function takeBodies(
  { crypto }: Pick<Parts, 'crypto'>,
  relation: Relation,
  transaction: Transaction,
  own: Channel,
  {
    rows,
    from,
    held,
  }: { readonly rows: readonly NewEntry[]; readonly from: LogSize; readonly held: readonly ParcelEntry[] },
): Promise<readonly NewEntry[]> {
  const named = rows.map(({ act }, at) => ({ act, index: from + at }));
  const lacking = named.filter((_, at) => lacksBody(crypto, relation, rows[at]));
  const come: { readonly act: Uint8Array; readonly body: Uint8Array }[] = [];
  if (lacking.length > 0) {
    await awaitBodies(transaction, relation.number, own.stopped === undefined ? own.size : undefined, lacking);
    const acts = lacking.map(({ act }) => act);
    come.push(...(await bodiesAhead(transaction, relation.number, acts)));
  }
  for (const { act, body, verdict } of rows) if (body !== undefined && verdict === 'repeated') come.push({ act, body });
  for (const { envelope, body } of held) {
    if (body === null) continue;
    come.push({ act: Buffer.from(readAct(crypto, envelope, undefined, relation.heads).id, 'hex'), body });
  }
  return come.length === 0 ? [] : fillBodies(transaction, relation.number, come);
}

/** Whether an entry came without the body that its head names. */
export function lacksBody(crypto: Parts['crypto'], relation: Relation, row: NewEntry | undefined): boolean {
  if (row === undefined || row.body !== undefined || row.heads || row.verdict === 'repeated') return false;
  return readAct(crypto, row.envelope, undefined, relation.heads).head?.body !== undefined;
}
