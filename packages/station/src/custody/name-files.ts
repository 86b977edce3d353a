import { type ActId, isLogSize, isSha256Hex, readBody, readHead, Refusal } from '@entente/protocol';
import { readEnvelope } from '@entente/wire';
import { raiseAlarm } from '../store/alarms.ts';
import { keepDelivered, nameAttachments } from '../store/attachments.ts';
import type { Transaction } from '../store/database.ts';
import type { NewEntry } from '../store/entries.ts';
import { keepReSeal } from '../store/re-seals.ts';
import type { Relation } from './relation.ts';

// The first member of a body in JCS form: most bodies have no file and are not read for it.
const none = Buffer.from('{"attachments":[],');

/** Writes down the files that newly placed acts name; those that have not come are awaited. */
export async function nameFiles(
  transaction: Transaction,
  relation: Relation,
  own: boolean,
  entries: readonly NewEntry[],
): Promise<void> {
  for (const entry of entries) {
    const { act, body, time, verdict } = entry;
    if (!own && body === undefined) await noteSaid(transaction, relation, entry);
    if (body === undefined || verdict !== undefined || none.equals(body.subarray(0, none.length))) continue;
    const files = attachmentsOf(body);
    if (files.length === 0) continue;
    const id = act.toHex() as ActId;
    const { contradicting } = await nameAttachments(transaction, { relation: relation.number, own, id }, files, time);
    for (const sealed of contradicting) {
      const what = `act ${id} announces file ${sealed} with another size or hash than an earlier act`;
      await raiseAlarm(transaction, { relation: relation.number, time, kind: 'attachment-corrupt', what, proof: body });
    }
  }
}

function attachmentsOf(body: Uint8Array): ReturnType<typeof readBody>['attachments'] {
  try {
    return readBody(body).attachments;
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

/**
 * Where the counterpart says that a file of ours is wholly there, it need not be offered any more; where it could not open
 * what we left, that is sealed anew.
 */
async function noteSaid(transaction: Transaction, relation: Relation, entry: NewEntry): Promise<void> {
  const { heads, register, verdict, envelope, time } = entry;
  if (heads || register || verdict !== undefined) return;
  const head = readHead(readEnvelope(envelope).headBytes);
  const { sealed, from } = head.inputs;
  if (head.type === 'relation/re-seal' && isLogSize(from)) return keepReSeal(transaction, relation.number, from);
  if (head.type !== 'relation/attachment-receipt' || !isSha256Hex(sealed)) return;
  await keepDelivered(transaction, { relation: relation.number, own: true, sealedSha256: sealed }, time);
}
