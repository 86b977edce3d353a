import { Refusal } from '@entente/protocol';
import { originOf, parcelLimits, readStick, type TarFile } from '@entente/wire';
import { bytesSource } from '../adapters/source.ts';
import { catchUp, type Giver } from '../custody/catch-up.ts';
import { questionOf, readQuestion } from '../custody/question.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { readChannel } from '../store/channels.ts';
import { forgetQuestion } from '../store/questions.ts';
import { answerNames } from './answer-question.ts';
import { openSealedParcel } from './open-sealed.ts';

/** Takes an answer that came sealed to our sealing key. @throws Refusal as `takeAnswer` */
export async function takeSealedAnswer(parts: Parts, relation: Relation, sealed: Uint8Array): Promise<void> {
  const plaintext = await openSealedParcel(parts, relation, sealed);
  const { epoch } = await readChannel(parts.database, relation.number, relation.counterpart);
  const files = new Map<string, Uint8Array>();
  const archive = readStick(parts.crypto, bytesSource(plaintext).read(0, plaintext.length), () => ({
    key: relation.theirLog(epoch).ed25519,
    expect: { from: relation.counterpart, to: relation.own, relation: relation.name },
  }));
  for await (const file of archive) files.set(file.name, await readFile(file));
  await takeAnswer(parts, relation, files);
}

/**
 * Catches up from the files of an answer, whose manifest is verified. Each piece is then verified like one that was fetched.
 * Where the answer was cut short, what came is kept, and the rest is asked for again.
 * @returns whether the channel may go on
 * @throws Refusal `head-behind` for an answer to another question, `not-caught-up` where it brought nothing, and as `catchUp`
 */
export async function takeAnswer(
  parts: Parts,
  relation: Relation,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<boolean> {
  const asked = await questionOf(parts, relation);
  if (asked === undefined) return true;
  const answered = readQuestion(new TextDecoder().decode(files.get(answerNames.question)).trimEnd());
  if (answered.nonce !== asked.nonce) throw new Refusal('head-behind', { what: 'an answer to an older question' });
  try {
    const caughtUp = await catchUp(parts, relation, giverOf(parts, relation, files));
    if (caughtUp) await forgetQuestion(parts.database, relation.number);
    return caughtUp;
  } catch (error) {
    const still = await questionOf(parts, relation);
    const brought = still !== undefined && (still.own > asked.own || still.theirs > asked.theirs);
    if (error instanceof Refusal && error.code === 'not-caught-up' && brought) return false;
    throw error;
  }
}

/** Reads a file of an answer whole. @throws Refusal `too-large` */
export async function readFile({ name, size, content }: TarFile): Promise<Uint8Array> {
  if (size > 2 * parcelLimits.plaintext) throw new Refusal('too-large', { where: name });
  return Buffer.concat(await Array.fromAsync(content));
}

function giverOf({ database }: Parts, relation: Relation, files: ReadonlyMap<string, Uint8Array>): Giver {
  return {
    readLog: async (origin, path) => {
      const { epoch } = await readChannel(database, relation.number, relation.own);
      const isOurs = origin === originOf(relation.own, relation.counterpart, epoch);
      const found = files.get(path === 'checkpoint' ? answerNames.checkpoint : answerNames.tile(path));
      if (!isOurs || found === undefined) throw new Refusal('relation-unknown', { where: path });
      return found;
    },
    fetchHeld: (owner, from, seen) => {
      const found = files.get(answerNames.held(owner, from, seen));
      // Theirs is asked for last: until the last answer has come, nobody knows whether this was all.
      const isCut = found === undefined && owner === relation.counterpart && files.has(answerNames.more);
      return isCut ? Promise.reject(new Refusal('not-caught-up', { retryAfter: 1 })) : Promise.resolve(found);
    },
  };
}
