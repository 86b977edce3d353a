import { type ActId, type JsonObject, relationDossier } from '@entente/protocol';
import { writeRelationAct } from '../../packages/station/src/release/write-relation-act.ts';
import { authorise, type TestOfficer } from './officers.fixtures.ts';

/** What two officers say together about the relation itself: a lane, a freeze. */
export async function sayTogether(
  officers: readonly [TestOfficer, TestOfficer],
  type: string,
  inputs: JsonObject,
): Promise<ActId> {
  const [{ station, pseudonym, function: post }] = officers;
  const author = { function: post, pseudonym };
  const { id, head, body } = writeRelationAct(station.parts, station.relation, { type, inputs }, author);
  await authorise(officers, [{ act: id, dossier: relationDossier, type, head, body, approvals: 2 }]);
  return id;
}
