import { blindKeys, blindQuery, type Identity } from '@entente/matching';
import { type LegalBasis, Refusal } from '@entente/protocol';
import type { Relation } from '../custody/relation.ts';
import type { ActPrepared, Author } from '../release/prepare-acts.ts';
import { writeRelationAct } from '../release/write-relation-act.ts';
import { type BlindSet, listBlindSets } from '../store/blind.ts';
import { countOwnQueries, insertCheck } from '../store/blind-checks.ts';
import { type Transaction, transact } from '../store/database.ts';
import { writeHouseLog } from '../store/house-log.ts';
import { type AgreedTerms, agreedTerms, isSpent, refreshRegisters } from './agreed-terms.ts';
import type { BlindStation } from './blind-station.ts';
import { sealOpening } from './opening.ts';

/** Whom an officer asks about, what for, and by which law. */
export interface CheckWanted {
  readonly purpose: string;
  readonly legalBasis: LegalBasis;
  readonly identity: Identity;
}

const day = 86_400_000;

/**
 * Draws up a query for an officer to sign: the match keys likeliest to meet, blinded, as many as the accord fixes or padded to it. What opens it is
 * sealed before anything leaves.
 * @throws Refusal `blind-unknown`, `lane-closed`, `blind-set-missing`, `quota-exceeded`, `field-malformed`
 */
export async function prepareCheck(
  station: BlindStation,
  relation: Relation,
  author: Author,
  { purpose, legalBasis, identity }: CheckWanted,
): Promise<ActPrepared> {
  const { parts, custody, group } = station;
  const { crypto, clock, database } = parts;
  await refreshRegisters(parts, relation);
  const agreed = agreedTerms(relation, relation.counterpart, purpose);
  if (agreed === undefined) throw new Refusal('blind-unknown', { where: purpose });
  if (!agreed.laneOpen) throw new Refusal('lane-closed', { where: purpose });
  const keys = blindKeys(identity, 'asked').slice(0, agreed.terms.elements);
  if (keys.length === 0)
    throw new Refusal('field-malformed', {
      where: '$.identity',
      what: 'two words of name and a date of birth that together are rare enough; for rare names the year will do',
    });
  const inputs = blindQuery(group, keys, agreed.terms.elements, (length) => crypto.randomBytes(length));
  const opening = await sealOpening(crypto, relation.ownKeyset.keys.offline, { identity, inputs });
  const pending = await sealOpening(crypto, custody.storage.recipient, { identity, inputs });
  return transact(database, async (transaction) => {
    const set = await currentSet(station, relation, transaction, purpose, agreed);
    await checkBudget(station, relation, transaction, purpose, agreed);
    const elements = inputs.map(({ element }) => element.toBase64());
    const type = 'relation/blind-query';
    const statement = { type, inputs: { purpose, set: set.act, elements }, legalBasis, basis: [set.act] };
    const { officer, ...signer } = author;
    const { id: act, dossier, head, body } = writeRelationAct(parts, relation, statement, signer);
    const made = clock.now();
    await insertCheck(
      transaction,
      relation.number,
      { act, set: set.act, purpose, officer, made },
      { opening, pending },
    );
    const what = { relation: relation.name, did: 'blind-check-prepared', officer, purpose, legalBasis, act };
    await writeHouseLog(transaction, crypto, { kind: 'blind', time: made, what });
    return { act, dossier, type, head, body, approvals: 1 };
  });
}

/** The counterpart's newest set whose table is here and holds, under the key in force, not older than agreed. */
async function currentSet(
  { parts }: BlindStation,
  relation: Relation,
  transaction: Transaction,
  purpose: string,
  { terms, epoch, key }: AgreedTerms,
): Promise<BlindSet> {
  const [newest] = await listBlindSets(transaction, relation.number, false, purpose);
  const why = newest === undefined ? 'none was published' : faultOf(newest);
  if (newest === undefined || why !== undefined) {
    throw new Refusal('blind-set-missing', { where: purpose, ...(why === undefined ? {} : { what: why }) });
  }
  return newest;

  function faultOf(set: BlindSet): string | undefined {
    if (set.holds !== true) return set.holds === undefined ? 'its table has not come' : 'its table is not what it said';
    if (set.epoch !== epoch || Buffer.compare(set.key, key) !== 0) return 'it stands under another key';
    return parts.clock.now() - set.made > terms.setDays * day ? 'it is too old' : undefined;
  }
}

async function checkBudget(
  { parts }: BlindStation,
  relation: Relation,
  transaction: Transaction,
  purpose: string,
  { terms }: AgreedTerms,
): Promise<void> {
  const now = parts.clock.now();
  const spent = await countOwnQueries(transaction, relation.number, purpose, now);
  if (!isSpent(terms, spent)) return;
  const retryAfter = Math.ceil((day - (now % day)) / 1000);
  throw new Refusal('quota-exceeded', { where: purpose, what: 'the budget of blind checks is spent', retryAfter });
}
