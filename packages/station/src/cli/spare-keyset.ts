import { Refusal, type RelationId, type Sha256Hex } from '@entente/protocol';
import type { Relation } from '../custody/relation.ts';
import { type Home, readIfThere } from './home.ts';
import { readOurs } from './relation-papers.ts';

/** A spare keyset as our root signed it, and the name under which its private halves lie in the root folder. */
export interface SpareKeyset {
  readonly id: Sha256Hex;
  readonly signed: Uint8Array;
  readonly name: string;
}

/** The spare keyset that the accord in force names for us. @throws Refusal `keystore-missing` where the root folder lacks it */
export async function readSpare(
  home: Home,
  relation: Pick<Relation, 'name' | 'own' | 'authority'>,
): Promise<SpareKeyset> {
  const { accord } = relation.authority.accord(relation.own);
  const id = accord.parties.find((party) => party.id === relation.own)?.spareKeyset;
  if (id === undefined) throw new Error(`the accord of ${relation.name} is not ours`);
  const { terms, spare } = await readOurs(home, relation.name);
  // The first accord's was made with our terms, before anything had an id.
  if (terms.spareKeyset === id) return { id, signed: spare, name: `${relation.name}-spare` };
  const name = spareName(relation.name, id);
  const signed = await readIfThere(`${home.rootFolder}/${name}.json`);
  if (signed === undefined) throw new Refusal('keystore-missing', { where: `${home.rootFolder}/${name}.json` });
  return { id, signed, name };
}

/** The name of a spare keyset made for a later accord. */
export function spareName(relation: RelationId, id: Sha256Hex): string {
  return `${relation}-spare-${id.slice(0, 12)}`;
}
