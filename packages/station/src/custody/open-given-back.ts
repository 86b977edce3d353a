import { Refusal } from '@entente/protocol';
import { openParcel, originOf } from '@entente/wire';
import type { Run } from '../exchange/accept-parcel.ts';
import { openSealedParcel } from '../exchange/open-sealed.ts';
import { type Channel, readChannel } from '../store/channels.ts';
import type { Parts, Relation } from './relation.ts';

/**
 * Opens a piece of our own channel that the counterpart gave back: its header is the giver's, its head our own.
 * @throws Refusal as `openParcel`, and `gap` where it does not begin there
 */
export async function openGivenBack(
  parts: Parts,
  relation: Relation,
  own: Channel,
  start: number,
  sealed: Uint8Array,
): Promise<Run> {
  const { epoch } = await readChannel(parts.database, relation.number, relation.counterpart);
  const { ed25519, mldsa44 } = relation.log(own.epoch);
  const origin = originOf(relation.own, relation.counterpart, own.epoch);
  const parcel = openParcel(parts.crypto, await openSealedParcel(parts, relation, sealed), {
    from: relation.counterpart,
    to: relation.own,
    relation: relation.name,
    epoch,
    log: relation.theirLog(epoch),
    givenBack: { origin, log: { ed25519: ed25519.vkey, mldsa44: mldsa44.vkey } },
  });
  if (parcel.kind !== 'run' || parcel.header.start !== start) throw new Refusal('gap', { where: 'given back' });
  return parcel;
}
