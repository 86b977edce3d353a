import type { Sha256Hex } from '@entente/protocol';
import { type OpenedParcel, openParcel, type ParcelEntry, type Verified } from '@entente/wire';
import { takeRootPapers } from '../custody/known-keysets.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { readStandings } from '../store/channels.ts';
import { openSealedParcel } from './open-sealed.ts';

/**
 * Opens a sealed parcel of the counterpart, a run or an express one, and verifies whose it is before any act is read.
 * @throws Refusal `seal-unopenable`, and as `openParcel`
 */
export async function openCounterpartParcel(
  parts: Parts,
  relation: Relation,
  sealed: Uint8Array,
): Promise<Verified<OpenedParcel>> {
  await takeRootPapers(parts, relation);
  const [plaintext, { theirs }] = await Promise.all([
    openSealedParcel(parts, relation, sealed),
    readStandings(parts.database, relation.number),
  ]);
  const { epoch } = theirs;
  return openParcel(parts.crypto, plaintext, {
    from: relation.counterpart,
    to: relation.own,
    relation: relation.name,
    epoch,
    log: relation.theirLog(epoch),
  });
}

/** Entries and approvals of a parcel; approvals are known to the relation's authority from here on. */
export function readItems(
  relation: Relation,
  parcel: Verified<OpenedParcel>,
): { readonly entries: readonly ParcelEntry[]; readonly approvals: ReadonlyMap<Sha256Hex, Uint8Array> } {
  const entries: ParcelEntry[] = [];
  const approvals = new Map<Sha256Hex, Uint8Array>();
  for (const item of parcel.items()) {
    if (item.kind === 'entry') entries.push(item);
    else approvals.set(relation.authority.addApproval(item.approval), item.approval);
  }
  return { entries, approvals };
}
