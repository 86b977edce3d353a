import { leafHash } from '@entente/c2sp';
import { type ActId, isSha256Hex, Refusal, type Sha256Hex } from '@entente/protocol';
import { type ParcelItem, readEnvelopeSignatures, writeLeaf } from '@entente/wire';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { readApprovals } from '../store/approvals.ts';
import type { Queryable } from '../store/database.ts';
import type { Entry } from '../store/entries.ts';
import { rootsOfEpochs } from '../store/epochs.ts';

/** Entries of our own channel as they travel: each approval once, before the first entry that names it. */
export async function itemsOf(
  queryable: Queryable,
  relation: number,
  theirChannel: number,
  entries: readonly Entry[],
): Promise<readonly ParcelItem[]> {
  const named = entries.map(({ envelope }) => readEnvelopeSignatures(envelope).map(({ approval }) => approval));
  const approvals = new Map(await readApprovals(queryable, relation, [...new Set(named.flat())]));
  const roots = new Map<number, readonly Sha256Hex[]>();
  const items: ParcelItem[] = [];
  for (const [at, entry] of entries.entries()) {
    for (const hash of named[at] ?? []) {
      const approval = approvals.get(hash);
      if (approval === undefined) continue;
      approvals.delete(hash);
      items.push({ kind: 'approval', approval });
    }
    const root = await seenRoot(queryable, theirChannel, entry, roots);
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

/**
 * The root that an entry saw in the other channel: of a head that was committed, or of the empty log. Where epochs had
 * different heads of that size, its own leaf says which.
 * @param known roots found before, by size
 */
export async function seenRoot(
  queryable: Queryable,
  otherChannel: number,
  entry: Pick<Entry, 'seen' | 'act' | 'envelope' | 'time' | 'leaf'>,
  known: Map<number, readonly Sha256Hex[]> = new Map(),
): Promise<Sha256Hex> {
  const roots = known.get(entry.seen) ?? (await rootsAt(queryable, otherChannel, entry.seen));
  known.set(entry.seen, roots);
  const root = roots.length > 1 ? roots.find((one) => isLeaf(entry, one)) : roots[0];
  if (root === undefined) throw new Refusal('head-behind', { what: `no head of size ${entry.seen}` });
  return root;
}

async function rootsAt(queryable: Queryable, channel: number, size: Entry['seen']): Promise<readonly Sha256Hex[]> {
  const roots = size === 0 ? [emptyRoot] : (await rootsOfEpochs(queryable, channel, size)).map((root) => root.toHex());
  return roots.filter(isSha256Hex);
}

function isLeaf({ act, envelope, time, seen, leaf }: Parameters<typeof seenRoot>[2], root: Sha256Hex): boolean {
  const { sha256Hex } = nodeCrypto;
  const written = writeLeaf({
    act: act.toHex() as ActId,
    envelope: sha256Hex(envelope),
    time,
    seen: { size: seen, root },
  });
  return Buffer.compare(leafHash(nodeCrypto, written), leaf) === 0;
}
