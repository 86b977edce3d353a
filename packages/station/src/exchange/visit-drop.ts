import type { ActId, LogSize } from '@entente/protocol';
import { originOf, seal } from '@entente/wire';
import { asListed, type DeadDrop, type DropItem } from '../adapters/dead-drop.ts';
import type { AttachmentCustody } from '../custody/attachments/attachment-custody.ts';
import type { AttachmentReception } from '../custody/attachments/receive-attachment.ts';
import { sendFrom } from '../custody/caught-up.ts';
import { takeRootPapers } from '../custody/known-keysets.ts';
import { questionOf, readQuestion, writeQuestion } from '../custody/question.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { readChannel } from '../store/channels.ts';
import { isHere } from '../store/express.ts';
import { readActsAt } from '../store/leaves.ts';
import { forgetReSeal, readReSeal } from '../store/re-seals.ts';
import { acceptExpress } from './accept-express.ts';
import { acceptSealedRun } from './accept-sealed.ts';
import { answerQuestion } from './answer-question.ts';
import { keepingRefused } from './keep-refused.ts';
import { dropDirection, readDropName } from './link/drop-name.ts';
import { type DropVisit, exchangeByDrop } from './link/exchange-by-drop.ts';
import { type ExpressRoad, expressByDrop } from './link/express-by-drop.ts';
import { leaveNotices, LyingNotices, type NoticeRoad, takeNoticesByDrop } from './link/notices-by-drop.ts';
import { type QuestionRoad, questionsByDrop } from './link/questions-by-drop.ts';
import { dueExpress, dueFloor, makeExpress } from './make-express.ts';
import { makeParcel } from './make-parcel.ts';
import { noticeRoad } from './notice-road.ts';
import { takeSealedAnswer } from './take-answer.ts';

/** What a process knows of a drop from its visits before. */
export class DropMemory {
  readonly lying: LyingNotices = new LyingNotices();
  /** Of our epochs before this one nothing of ours is left there. */
  clearedBefore = 1;
}

/**
 * Visits the dead drop of a relation once: takes what is new, leaves what waits. What a root said goes before everything, as
 * the rest may be signed by keys that only it announces; express goes before bulk (PROTOCOL §2.6, §4.2).
 */
export async function visitDrop(
  parts: Parts,
  relation: Relation,
  place: DeadDrop,
  custody: AttachmentCustody,
  reception: AttachmentReception,
  memory: DropMemory,
): Promise<DropVisit> {
  const { database } = parts;
  await takeRootPapers(parts, relation);
  let counterpartAsks = false;
  const notices = noticeRoad(parts, relation, place, memory.lying, () => counterpartAsks);
  const { directions, listing, taken, refused } = await listAfterNotices(parts, relation, notices);
  counterpartAsks = listing.some(({ name }) => readDropName(name)?.kind === 'question');
  await leaveNotices(notices);
  await clearEpochs(parts, relation, place, memory);
  const drop = noticesFirst(asListed(place, `${directions.in}-`, listing), notices);
  const moved = await questionsByDrop(questionRoad(parts, relation, drop, directions));
  const express = await expressByDrop(expressRoad(parts, relation, drop, directions));
  const bulk = await exchangeByDrop({
    drop,
    directions,
    held: async () => (await readChannel(database, relation.number, relation.counterpart)).size,
    receipted: () => receiptedSize(parts, relation),
    reSealFrom: () => anewFrom(parts, relation),
    reSealed: (from) => forgetReSeal(database, relation.number, from),
    makeParcel: (from) => makeParcel(parts, relation, from),
    acceptParcel: (sealed) => acceptSealedRun(parts, relation, sealed),
    custody,
    reception,
    relation: relation.number,
  });
  return {
    taken: taken + bulk.taken + express.taken,
    left: bulk.left + express.left + moved,
    refused: [...refused, ...express.refused, ...bulk.refused],
  };
}

type Directions = QuestionRoad['directions'];

async function directionsOf({ database, crypto }: Parts, relation: Relation): Promise<Directions> {
  const { own, counterpart, authority, number } = relation;
  const [ours, theirs] = [await readChannel(database, number, own), await readChannel(database, number, counterpart)];
  return {
    out: dropDirection(crypto, authority.firstAccord, originOf(own, counterpart, ours.epoch)),
    in: dropDirection(crypto, authority.firstAccord, originOf(counterpart, own, theirs.epoch)),
  };
}

/**
 * Takes notices until none is news, and lists their channel before each time: whatever is in the list was left after the
 * notice that announces its keys, and that one is taken.
 */
async function listAfterNotices(
  parts: Parts,
  relation: Relation,
  road: NoticeRoad,
): Promise<Pick<DropVisit, 'taken' | 'refused'> & { directions: Directions; listing: readonly DropItem[] }> {
  for (let before = 0; ;) {
    const directions = await directionsOf(parts, relation);
    const listing = await road.drop.list(`${directions.in}-`);
    const { taken, refused } = await takeNoticesByDrop(road);
    if (taken === 0) return { directions, listing, taken: before, refused };
    before += taken;
  }
}

/** The drop, in which nothing is put ahead of a notice: another process may have put new keys in force meanwhile. */
function noticesFirst(drop: DeadDrop, road: NoticeRoad): DeadDrop {
  return {
    ...drop,
    put: async (name, source) => {
      await leaveNotices(road);
      await drop.put(name, source);
    },
  };
}

/** Removes what we left in epochs that are over: under their names nobody looks any more. */
async function clearEpochs(
  { database, crypto }: Parts,
  { own, counterpart, authority, number }: Relation,
  drop: DeadDrop,
  memory: DropMemory,
): Promise<void> {
  const { epoch } = await readChannel(database, number, own);
  for (; memory.clearedBefore < epoch; memory.clearedBefore += 1) {
    const direction = dropDirection(crypto, authority.firstAccord, originOf(own, counterpart, memory.clearedBefore));
    for (const { name } of await drop.list(`${direction}-`)) await drop.remove(name);
  }
}

/** From which entry on what lies there is left anew: by the keys of a keyset that is in force by then. */
async function anewFrom(parts: Parts, relation: Relation): Promise<LogSize | undefined> {
  const from = await readReSeal(parts.database, relation.number);
  await takeRootPapers(parts, relation);
  return from;
}

function questionRoad(parts: Parts, relation: Relation, drop: DeadDrop, directions: Directions): QuestionRoad {
  return {
    drop,
    directions,
    asks: async () => {
      const question = await questionOf(parts, relation);
      return question && writeQuestion(question);
    },
    isAnew: async () => (await anewFrom(parts, relation)) !== undefined,
    sealQuestion: () => seal(parts.crypto, [relation.sealTo()], new Uint8Array()),
    answer: (question) => answerQuestion(parts, relation, readQuestion(question), relation.sealTo()),
    takeAnswer: (sealed) => takeSealedAnswer(parts, relation, sealed),
  };
}

/** Nobody hears by a drop that a quota refused a parcel: what is of the floor goes ahead of every parcel. */
function expressRoad(parts: Parts, relation: Relation, drop: DeadDrop, directions: Directions): ExpressRoad {
  return {
    drop,
    directions,
    due: async () => {
      const have = await receiptedSize(parts, relation);
      const indexes = new Set([
        ...(await dueExpress(parts, relation, have)),
        ...(await dueFloor(parts, relation, have)),
      ]);
      const { channel } = await readChannel(parts.database, relation.number, relation.own);
      const acts = await readActsAt(parts.database, relation.number, channel, [...indexes]);
      return acts.map(({ index, act }) => ({
        act: act.toHex() as ActId,
        seal: () => makeExpress(parts, relation, index),
      }));
    },
    isAnew: async () => (await anewFrom(parts, relation)) !== undefined,
    isHere: (act) => isHere(parts.database, relation.number, Buffer.from(act, 'hex')),
    accept: (sealed) => keepingRefused(parts, relation, sealed, () => acceptExpress(parts, relation, sealed)),
  };
}

/** How much of our channel the counterpart is known to hold: by its cosignature, or by what its entries saw, unless void. */
async function receiptedSize(parts: Parts, relation: Relation): Promise<LogSize> {
  const { database } = parts;
  const own = await readChannel(database, relation.number, relation.own);
  const theirs = await readChannel(database, relation.number, relation.counterpart);
  const cosigned = own.cosigned?.size ?? 0;
  return sendFrom(parts, relation, Math.max(cosigned, theirs.lastSeen) as LogSize);
}
