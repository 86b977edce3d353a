import { type ActId, type Head, type JsonObject, relationDossier, writeHead } from '@entente/protocol';
import { approveByRoot, keyIdOf, publicKeysOf, writeApproval, writeEnvelope } from '@entente/wire';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { seedsOf } from '../../packages/station/src/custody/found-relation.ts';
import { writeNotice } from '../../packages/station/src/custody/read-notice.ts';
import type { TestStation } from './two-parties.fixtures.ts';

/** A notice as the root of a station's party signs it, offline. */
export function rootNotice({ relation, root }: TestStation, type: string, inputs: JsonObject): Uint8Array {
  const head: Head = {
    v: 1,
    type: `relation/${type}`,
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
    author: { function: 'root', pseudonym: 'root' },
  };
  const headBytes = writeHead(head);
  const seeds = seedsOf(root.present);
  const approval = writeApproval(approveByRoot(nodeCrypto, [nodeCrypto.sha256Hex(headBytes) as ActId], seeds));
  const key = keyIdOf(nodeCrypto, { kind: 'root', root: publicKeysOf(nodeCrypto, seeds) });
  const envelope = writeEnvelope(headBytes, [{ key, approval: nodeCrypto.sha256Hex(approval) }]);
  return writeNotice({ envelope, approval, body: undefined });
}
