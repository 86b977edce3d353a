import { Refusal } from '@entente/protocol';
import { readKeyset, readDsse, keysetPayloadType, verifyNextKeyset } from '@entente/wire';
import { readChannel } from '../store/channels.ts';
import { transact } from '../store/database.ts';
import { keepNotice } from '../store/notices.ts';
import { keepReSeal } from '../store/re-seals.ts';
import { keepKeyset } from '../store/relations.ts';
import type { NoticeTaken } from './read-notice.ts';
import type { Parts, Relation } from './relation.ts';

const maximumKeyset = 64 * 1024;

/**
 * Takes the keyset that follows a party's last one, or its spare: signed by its root, or by the root announced as next
 * (PROTOCOL §4.1). The caller reloads the relation.
 */
export async function acceptKeyset(parts: Parts, relation: Relation, envelope: Uint8Array): Promise<NoticeTaken> {
  const { payload } = readDsse(envelope, keysetPayloadType, 'keyset-malformed', maximumKeyset);
  const party = [relation.own, relation.counterpart].find((one) => one === readKeyset(payload).party);
  const terms = relation.authority.accord(relation.own).accord.parties.find(({ id }) => id === party);
  if (party === undefined || terms === undefined) throw new Refusal('wrong-relation', { where: 'keyset.party' });
  const known = relation.keysets.filter(({ keyset }) => keyset.party === party);
  const last = known.at(-1);
  if (known.some(({ id }) => id === parts.crypto.sha256Hex(payload))) return 'known-already';
  if (last === undefined) throw new Error(`no keyset of ${party}`);
  const { id, keyset } = verifyNextKeyset(parts.crypto, last, envelope, [terms.spareKeyset]);
  return transact(parts.database, async (transaction) => {
    const { size } = await readChannel(transaction, relation.number, party);
    const received = parts.clock.now();
    const record = { hash: id, party, kind: 'keyset', received, size, bytes: envelope };
    if (!(await keepNotice(transaction, relation.number, record))) return 'known-already';
    // What lies in a drop was signed by keys that nobody trusts once they have this: all of it is made anew.
    if (party === relation.own) await keepReSeal(transaction, relation.number, 0);
    await keepKeyset(transaction, relation.number, { party, number: keyset.number, hash: id, envelope });
    return 'keyset';
  });
}
