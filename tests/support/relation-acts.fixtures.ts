import { type ActId, type Head, type JsonObject, relationDossier, writeHead } from '@entente/protocol';
import { authorise, type TestOfficer } from './officers.fixtures.ts';

/** What two officers say together about the relation itself: a lane, a freeze. */
export async function sayTogether(
  officers: readonly [TestOfficer, TestOfficer],
  type: string,
  inputs: JsonObject,
): Promise<ActId> {
  const [{ station, pseudonym, function: post }] = officers;
  const { parts, relation } = station;
  const head: Head = {
    v: 1,
    type,
    trackVersion: 1,
    from: relation.own,
    to: relation.counterpart,
    relation: relation.name,
    accord: relation.authority.accord(relation.own).hash,
    dossier: relationDossier,
    basis: [],
    handling: { codes: [] },
    inputs,
    gates: [],
    author: { function: post, pseudonym },
  };
  const bytes = writeHead(head);
  const act = parts.crypto.sha256Hex(bytes) as ActId;
  await authorise(officers, [{ act, dossier: relationDossier, type, head: bytes, body: undefined, approvals: 2 }]);
  return act;
}
