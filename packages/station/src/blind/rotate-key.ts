import { deriveKey } from '@entente/matching';
import { type ActId, Refusal } from '@entente/protocol';
import type { DoubleSeed } from '@entente/wire';
import type { Relation } from '../custody/relation.ts';
import { sayByRoot } from '../release/root-act.ts';
import { agreedTerms, refreshRegisters } from './agreed-terms.ts';
import type { BlindStation } from './blind-station.ts';

/**
 * Makes a secret for a purpose and keeps it in the key store, outside the database and its backups.
 * @returns the public key: what the accord names, or a `relation/blind-key` act
 */
export async function makeBlindKey(
  {
    keystore,
    group,
    parts,
  }: Pick<BlindStation, 'keystore' | 'group'> & { readonly parts: Pick<BlindStation['parts'], 'crypto'> },
  relation: string,
  purpose: string,
  epoch: number,
): Promise<Uint8Array> {
  const key = deriveKey(
    group,
    parts.crypto.randomBytes(32),
    new TextEncoder().encode(`${relation} ${purpose} ${epoch}`),
  );
  await keystore.addBlind(relation, purpose, epoch, key.secret);
  return key.public;
}

/**
 * Puts the next key in force by our root. Sets under the one before go on being answered until a set under the new one is
 * published and seen. @throws Refusal `blind-unknown`
 */
export async function rotateBlindKey(
  station: BlindStation,
  relation: Relation,
  root: DoubleSeed,
  purpose: string,
): Promise<{ readonly act: ActId; readonly epoch: number }> {
  await refreshRegisters(station.parts, relation);
  const agreed = agreedTerms(relation, relation.own, purpose);
  if (agreed === undefined) throw new Refusal('blind-unknown', { where: purpose });
  const epoch = agreed.epoch + 1;
  const key = await makeBlindKey(station, relation.name, purpose, epoch);
  const inputs = { purpose, epoch, blindKey: key.toBase64() };
  const act = await sayByRoot(station.parts, relation, root, { type: 'relation/blind-key', inputs });
  return { act, epoch };
}
