import { signCheckpoint } from '@entente/c2sp';
import { logSigners, opaqueOrigin, originOf } from '@entente/wire';
import type { Channel } from '../store/channels.ts';
import { rootAt } from '../store/entries.ts';
import { keepNeutralHead, type NeutralHead } from '../store/neutral-heads.ts';
import { seedsOf } from './found-relation.ts';
import type { Parts, Relation } from './relation.ts';

/**
 * Signs the newest head of our channel that the counterpart cosigned once more, under the opaque origin: what has not been
 * seen by the counterpart is shown to nobody else. Undefined where it has cosigned none yet.
 */
export async function signNeutralHead(
  { database, crypto, clock }: Parts,
  relation: Relation,
  own: Channel,
): Promise<NeutralHead | undefined> {
  const { cosigned, stopped, epoch } = own;
  if (cosigned === undefined || stopped !== undefined) return undefined;
  const { size } = cosigned;
  const root = await rootAt(database, own.channel, size);
  if (root === undefined) throw new Error(`the head of size ${size} was cosigned, and its root is not kept`);
  const { hash } = relation.authority.accord(relation.own);
  const origin = opaqueOrigin(crypto, hash, originOf(relation.own, relation.counterpart, epoch));
  const { ed25519, mldsa44 } = logSigners(crypto, origin, seedsOf(relation.keys.log));
  const time = Math.floor(clock.now() / 1000);
  const head = { origin, size, note: signCheckpoint({ origin, size, root, extension: [] }, [ed25519, mldsa44], time) };
  await keepNeutralHead(database, own.channel, head);
  return head;
}
