import type { ActId, LogSize } from '@entente/protocol';
import { originOf, seal } from '@entente/wire';
import type { DeadDrop } from '../adapters/dead-drop.ts';
import type { AttachmentCustody } from '../custody/attachments/attachment-custody.ts';
import type { AttachmentReception } from '../custody/attachments/receive-attachment.ts';
import { sendFrom } from '../custody/caught-up.ts';
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
import { dropDirection } from './link/drop-name.ts';
import { type DropVisit, exchangeByDrop } from './link/exchange-by-drop.ts';
import { type ExpressRoad, expressByDrop } from './link/express-by-drop.ts';
import { type QuestionRoad, questionsByDrop } from './link/questions-by-drop.ts';
import { dueExpress, dueFloor, makeExpress } from './make-express.ts';
import { makeParcel } from './make-parcel.ts';
import { takeSealedAnswer } from './take-answer.ts';

/** Visits the dead drop of a relation once: takes what is new, leaves what waits. Express goes before bulk (PROTOCOL §2.6). */
export async function visitDrop(
  parts: Parts,
  relation: Relation,
  drop: DeadDrop,
  custody: AttachmentCustody,
  reception: AttachmentReception,
): Promise<DropVisit> {
  const { database } = parts;
  const directions = await directionsOf(parts, relation);
  const moved = await questionsByDrop(questionRoad(parts, relation, drop, directions));
  const express = await expressByDrop(expressRoad(parts, relation, drop, directions));
  const bulk = await exchangeByDrop({
    drop,
    directions,
    held: async () => (await readChannel(database, relation.number, relation.counterpart)).size,
    receipted: () => receiptedSize(parts, relation),
    reSealFrom: () => readReSeal(database, relation.number),
    reSealed: (from) => forgetReSeal(database, relation.number, from),
    makeParcel: (from) => makeParcel(parts, relation, from),
    acceptParcel: (sealed) => acceptSealedRun(parts, relation, sealed),
    custody,
    reception,
    relation: relation.number,
  });
  return {
    taken: bulk.taken + express.taken,
    left: bulk.left + express.left + moved,
    refused: [...express.refused, ...bulk.refused],
  };
}

type Directions = QuestionRoad['directions'];

async function directionsOf({ database, crypto }: Parts, relation: Relation): Promise<Directions> {
  const own = await readChannel(database, relation.number, relation.own);
  const theirs = await readChannel(database, relation.number, relation.counterpart);
  const { hash } = relation.authority.accord(relation.own);
  return {
    out: dropDirection(crypto, hash, originOf(relation.own, relation.counterpart, own.epoch)),
    in: dropDirection(crypto, hash, originOf(relation.counterpart, relation.own, theirs.epoch)),
  };
}

function questionRoad(parts: Parts, relation: Relation, drop: DeadDrop, directions: Directions): QuestionRoad {
  return {
    drop,
    directions,
    asks: async () => {
      const question = await questionOf(parts, relation);
      return question && writeQuestion(question);
    },
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
