import { signCheckpoint } from '@entente/c2sp';
import type { LogSize } from '@entente/protocol';
import { originOf } from '@entente/wire';
import { type Channel, keepSignedHead, type NotedHead } from '../store/channels.ts';
import { raiseHighWater } from './raise-high-water.ts';
import type { Parts, Relation } from './relation.ts';

/**
 * Signs a committed head of our own channel with both algorithms, once the high-water file has it on disk
 * (PROTOCOL §2.2: append → commit → sign → send). The caller has committed (size, root); nothing else may be passed.
 */
export async function signHead(
  parts: Parts,
  relation: Relation,
  channel: Pick<Channel, 'channel' | 'epoch'>,
  head: { readonly size: LogSize; readonly root: Uint8Array },
): Promise<NotedHead> {
  const signed = await signRaised(parts, relation, channel, head);
  await keepSignedHead(parts.database, channel.channel, signed);
  return signed;
}

/** The same, for a caller who keeps the signed head while doing something else, and before it leaves. */
export async function signRaised(
  parts: Parts,
  relation: Relation,
  channel: Pick<Channel, 'epoch'>,
  head: { readonly size: LogSize; readonly root: Uint8Array },
): Promise<NotedHead> {
  const origin = originOf(relation.own, relation.counterpart, channel.epoch);
  await raiseHighWater(parts, origin, head);
  const { ed25519, mldsa44 } = relation.log(channel.epoch);
  const note = signCheckpoint(
    { origin, size: head.size, root: head.root, extension: [] },
    [ed25519, mldsa44],
    Math.floor(parts.clock.now() / 1000),
  );
  return { size: head.size, note };
}
