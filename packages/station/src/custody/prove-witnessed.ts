import { writeTlogProof } from '@entente/c2sp';
import type { Sha256Hex } from '@entente/protocol';
import { neutralPolicy, opaqueOrigin, originOf, readWitnessKey } from '@entente/wire';
import type { Channel } from '../store/channels.ts';
import { readWitnessed } from '../store/neutral-heads.ts';
import { proveInclusion } from './prove-entry.ts';
import type { Parts, Relation } from './relation.ts';

/**
 * For each neutral witness of the accord that cosigned a head of our channel beyond this entry: the policy to believe that
 * head by, and the `tlog-proof` of the entry against it. Nothing for an entry of the counterpart: its witnesses answer it.
 */
export async function proveWitnessed(
  { database, crypto }: Parts,
  relation: Relation,
  channel: Channel,
  { index }: { readonly index: number },
  accord: Sha256Hex,
): Promise<ReadonlyMap<Sha256Hex, { readonly policy: Uint8Array; readonly proof: Uint8Array }>> {
  const proven = new Map<Sha256Hex, { policy: Uint8Array; proof: Uint8Array }>();
  const [inForce] = relation.authority.accordsFrom(accord, relation.own);
  if (!channel.own || inForce === undefined) return proven;
  const origin = opaqueOrigin(crypto, accord, originOf(relation.own, relation.counterpart, channel.epoch));
  for (const vkey of inForce.witnesses) {
    const head = await readWitnessed(database, channel.channel, vkey);
    const key = readWitnessKey(crypto, vkey);
    if (key === undefined || head === undefined || head.origin !== origin || head.size <= index) continue;
    const inclusion = await proveInclusion(database, crypto, channel, index, head.size);
    const encoder = new TextEncoder();
    proven.set(crypto.sha256Hex(encoder.encode(vkey)), {
      policy: neutralPolicy(crypto, relation.ownKeyset, origin, key),
      proof: encoder.encode(writeTlogProof({ index, inclusion, note: encoder.encode(head.note) })),
    });
  }
  return proven;
}
