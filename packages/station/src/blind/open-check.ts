import {
  blindInput,
  type BlindedInput,
  blindKeys,
  type Element,
  evaluateBlinded,
  type Identity,
  randomScalar,
  readElement,
  readScalar,
  tagsOfAnswer,
  verifyEvaluation,
} from '@entente/matching';
import { type ActId, readHead, Refusal } from '@entente/protocol';
import { readEnvelope } from '@entente/wire';
import type { Relation } from '../custody/relation.ts';
import { type BlindSet, effectiveEntry, readBlindSet } from '../store/blind.ts';
import { readAttachment } from '../store/attachments.ts';
import { readCheck, readOpening } from '../store/blind-checks.ts';
import { transact } from '../store/database.ts';
import { writeHouseLog } from '../store/house-log.ts';
import { elementsOf } from './answer-query.ts';
import type { BlindStation } from './blind-station.ts';
import { openOpening } from './opening.ts';
import { findTagIn, withTable } from './table-file.ts';
import { provePages } from './table-proof.ts';
import type { Transcript } from './transcript.ts';

/**
 * The asking house opens one of its checks for audit: inputs, blinds, and the pages of the set that show what was found.
 * Opening it says whom it was about, so it is written to the house log. @param identity the offline one of age
 * @throws Refusal `act-unknown`, `body-erased` once the set is past audit, `seal-unopenable`, `not-allowed-in-state` for a check without an answer
 */
export async function openCheck(
  station: BlindStation,
  relation: Relation,
  act: ActId,
  identity: string,
): Promise<Transcript> {
  const { parts, group } = station;
  const { database, crypto, clock } = parts;
  const check = await readCheck(database, relation.number, act);
  const sealed = await readOpening(database, relation.number, act);
  if (check === undefined || sealed === undefined) throw new Refusal('act-unknown', { where: act });
  if (check.answer === undefined || (check.state !== 'hit' && check.state !== 'no-hit')) {
    throw new Refusal('not-allowed-in-state', { where: act, what: check.state });
  }
  const set = await setOf(station, relation, false, check.set);
  const { inputs } = await openOpening(crypto, group, identity, sealed);
  const entry = await effectiveEntry(database, relation.number, check.answer);
  if (entry === undefined) throw new Refusal('act-unknown', { where: check.answer });
  const head = readHead(readEnvelope(entry.envelope).headBytes);
  const proof = Uint8Array.fromBase64(String(head.inputs['proof']));
  const blinded = inputs.map(({ element }) => element);
  const answer = { evaluated: elementsOf(head), proof };
  const evaluated = verifyEvaluation(group, readElement(group, set.key), blinded, answer);
  const what = { relation: relation.name, did: 'blind-check-opened', purpose: check.purpose, act };
  await transact(database, (transaction) =>
    writeHouseLog(transaction, crypto, { kind: 'blind', time: clock.now(), what }),
  );
  const pages = await pagesFor(station, relation, false, set, inputs, evaluated);
  return { set: set.act, inputs, pages, shown: { kind: 'check', query: act, answer: check.answer } };
}

/**
 * The answering house shows whether an identity stood in one of its sets, without opening its key: outputs with their proof
 * under the public key, and the pages. @throws Refusal `act-unknown`, `body-erased`, `keystore-missing`, `field-malformed`
 */
export async function proveIdentity(
  station: BlindStation,
  relation: Relation,
  act: ActId,
  identity: Identity,
): Promise<Transcript> {
  const { parts, group, keystore } = station;
  const { crypto } = parts;
  const set = await setOf(station, relation, true, act);
  const secret = readScalar(await keystore.readBlind(relation.name, set.purpose, set.epoch));
  const inputs = blindKeys(identity, 'published').map((key) => blindInput(group, new TextEncoder().encode(key), one));
  if (inputs.length === 0) throw new Refusal('field-malformed', { where: '$.identity', what: 'no match key' });
  const key = { secret, public: readElement(group, set.key) };
  const blinded = inputs.map(({ element }) => element);
  const random = randomScalar(group, (length) => crypto.randomBytes(length));
  const { evaluated, proof } = evaluateBlinded(group, key, blinded, random);
  const pages = await pagesFor(station, relation, true, set, inputs, evaluated);
  return { set: act, inputs, pages, shown: { kind: 'identity', evaluated, proof } };
}

const one = readScalar(new Uint8Array([1, ...new Uint8Array(31)]));

async function setOf({ parts }: BlindStation, relation: Relation, own: boolean, act: ActId): Promise<BlindSet> {
  const set = await readBlindSet(parts.database, relation.number, own, act);
  if (set === undefined) throw new Refusal('act-unknown', { where: act });
  const file = await readAttachment(parts.database, { relation: relation.number, own, sealedSha256: set.sealedSha256 });
  if (file?.state === 'erased') throw new Refusal('body-erased', { where: act });
  return set;
}

function pagesFor(
  { parts, custody, group }: BlindStation,
  relation: Relation,
  own: boolean,
  set: BlindSet,
  inputs: readonly BlindedInput[],
  evaluated: readonly Element[],
): Promise<Transcript['pages']> {
  const tags = tagsOfAnswer(group, inputs, evaluated);
  return withTable(custody, relation.number, own, set, async (readPage) => {
    const found = await Promise.all(tags.map(({ tag }) => findTagIn(readPage, set.pages, tag)));
    return provePages(
      parts.crypto,
      readPage,
      set.pages,
      found.flatMap(({ pages }) => pages),
    );
  });
}
