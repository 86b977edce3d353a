import { type Checkpoint, readCheckpoint, readNote, signCheckpoint } from '@entente/c2sp';
import { type PartyId, Refusal } from '@entente/protocol';
import { type DoubleSigner, logSigners } from '@entente/wire';
import { houseKeys, type HybridKeys, type Keystore } from '../adapters/keystore.ts';
import { seedsOf } from './found-relation.ts';
import type { HighWaterMark } from './high-water.ts';
import { raiseHighWater } from './raise-high-water.ts';
import { raiseAlarm } from '../store/alarms.ts';
import { transact } from '../store/database.ts';
import { type HouseHead, readHouseHead, writeHouseLog } from '../store/house-log.ts';
import { houseRootAt } from '../store/house-tiles.ts';
import { listRelations } from '../store/relations.ts';
import type { Parts } from './relation.ts';

/** The house log's own keys: it has a checkpoint like a channel's, which is shown to the party's auditors only. */
export async function houseSigner({ crypto }: Parts, keystore: Keystore, party: PartyId): Promise<DoubleSigner> {
  const keys = await signingKeys(crypto, keystore);
  return logSigners(crypto, houseOrigin(party), seedsOf(keys));
}

/** The name under which a party's house log is signed. */
export function houseOrigin(party: PartyId): string {
  return `${party}/house`;
}

async function signingKeys(crypto: Parts['crypto'], keystore: Keystore): Promise<HybridKeys> {
  if (await keystore.holds(houseKeys, 'log')) return keystore.readHybrid(houseKeys, 'log');
  const keys = { ed25519: crypto.ed25519.generate(), mldsa44: crypto.mldsa44.generate() };
  await keystore.writeHybrid(houseKeys, 'log', keys);
  return keys;
}

/**
 * Signs the house log's head where it has grown, after the high-water file has it. A house log that does not hold a head
 * of it that was signed before was cut back, by a restore or by a hand: it is alarmed and not signed.
 * @throws Refusal `history-conflict`
 * @returns the size signed
 */
export async function signHouse(parts: Parts, { ed25519, mldsa44 }: DoubleSigner): Promise<number> {
  const origin = ed25519.vkey.name;
  const { size, root, note, lost } = await readHouse(parts, origin);
  if (lost !== undefined) throw await alarmCutBack(parts, origin, lost, note);
  if (size === 0 || (note !== undefined && signedSize(note) === size)) return size;
  await raiseHighWater(parts, origin, { size, root });
  const signed = signCheckpoint(
    { origin, size, root, extension: [] },
    [ed25519, mldsa44],
    Math.floor(parts.clock.now() / 1000),
  );
  await parts.database.query('update house set signed_note = $1 where size >= $2', [signed, size]);
  return size;
}

/** The house log as it stands, and the largest head of it that left or was stated and that its entries do not make. */
export async function readHouse(
  { database, crypto, highWater }: Pick<Parts, 'database' | 'crypto' | 'highWater'>,
  origin: string,
): Promise<HouseHead & { readonly lost: HighWaterMark | undefined }> {
  // Before the log, which only grows: another process may sign a longer one meanwhile.
  const mark = await highWater.read(origin);
  const house = await readHouseHead(database);
  const claimed = [mark, house.note === undefined ? undefined : signedHead(house.note), house];
  let lost: HighWaterMark | undefined;
  for (const head of claimed) {
    if (head === undefined || head.size < (lost?.size ?? 0)) continue;
    const held = head.size <= house.size ? await houseRootAt(database, crypto, head.size) : undefined;
    if (held === undefined || Buffer.compare(held, head.root) !== 0) lost = { size: head.size, root: head.root };
  }
  return { ...house, lost };
}

/** The house log is nobody's in particular: every relation's officers and administrators are told. */
async function alarmCutBack(
  { database, clock }: Parts,
  origin: string,
  lost: HighWaterMark,
  note: string | undefined,
): Promise<Refusal> {
  const what = `the house log no longer makes its head of size ${lost.size}: entries were cut off or changed, by a restore or by a hand. It is not signed any more. Ask who touched the database and tell your auditor; after a restore: entente house go-on`;
  const proof = note === undefined ? undefined : new TextEncoder().encode(note);
  await transact(database, async (transaction) => {
    for (const { relation } of await listRelations(transaction)) {
      await raiseAlarm(transaction, { relation, time: clock.now(), kind: 'house-cut-back', what, proof });
    }
  });
  return new Refusal('history-conflict', { where: origin, what: `no head of size ${lost.size}` });
}

/**
 * Lets a house log be signed again that was cut back. What was lost stands in it from now on, and the high-water mark is
 * set aside as proof. @throws Refusal `usage` where nothing is lost
 * @returns the head that was lost
 */
export async function goOnAfterLoss(parts: Parts, party: PartyId, administrator: string): Promise<HighWaterMark> {
  const { database, crypto, clock, highWater } = parts;
  const origin = houseOrigin(party);
  const { size, lost } = await readHouse(parts, origin);
  if (lost === undefined) throw new Refusal('usage', { what: 'the house log holds every head of it that was signed' });
  await transact(database, async (transaction) => {
    const what = { origin, held: size, lost: { size: lost.size, root: lost.root.toHex() }, administrator };
    await writeHouseLog(transaction, crypto, { kind: 'restore', time: clock.now(), what });
    await transaction.query('update house set signed_note = null');
  });
  await highWater.setAside(origin, clock.now());
  return lost;
}

/** The size of a signed head of the house log. */
export function signedSize(note: string): number {
  return signedHead(note).size;
}

function signedHead(note: string): Checkpoint {
  return readCheckpoint(readNote(new TextEncoder().encode(note)).text);
}
