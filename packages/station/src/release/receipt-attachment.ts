import type { Sha256Hex } from '@entente/protocol';
import type { Parts, Relation } from '../custody/relation.ts';
import { tellRelease } from '../exchange/wake.ts';
import { transact } from '../store/database.ts';
import { putIntoOutbox } from '../store/outbox.ts';
import { writeStationActs } from './station-acts.ts';

/** Says by act that a file of the counterpart is wholly here, by its ciphertext's hash (PROTOCOL §5). */
export async function receiptAttachment(parts: Parts, relation: Relation, sealed: Sha256Hex): Promise<void> {
  const statement = { type: 'relation/attachment-receipt', inputs: { sealed } };
  await transact(parts.database, async (transaction) => {
    const acts = await writeStationActs(parts, relation, transaction, [statement]);
    await putIntoOutbox(transaction, relation.number, acts);
    await tellRelease(transaction, relation.number);
  });
}
