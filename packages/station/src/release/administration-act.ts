import { type ActId, type JsonObject, relationDossier, writeHead } from '@entente/protocol';
import { approveByKey, writeApproval } from '@entente/wire';
import type { Parts, Relation } from '../custody/relation.ts';
import { authoriseActs } from './authorise-acts.ts';
import { releaseParcel } from './release-parcel.ts';
import { measureOutbox } from '../store/outbox.ts';

/**
 * Says an act of the officer-key administration and gives it its position at once: an officer's first signature is judged
 * by the keys that stand in the channel before it.
 */
export async function sayByAdministration(
  parts: Parts,
  relation: Relation,
  type: 'officer-key' | 'officer-revoke',
  inputs: JsonObject,
): Promise<ActId> {
  const { crypto } = parts;
  const { hash } = relation.authority.accord(relation.own);
  const head = writeHead({
    v: 1,
    type: `relation/${type}`,
    trackVersion: 1,
    from: relation.own,
    to: relation.counterpart,
    relation: relation.name,
    accord: hash,
    dossier: relationDossier,
    basis: [],
    handling: { codes: [] },
    inputs,
    gates: [],
    author: { function: 'administration', pseudonym: 'administration' },
  });
  const act = crypto.sha256Hex(head) as ActId;
  const approval = writeApproval(
    approveByKey(crypto, 'administration', [act], relation.keys.administration.secretSeed),
  );
  await authoriseActs(parts, relation, [{ head, body: undefined }], [approval]);
  await releaseAll(parts, relation);
  return act;
}

async function releaseAll(parts: Parts, relation: Relation): Promise<void> {
  for (;;) {
    const { acts, held } = await measureOutbox(parts.database, relation.number);
    if (acts === held || (await releaseParcel(parts, relation)) === undefined) return;
  }
}
