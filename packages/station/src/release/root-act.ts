import { type ActId, type Accord, otherKeysIn, Refusal, type Sha256Hex, writeAccord } from '@entente/protocol';
import { approveByRoot, type DoubleSeed, writeApproval } from '@entente/wire';
import { readProposedAccord } from '../custody/proposed-accord.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { readAct } from '../exchange/weigh-entry.ts';
import { readChannel } from '../store/channels.ts';
import { readProposalEntries } from '../store/register-entries.ts';
import { releaseAll } from './administration-act.ts';
import { authoriseActs } from './authorise-acts.ts';
import { type RelationStatement, writeRelationAct } from './write-relation-act.ts';

/** Says an act that only the root says, and gives it its position at once. @param root comes from offline for this */
export async function sayByRoot(
  parts: Parts,
  relation: Relation,
  root: DoubleSeed,
  statement: RelationStatement,
): Promise<ActId> {
  const { id, head, body } = writeRelationAct(parts, relation, statement, { function: 'root', pseudonym: 'root' });
  const approval = writeApproval(approveByRoot(parts.crypto, [id], root));
  await authoriseActs(parts, relation, [{ head, body }], [approval]);
  await releaseAll(parts, relation);
  return id;
}

/**
 * Proposes an accord in place of the one in force (PROTOCOL §3.10).
 * @throws Refusal `accord-malformed` for one that names other keys of a party
 */
export async function proposeAccordChange(
  parts: Parts,
  relation: Relation,
  root: DoubleSeed,
  change: Omit<Accord, 'previous'>,
): Promise<ActId> {
  const { hash: previous, accord: replaced } = relation.authority.accord(relation.own);
  checkKeepsKeys(change, replaced);
  const bytes = writeAccord({ ...change, previous });
  const inputs = { accord: parts.crypto.sha256Hex(bytes), previous };
  return sayByRoot(parts, relation, root, {
    type: 'relation/accord-proposal',
    inputs,
    fields: { accord: bytes.toBase64() },
  });
}

/**
 * Accepts a proposal of the counterpart: in force for us at once, for it from its first entry that sees this.
 * @throws Refusal `accord-malformed` for one that names other keys of a party
 */
export async function acceptAccordChange(
  parts: Parts,
  relation: Relation,
  root: DoubleSeed,
  proposal: AccordProposal,
): Promise<ActId> {
  const { hash: previous, accord: replaced } = relation.authority.accord(relation.own);
  checkKeepsKeys(proposal.content, replaced);
  const inputs = { proposal: proposal.act, accord: proposal.accord, previous };
  return sayByRoot(parts, relation, root, { type: 'relation/accord-acceptance', inputs });
}

function checkKeepsKeys(change: Accord, replaced: Accord): void {
  const where = otherKeysIn(change, replaced);
  if (where !== undefined)
    throw new Refusal('accord-malformed', {
      where,
      what: 'other than in the accord it replaces: keys change by keysets',
    });
}

/** An accord that the counterpart proposed, as its act brought it. */
export interface AccordProposal {
  readonly act: ActId;
  readonly accord: Sha256Hex;
  readonly content: Accord;
}

/** Brings the registers up to date and lists the counterpart's proposals that replace the accord in force for us. */
export async function readProposals(parts: Parts, relation: Relation): Promise<readonly AccordProposal[]> {
  const { database, crypto } = parts;
  const own = await readChannel(database, relation.number, relation.own);
  const theirs = await readChannel(database, relation.number, relation.counterpart);
  await relation.authority.catchUp(database, own, theirs);
  const { hash } = relation.authority.accord(relation.own);
  const entries = await readProposalEntries(database, theirs);
  return entries.flatMap(({ envelope, body }) => {
    const act = readAct(crypto, envelope, body);
    const proposed = readProposedAccord(crypto, act, relation.parties);
    if (proposed === undefined || proposed.accord.previous !== hash) return [];
    return [{ act: act.id, accord: proposed.hash, content: proposed.accord }];
  });
}
