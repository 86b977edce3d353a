import { readCheckpoint, verifyNoteSignature } from '@entente/c2sp';
import { isLogSize, Refusal } from '@entente/protocol';
import { c2spCryptoOf, originOf, verifySignedNote } from '@entente/wire';
import { noteHeldBeyond } from './caught-up.ts';
import { raiseAlarm } from '../store/alarms.ts';
import { keepReceipt, readChannel } from '../store/channels.ts';
import { rootAt } from '../store/entries.ts';
import type { Parts, Relation } from './relation.ts';

/**
 * Takes the counterpart's cosignatures of a head of our channel: its proof of custody, which it can never deny again.
 * @returns the size it is known to hold.
 * @throws Refusal `signature-…`, `note-malformed`, `wrong-epoch`, `history-conflict` where it cosigned what we never wrote
 */
export async function acceptCosigned(parts: Parts, relation: Relation, cosigned: string): Promise<number> {
  const { database, crypto, clock } = parts;
  const channel = await readChannel(database, relation.number, relation.own);
  // It comes twice: in the answer to our parcel, and in their next parcel. What is kept was verified before.
  if (channel.cosigned?.note === cosigned) return channel.cosigned.size;
  const bytes = new TextEncoder().encode(cosigned);
  const { ed25519, mldsa44 } = relation.theirMirror;
  const note = verifySignedNote(c2spCryptoOf(crypto), bytes, [ed25519, mldsa44], 'cosigned');
  const { origin, size, root } = readCheckpoint(note.text);
  if (origin !== originOf(relation.own, relation.counterpart, channel.epoch)) {
    throw new Refusal('wrong-epoch', { where: 'cosigned', what: origin });
  }
  if (!isLogSize(size)) throw new Refusal('note-malformed', { where: 'cosigned' });
  // What is fetched back comes with proof that there is more of it.
  if (size > channel.size && channel.stopped === 'not-caught-up') return channel.size;
  if (size > channel.size && (await noteHeldBeyond(parts, relation, size)))
    throw new Refusal('not-caught-up', { retryAfter: 5 });
  const ours = size === channel.size ? channel.root : await rootAt(database, channel.channel, size);
  if (ours === undefined || Buffer.compare(ours, root) !== 0) {
    const what = `the counterpart cosigned a head of size ${size} that this station does not have`;
    await raiseAlarm(database, {
      relation: relation.number,
      time: clock.now(),
      kind: 'history-conflict',
      // Without the size, so that one that cosigns every size gives cause for one alarm.
      what: 'the counterpart cosigned a head that this station does not have. Compare heads by telephone',
      proof: bytes,
    });
    throw new Refusal('history-conflict', { where: `size ${size}`, what });
  }
  const { timestamp } = verifyNoteSignature(c2spCryptoOf(crypto), note, ed25519) ?? {};
  await keepReceipt(database, channel.channel, { size, note: cosigned }, timestamp);
  return size;
}
