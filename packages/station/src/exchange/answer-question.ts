import { type Tile, tilesForConsistency, writeTilePath } from '@entente/c2sp';
import type { LogSize } from '@entente/protocol';
import { sealStream, type StickFile, writeStick } from '@entente/wire';
import { bytesSource } from '../adapters/source.ts';
import { type Question, writeQuestion } from '../custody/question.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { type Channel, readChannel } from '../store/channels.ts';
import { loadTile } from '../store/tiles.ts';
import { makeHeld } from './give-held.ts';

// The asker asks again from where it then stands.
const mostAnswered = 32 * 1024 * 1024;

/** Files of an answer: what was asked, our newest cosigned head of the asker's channel, pieces of both, and their proofs. */
export const answerNames = {
  question: 'question.txt',
  checkpoint: 'checkpoint.txt',
  /** There where the answer was cut short. */
  more: 'more.txt',
  /** A piece of a channel from an entry on, for who then holds so much of the other. */
  held: (owner: string, start: number, other: number): string => `held/${owner}-${start}-${other}.age`,
  tile: (path: string): string => `tiles/${path}`,
} as const;

export function isOfAnswer(name: string): boolean {
  const { question, checkpoint, more } = answerNames;
  return [question, checkpoint, more].some((one) => one === name) || /^(held|tiles)\//.test(name);
}

/**
 * Answers a restored counterpart that cannot fetch by itself: pieces of both channels in the order in which they saw each
 * other, with all it needs to show that each is a beginning of the head that both sides signed (PROTOCOL §2.4). The form is
 * that of a stick, signed by our log's key.
 * @param recipient the counterpart's sealing or offline recipient, as the road asks
 * @param notices of our root, where nothing brings them before: on a stick
 * @param most how many bytes it may have reached before its last piece
 */
export async function answerQuestion(
  parts: Parts,
  relation: Relation,
  question: Question,
  recipient: string,
  most: number = mostAnswered,
  notices: readonly StickFile[] = [],
): Promise<Uint8Array> {
  const { crypto, database } = parts;
  const own = await readChannel(database, relation.number, relation.own);
  const theirs = await readChannel(database, relation.number, relation.counterpart);
  const files = new Map<string, Uint8Array>([[answerNames.question, utf8(`${writeQuestion(question)}\n`)]]);
  if (theirs.cosigned !== undefined) {
    files.set(answerNames.checkpoint, utf8(theirs.cosigned.note));
    const isWhole = await addPieces(parts, relation, theirs, theirs.cosigned.size, { ...question, most }, files);
    if (!isWhole) files.set(answerNames.more, utf8('more\n'));
  }
  const route = { from: relation.own, to: relation.counterpart, relation: relation.name };
  const list: readonly StickFile[] = [...files].map(([name, bytes]) => ({
    name,
    sha256: crypto.sha256Hex(bytes),
    size: bytes.length,
    content: bytesSource(bytes).read(0, bytes.length),
  }));
  const tar = writeStick(crypto, relation.log(own.epoch).ed25519, route, [...notices, ...list]);
  return Buffer.concat(await Array.fromAsync(sealStream(crypto, [recipient], tar)));
}

/** Pieces as the asker takes them: its own where it then holds all they saw, else one of ours. @returns whether these are all */
async function addPieces(
  parts: Parts,
  relation: Relation,
  theirs: Channel,
  headSize: LogSize,
  question: Question & { readonly most: number },
  files: Map<string, Uint8Array>,
): Promise<boolean> {
  let { own: theirSize, theirs: ourSize } = question;
  for (let held = 0; held < question.most;) {
    const isWhole = theirSize >= headSize;
    const back = isWhole ? undefined : await makeHeld(parts, relation, relation.counterpart, theirSize, ourSize);
    const piece = back ?? (await makeHeld(parts, relation, relation.own, ourSize, theirSize));
    if (piece === undefined) return true;
    const owner = back === undefined ? relation.own : relation.counterpart;
    files.set(answerNames.held(owner, piece.start, back === undefined ? theirSize : ourSize), piece.sealed);
    held += piece.sealed.length;
    if (back === undefined) ourSize = piece.end;
    else {
      theirSize = piece.end;
      held += await addTiles(parts, theirs, piece.end, headSize, files);
    }
  }
  return false;
}

async function addTiles(
  { database }: Parts,
  channel: Channel,
  end: LogSize,
  headSize: LogSize,
  files: Map<string, Uint8Array>,
): Promise<number> {
  const needed: readonly Tile[] = end < headSize ? tilesForConsistency(end, headSize) : [];
  let size = 0;
  for (const tile of needed) {
    const name = answerNames.tile(writeTilePath(tile));
    if (files.has(name)) continue;
    const bytes = await loadTile(database, channel, tile);
    files.set(name, bytes);
    size += bytes.length;
  }
  return size;
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
