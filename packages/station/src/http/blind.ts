import { isActId, type JsonObject, Refusal, writeInstant } from '@entente/protocol';
import { approvalChallenge, approvalStatement } from '@entente/wire';
import type { CheckWanted } from '../blind/prepare-check.ts';
import type { PurposeSurvey, Spent } from '../blind/survey-purposes.ts';
import { trackOf } from '../blind/blind-station.ts';
import { type BlindSet } from '../store/blind.ts';
import { type BlindCheck, listChecks, readCheck } from '../store/blind-checks.ts';
import { findRelation } from '../store/relation-queries.ts';
import { type Handlers, json, limitOf } from './call.ts';
import type { HttpParts } from './parts.ts';

/** Blind checks: prepared here, signed by the officer's key, sent as any act, and read once they are settled. */
export function blindHandlers({ database, crypto, verbs }: HttpParts): Handlers {
  return {
    readBlind: async ({ caller, parameter }) => {
      const relation = await findRelation(database, parameter('relation'), caller);
      return json({ purposes: (await verbs.blind.survey(relation)).map(writeSurvey) });
    },
    prepareBlindCheck: async ({ caller, parameter, body }) => {
      const relation = await findRelation(database, parameter('relation'), caller);
      if (caller.officer === undefined) throw new Refusal('officer-unknown', { where: 'authorization' });
      const prepared = await verbs.blind.prepare(relation, caller.officer, body<CheckWanted>());
      const { act, dossier, type, approvals } = prepared;
      return json({
        acts: [{ act, dossier, type, approvals, head: prepared.head.toBase64() }],
        statement: approvalStatement([act]).toBase64(),
        challenge: approvalChallenge(crypto, [act]).toBase64(),
      });
    },
    listBlindChecks: async (call) => {
      const { relation } = await findRelation(database, call.parameter('relation'), call.caller);
      return json({ checks: (await listChecks(database, relation, limitOf(call))).map(writeCheck) });
    },
    readBlindCheck: async ({ caller, parameter }) => {
      const { relation } = await findRelation(database, parameter('relation'), caller);
      const act = parameter('act');
      const check = isActId(act) ? await readCheck(database, relation, act) : undefined;
      if (check === undefined) throw new Refusal('act-unknown', { where: act });
      return json(writeCheck(check));
    },
  };
}

function writeCheck(check: BlindCheck): JsonObject {
  const { act, set, purpose, officer, made, state, reason, answer, settled } = check;
  return {
    act,
    set,
    purpose,
    officer,
    made: writeInstant(made),
    state,
    ...(reason === undefined ? {} : { reason }),
    ...(answer === undefined ? {} : { answer }),
    ...(settled === undefined ? {} : { settled: writeInstant(settled) }),
    ...(state === 'hit' && answer !== undefined ? { follow: followOf(check.purpose, [act, answer]) } : {}),
  };
}

/** A request that rests on the query and its answer: with `followsHit` the 48 hours of a confirmed hit run. */
function followOf(purpose: string, basis: readonly string[]): JsonObject {
  return { track: trackOf(purpose), type: 'request', inputs: { followsHit: true }, basis };
}

function writeSurvey({ terms, asked, answered, own, theirs }: PurposeSurvey): JsonObject {
  const { purpose, elements, setDays, queriesPerDay, queriesPerMonth } = terms;
  const budget = ({ day, month }: Spent): JsonObject => ({
    day,
    ofDay: queriesPerDay,
    month,
    ofMonth: queriesPerMonth,
  });
  return {
    purpose,
    elements,
    setDays,
    asked: budget(asked),
    answered: budget(answered),
    ...(own === undefined ? {} : { own: writeSet(own) }),
    ...(theirs === undefined ? {} : { theirs: writeSet(theirs) }),
  };
}

function writeSet({ act, epoch, pages, root, made, holds }: BlindSet): JsonObject {
  const known = holds === undefined ? {} : { holds };
  return { act, epoch, pages, root: root.toHex(), made: writeInstant(made), ...known };
}
