import { type ActId, type Accord, type Sha256Hex, writeAccord } from '@entente/protocol';
import { approveByRoot, type DoubleSeed, writeApproval } from '@entente/wire';
import type { Parts, Relation } from '../custody/relation.ts';
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

/** Proposes an accord in place of the one in force (PROTOCOL §3.10). */
export function proposeAccordChange(
  parts: Parts,
  relation: Relation,
  root: DoubleSeed,
  change: Omit<Accord, 'previous'>,
): Promise<ActId> {
  const { hash: previous } = relation.authority.accord(relation.own);
  const bytes = writeAccord({ ...change, previous });
  const inputs = { accord: parts.crypto.sha256Hex(bytes), previous };
  return sayByRoot(parts, relation, root, {
    type: 'relation/accord-proposal',
    inputs,
    fields: { accord: bytes.toBase64() },
  });
}

/** Accepts a proposal of the counterpart: in force for us at once, for it from its first entry that sees this. */
export function acceptAccordChange(
  parts: Parts,
  relation: Relation,
  root: DoubleSeed,
  proposal: { readonly act: ActId; readonly accord: Sha256Hex },
): Promise<ActId> {
  const { hash: previous } = relation.authority.accord(relation.own);
  const inputs = { proposal: proposal.act, accord: proposal.accord, previous };
  return sayByRoot(parts, relation, root, { type: 'relation/accord-acceptance', inputs });
}
