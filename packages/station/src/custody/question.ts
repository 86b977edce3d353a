// 120-300-00112233445566778899aabbccddeeff: entries held of the asker's channel, of the answerer's, and a nonce.
import { isLogSize, type LogSize, Refusal } from '@entente/protocol';
import { readChannel } from '../store/channels.ts';
import { keepQuestion } from '../store/questions.ts';
import type { Parts, Relation } from './relation.ts';

/**
 * What a restored station asks for where it cannot fetch by itself: what it lacks of both channels. The nonce makes an old
 * answer useless: it would end before what has left since (PROTOCOL §2.4).
 */
export interface Question {
  /** Entries the asker holds of its own channel. */
  readonly own: LogSize;
  /** Entries the asker holds of the answerer's channel. */
  readonly theirs: LogSize;
  /** 32 hex digits. */
  readonly nonce: string;
}

export function writeQuestion({ own, theirs, nonce }: Question): string {
  return `${own}-${theirs}-${nonce}`;
}

/** @throws Refusal `field-malformed` */
export function readQuestion(text: string): Question {
  const [, own, theirs, nonce] = /^(\d{1,16})-(\d{1,16})-([0-9a-f]{32})$/.exec(text) ?? [];
  const [ownSize, theirSize] = [Number(own), Number(theirs)];
  if (nonce === undefined || !isLogSize(ownSize) || !isLogSize(theirSize)) {
    throw new Refusal('field-malformed', { where: 'question' });
  }
  return { own: ownSize, theirs: theirSize, nonce };
}

/** What this station asks now; undefined where it has caught up. */
export async function questionOf({ database, crypto }: Parts, relation: Relation): Promise<Question | undefined> {
  const own = await readChannel(database, relation.number, relation.own);
  if (own.stopped !== 'not-caught-up') return undefined;
  const theirs = await readChannel(database, relation.number, relation.counterpart);
  const nonce = await keepQuestion(database, relation.number, crypto.randomBytes(16));
  return { own: own.size, theirs: theirs.size, nonce };
}
