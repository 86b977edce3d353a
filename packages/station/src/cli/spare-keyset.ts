import { readdir, stat } from 'node:fs/promises';
import { Refusal, type RelationId, type Sha256Hex } from '@entente/protocol';
import { keysetPayloadType, readDsse, readKeyset } from '@entente/wire';
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

/**
 * The name of the spare keyset that was made last for a relation, whatever became of the accord that names it: no database is
 * at hand where a relation is founded.
 */
export async function latestSpare(home: Home, relation: RelationId): Promise<string> {
  const later: { readonly name: string; readonly number: number; readonly made: number }[] = [];
  for (const file of await readdir(home.rootFolder)) {
    const name = file.slice(0, -'.json'.length);
    if (!file.endsWith('.json') || !isSpareName(relation, name)) continue;
    const path = `${home.rootFolder}/${file}`;
    const signed = (await readIfThere(path)) ?? new Uint8Array();
    const { number } = readKeyset(readDsse(signed, keysetPayloadType, 'keyset-malformed', signed.length).payload);
    later.push({ name, number, made: (await stat(path)).mtimeMs });
  }
  const latest = later.sort((one, other) => one.number - other.number || one.made - other.made).at(-1);
  return latest?.name ?? `${relation}-spare`;
}

function isSpareName(relation: RelationId, name: string): boolean {
  const before = `${relation}-spare-`;
  return name.startsWith(before) && /^[0-9a-f]{12}$/.test(name.slice(before.length));
}

/** The name of a spare keyset made for a later accord. */
export function spareName(relation: RelationId, id: Sha256Hex): string {
  return `${relation}-spare-${id.slice(0, 12)}`;
}
