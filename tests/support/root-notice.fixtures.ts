import type { JsonObject } from '@entente/protocol';
import { approveByRoot, keyIdOf, publicKeysOf, writeApproval, writeEnvelope } from '@entente/wire';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { seedsOf } from '../../packages/station/src/custody/found-relation.ts';
import { writeNotice } from '../../packages/station/src/custody/read-notice.ts';
import { writeRelationAct } from '../../packages/station/src/release/write-relation-act.ts';
import type { TestStation } from './two-parties.fixtures.ts';

/** A notice as the root of a station's party signs it, offline. */
export function rootNotice({ parts, relation, root }: TestStation, type: string, inputs: JsonObject): Uint8Array {
  const author = { function: 'root', pseudonym: 'root' };
  const { id, head } = writeRelationAct(parts, relation, { type: `relation/${type}`, inputs }, author);
  const seeds = seedsOf(root.present);
  const approval = writeApproval(approveByRoot(nodeCrypto, [id], seeds));
  const key = keyIdOf(nodeCrypto, { kind: 'root', root: publicKeysOf(nodeCrypto, seeds) });
  const envelope = writeEnvelope(head, [{ key, approval: nodeCrypto.sha256Hex(approval) }]);
  return writeNotice({ envelope, approval, body: undefined });
}
