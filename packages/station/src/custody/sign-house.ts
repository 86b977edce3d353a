import { readCheckpoint, readNote, signCheckpoint } from '@entente/c2sp';
import type { PartyId } from '@entente/protocol';
import { type DoubleSigner, logSigners } from '@entente/wire';
import { houseKeys, type HybridKeys, type Keystore } from '../adapters/keystore.ts';
import { seedsOf } from './found-relation.ts';
import type { Parts } from './relation.ts';

/** The house log's own keys: it has a checkpoint like a channel's, which is shown to the party's auditors only. */
export async function houseSigner({ crypto }: Parts, keystore: Keystore, party: PartyId): Promise<DoubleSigner> {
  const keys = await signingKeys(crypto, keystore);
  return logSigners(crypto, `${party}/house`, seedsOf(keys));
}

async function signingKeys(crypto: Parts['crypto'], keystore: Keystore): Promise<HybridKeys> {
  if (await keystore.holds(houseKeys, 'log')) return keystore.readHybrid(houseKeys, 'log');
  const keys = { ed25519: crypto.ed25519.generate(), mldsa44: crypto.mldsa44.generate() };
  await keystore.writeHybrid(houseKeys, 'log', keys);
  return keys;
}

/**
 * Signs the house log's head where it has grown, after the high-water file has it: a house log that was cut back, by a
 * restore or by a hand, is noticed. @throws Refusal `history-conflict`
 * @returns the size signed
 */
export async function signHouse(
  { database, clock, highWater }: Parts,
  { ed25519, mldsa44 }: DoubleSigner,
): Promise<number> {
  const origin = ed25519.vkey.name;
  const { rows } = await database.query<{ size: number; root: Uint8Array; signed_note: string | null }>(
    'select size, root, signed_note from house',
  );
  const house = rows[0];
  if (house === undefined) throw new Error('the house log has one row from its migration on');
  const { size, root, signed_note: note } = house;
  if (size === 0 || (note !== null && signedSize(note) === size)) return size;
  await highWater.raise(origin, { size, root });
  const signed = signCheckpoint(
    { origin, size, root, extension: [] },
    [ed25519, mldsa44],
    Math.floor(clock.now() / 1000),
  );
  await database.query('update house set signed_note = $1 where size >= $2', [signed, size]);
  return size;
}

function signedSize(note: string): number {
  return readCheckpoint(readNote(new TextEncoder().encode(note)).text).size;
}
