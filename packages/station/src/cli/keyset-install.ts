import { copyFile } from 'node:fs/promises';
import { Refusal } from '@entente/protocol';
import { keysetPayloadType, readDsse, readKeyset } from '@entente/wire';
import type { RelationKeys } from '../adapters/keystore.ts';
import { seedsOf } from '../custody/found-relation.ts';
import { sayByRoot } from '../release/root-act.ts';
import type { Context, Outcome } from './command.ts';
import { readIfThere } from './home.ts';
import { giveNotice, handOverText } from './notice-by-root.ts';
import type { OpenedRelation } from './opened-relation.ts';

/** A keyset to be put in force, with its private halves under a name in the root folder. */
export interface KeysetToInstall {
  readonly signed: Uint8Array;
  /** `<name>/` holds the private keys, `<name>.identity` the offline identity for sticks. */
  readonly name: string;
  readonly out: string;
}

/**
 * Puts a keyset in force: private keys into the keystore, the notice to a file and applied, the act into our channel. After
 * a failure it may be run again.
 * @throws Refusal `keyset-malformed` where the private keys are not those of the keyset, and as `acceptNotice`
 */
export async function installKeyset(
  { parts, relation, relations }: OpenedRelation,
  { home }: Pick<Context, 'home'>,
  { signed, name, out }: KeysetToInstall,
): Promise<Outcome> {
  const { payload } = readDsse(signed, keysetPayloadType, 'keyset-malformed', signed.length);
  const { number, keys: published } = readKeyset(payload);
  const keys = await home.rootKeys.readRelation(name);
  checkHalves(keys, published);
  const other = relations.find((one) => one !== relation && !isSame(one.keys.tls.publicKey, published.tls.publicKey));
  const seeds = seedsOf(await home.rootKeys.readHybrid('root', 'present'));
  await installKeys(relation, home, keys);
  await keepIdentity(home.rootFolder, relation.name, relation.ownKeyset.number, name);
  const taken = await giveNotice(parts, relation, signed, out);
  const id = parts.crypto.sha256Hex(payload);
  if (relation.authority.present(relation.own).keyset() !== id) {
    const inputs = { keyset: id, number };
    const fields = { keyset: signed.toBase64() };
    await sayByRoot(parts, relation, seeds, { type: 'relation/keyset', inputs, fields });
  }
  const text = [
    `Keyset ${number} of ${relation.own} is in force here.`,
    handOverText(relation, out),
    ...(other === undefined
      ? []
      : [
          `Relation ${other.name} still shows the TLS key from before: if that one was stolen, put a keyset in force there too.`,
        ]),
  ].join('\n');
  return { text, json: { relation: relation.name, keyset: id, number, file: out, taken } };
}

/** Older sealing keys stay under their numbers: what is under way is sealed to them. */
async function installKeys(
  { name, sealing }: OpenedRelation['relation'],
  { keystore }: Context['home'],
  keys: RelationKeys,
): Promise<void> {
  const known = sealing();
  const last = Math.max(0, ...known.map(({ number }) => number));
  const fresh = keys.sealing.filter(({ recipient }) => known.every((one) => one.recipient !== recipient));
  const numbered = fresh.map((key, at) => ({ ...key, number: last + 1 + at }));
  await keystore.writeRelation(name, { ...keys, sealing: numbered });
}

/** Sticks are sealed to the new offline identity from now on; the one before stays, for those under way. */
async function keepIdentity(folder: string, relation: string, before: number, name: string): Promise<void> {
  const [present, next] = [`${folder}/${relation}.identity`, `${folder}/${name}.identity`];
  const [old, fresh] = [await readIfThere(present), await readIfThere(next)];
  if (fresh === undefined) throw new Refusal('keystore-missing', { where: next });
  if (old !== undefined && isSame(old, fresh)) return;
  if (old !== undefined) await copyFile(present, `${folder}/${relation}-${before}.identity`);
  await copyFile(next, present);
}

function checkHalves(keys: RelationKeys, published: ReturnType<typeof readKeyset>['keys']): void {
  const pairs: readonly (readonly [Uint8Array, Uint8Array])[] = [
    [keys.log.ed25519.publicKey, published.log.ed25519],
    [keys.log.mldsa44.publicKey, published.log.mldsa44],
    [keys.mirror.ed25519.publicKey, published.mirror.ed25519],
    [keys.mirror.mldsa44.publicKey, published.mirror.mldsa44],
    [keys.station.publicKey, published.station],
    [keys.administration.publicKey, published.administration],
    [keys.tls.publicKey, published.tls.publicKey],
  ];
  const isSealing = keys.sealing.some(({ recipient }) => recipient === published.sealing);
  if (isSealing && pairs.every(([ours, theirs]) => isSame(ours, theirs))) return;
  throw new Refusal('keyset-malformed', { what: 'the private keys in the root folder are not those of the keyset' });
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
