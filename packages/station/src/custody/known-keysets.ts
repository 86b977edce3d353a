import { readBody } from '@entente/protocol';
import { readAct } from '../exchange/weigh-entry.ts';
import { countRootPapers } from '../store/relations.ts';
import { acceptNotice } from './accept-notice.ts';
import type { Parts, Relation } from './relation.ts';

/** Takes in what either root said to another process of this station: all of them judge, sign and seal by the same. */
export async function takeRootPapers({ database }: Pick<Parts, 'database'>, relation: Relation): Promise<void> {
  if ((await countRootPapers(database, relation.number)) !== relation.rootPapers) await relation.reload();
}

/**
 * Takes the keysets that acts of our own channel, given back, put in force: a database from before them lacks them. Each is
 * verified like any notice of our root.
 */
export async function takeOwnKeysets(
  parts: Parts,
  relation: Relation,
  entries: readonly { readonly envelope: Uint8Array; readonly body: Uint8Array | null }[],
): Promise<void> {
  for (const { envelope, body } of entries) {
    if (body === null) continue;
    const { head } = readAct(parts.crypto, envelope, undefined);
    if (head?.type !== 'relation/keyset' || relation.keysets.some(({ id }) => id === head.inputs['keyset'])) continue;
    const { keyset } = readBody(body).fields;
    if (typeof keyset === 'string') await acceptNotice(parts, relation, Uint8Array.fromBase64(keyset));
  }
}
