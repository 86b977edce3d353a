import { cosign, readNote, writeNote } from '@entente/c2sp';
import { type Channel, keepCosignedHead, type NotedHead, readChannel } from '../store/channels.ts';
import type { Parts, Relation } from './relation.ts';

/**
 * Cosigns a head of the counterpart's channel as its mirror, both algorithms: proof that we hold everything up to it. The
 * head was verified and committed with all its entries before (PROTOCOL §2.3); the size in the statement keeps a smaller
 * one from ever taking its place.
 */
export async function cosignHead(
  { database, clock }: Parts,
  relation: Relation,
  channel: Pick<Channel, 'channel'>,
  signed: NotedHead,
): Promise<NotedHead> {
  const note = readNote(new TextEncoder().encode(signed.note));
  // Another process, on a machine whose clock is ahead, may have dated a leaf of ours after our now: a cosignature made
  // before it would say that we hid what we held (PROTOCOL §3.3).
  const { lastTime } = await readChannel(database, relation.number, relation.own);
  const seconds = Math.floor(Math.max(clock.now(), lastTime) / 1000);
  const { ed25519, mldsa44 } = relation.mirror;
  const cosignatures = [cosign(ed25519, note.text, seconds), cosign(mldsa44, note.text, seconds)];
  const cosigned = { size: signed.size, note: writeNote(note.text, [...note.signatures, ...cosignatures]) };
  await keepCosignedHead(database, channel.channel, cosigned);
  return cosigned;
}
