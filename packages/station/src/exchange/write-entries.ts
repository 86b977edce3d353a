import { isSha256Hex, Refusal, type Sha256Hex } from '@entente/protocol';
import { type ParcelItem, readEnvelope } from '@entente/wire';
import { readApprovals } from '../store/approvals.ts';
import type { Queryable } from '../store/database.ts';
import { type Entry, rootAt } from '../store/entries.ts';

/** Entries of our own channel as they travel: each approval once, before the first entry that names it. */
export async function itemsOf(
  queryable: Queryable,
  relation: number,
  theirChannel: number,
  entries: readonly Entry[],
): Promise<readonly ParcelItem[]> {
  const named = entries.map(({ envelope }) => readEnvelope(envelope).signatures.map(({ approval }) => approval));
  const approvals = new Map(await readApprovals(queryable, relation, [...new Set(named.flat())]));
  const roots = new Map<number, Sha256Hex>();
  const items: ParcelItem[] = [];
  for (const [at, entry] of entries.entries()) {
    for (const hash of named[at] ?? []) {
      const approval = approvals.get(hash);
      if (approval === undefined) continue;
      approvals.delete(hash);
      items.push({ kind: 'approval', approval });
    }
    let root = roots.get(entry.seen);
    if (root === undefined) {
      root = await seenRoot(queryable, theirChannel, entry.seen);
      roots.set(entry.seen, root);
    }
    items.push({
      kind: 'entry',
      envelope: entry.envelope,
      body: entry.body ?? null,
      seen: { size: entry.seen, root },
      time: entry.time,
    });
  }
  return items;
}

const emptyRoot = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** The root that an entry of ours saw: of a head we had committed, or of the empty log. */
export async function seenRoot(queryable: Queryable, channel: number, size: Entry['seen']): Promise<Sha256Hex> {
  const root = size === 0 ? emptyRoot : Buffer.from((await rootAt(queryable, channel, size)) ?? []).toString('hex');
  if (!isSha256Hex(root)) throw new Refusal('head-behind', { what: `no head of size ${size}` });
  return root;
}
