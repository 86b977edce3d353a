import { join } from 'node:path';
import type { ActId } from '@entente/protocol';
import { rootFingerprint } from '@entente/wire';
import { Keystore } from '../../packages/station/src/adapters/keystore.ts';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { acceptNotice } from '../../packages/station/src/custody/accept-notice.ts';
import { type FoundedKeys, seedsOf } from '../../packages/station/src/custody/found-relation.ts';
import { loadRelation } from '../../packages/station/src/custody/load-relation.ts';
import type { Parts, Relation } from '../../packages/station/src/custody/relation.ts';
import { tellRelease } from '../../packages/station/src/exchange/wake.ts';
import { sayByRoot } from '../../packages/station/src/release/root-act.ts';
import { recordOf } from '../../packages/station/src/store/relations.ts';
import type { TestStation } from './two-parties.fixtures.ts';

/** A station over a database, whatever its clock. */
type Keyed = Omit<TestStation, 'parts'> & { readonly parts: Parts };

/** A relation once more, as another process of the same station holds it. */
export function otherProcess({
  parts,
  relation,
  folder,
}: Pick<Keyed, 'parts' | 'relation' | 'folder'>): Promise<Relation> {
  const [first, second] = relation.parties.map((party) => {
    const { root } = party === relation.own ? relation.ownKeyset : relation.theirKeyset;
    return rootFingerprint(nodeCrypto, root);
  });
  if (first === undefined || second === undefined) throw new Error('two parties');
  const keystore = new Keystore(join(folder, 'keys'), nodeCrypto);
  return loadRelation(parts.database, nodeCrypto, keystore, recordOf(relation), [first, second]);
}

/** What the command line does beside a running station: new keys into the keystore, the notice applied, the act said. */
export async function putInForce(
  station: Keyed,
  { keys, keyset, signed }: FoundedKeys = station.spare,
): Promise<ActId> {
  const { parts, folder, root } = station;
  const relation = await otherProcess(station);
  // Older sealing keys stay: what is under way is sealed to them.
  const last = Math.max(...relation.sealing().map(({ number }) => number));
  const sealing = keys.sealing.map((key, at) => ({ ...key, number: last + 1 + at }));
  await new Keystore(join(folder, 'keys'), nodeCrypto).writeRelation(relation.name, { ...keys, sealing });
  await acceptNotice(parts, relation, signed);
  await tellRelease(parts.database, relation.number);
  const { payload } = JSON.parse(Buffer.from(signed).toString()) as { readonly payload: string };
  return sayByRoot(parts, relation, seedsOf(root.present), {
    type: 'relation/keyset',
    inputs: { keyset: nodeCrypto.sha256Hex(Buffer.from(payload, 'base64')), number: keyset.number },
    fields: { keyset: signed.toBase64() },
  });
}

/** A keyset that came as a file, taken in beside a running station. */
export async function takeInByHand(
  { parts, relation, folder }: Pick<Keyed, 'parts' | 'relation' | 'folder'>,
  signed: Uint8Array,
): Promise<void> {
  await acceptNotice(parts, await otherProcess({ parts, relation, folder }), signed);
  await tellRelease(parts.database, relation.number);
}
