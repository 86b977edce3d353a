import { readAct } from '../exchange/weigh-entry.ts';
import { readApprovals } from '../store/approvals.ts';
import type { Transaction } from '../store/database.ts';
import type { NewEntry } from '../store/entries.ts';
import { isKept } from '../store/notices.ts';
import { writeNotice } from './read-notice.ts';
import type { Parts, Relation } from './relation.ts';

/**
 * The counterpart's compromise notices that came as acts of its channel and by no other road: who keeps a drop may hold a
 * notice back and hand on the parcel. They are given as notices, to be taken before their entries are.
 */
export async function compromisesToHeed(
  { crypto }: Pick<Parts, 'crypto'>,
  relation: Relation,
  transaction: Transaction,
  rows: readonly Pick<NewEntry, 'register' | 'envelope' | 'body'>[],
): Promise<readonly Uint8Array[]> {
  const notices: Uint8Array[] = [];
  for (const { register, envelope, body } of rows) {
    if (!register) continue;
    const { head, signatures } = readAct(crypto, envelope, undefined, relation.heads);
    if (head?.type !== 'relation/compromise-notice') continue;
    const named = signatures.map(({ approval }) => approval);
    for (const approval of (await readApprovals(transaction, relation.number, named)).values()) {
      const notice = writeNotice({ envelope, approval, body });
      if (!(await isKept(transaction, relation.number, crypto.sha256Hex(notice)))) notices.push(notice);
    }
  }
  return notices;
}
