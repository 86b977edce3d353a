import { type ActId, type LogSize, Refusal, writeInstant } from '@entente/protocol';
import type { Parts, Relation } from '../custody/relation.ts';
import { releaseParcel } from '../release/release-parcel.ts';
import { writeStationActs } from '../release/station-acts.ts';
import { readChannel } from '../store/channels.ts';
import { type Queryable, transact } from '../store/database.ts';
import type { ExpressAct } from '../store/express.ts';
import { putIntoOutbox, urgencies } from '../store/outbox.ts';
import { makeExpress } from './make-express.ts';

/**
 * Answers an express act with a station act that stands in our channel, sent ahead as an express parcel itself. The same
 * act is answered by the same receipt, however often it comes: index and time are those of its first arrival.
 */
export async function answerExpress(
  parts: Parts,
  relation: Relation,
  act: ActId,
  { index, received }: Pick<ExpressAct, 'index' | 'received'>,
): Promise<Uint8Array> {
  const receipt = await transact(parts.database, async (transaction) => {
    const inputs = { act, index, time: writeInstant(received) };
    const [written] = await writeStationActs(parts, relation, transaction, [
      { type: 'relation/express-receipt', inputs, basis: [act], urgency: urgencies['threat-to-life'] },
    ]);
    if (written === undefined) throw new Error('one statement makes one act');
    if (!(await isSaid(transaction, relation, written.act))) {
      await putIntoOutbox(transaction, relation.number, [written]);
    }
    return written.act;
  });
  // Two that ask at once both release; whoever comes second finds the receipt in the channel.
  await releaseParcel(parts, relation, urgencies.urgent);
  const at = await indexOf(parts.database, relation, receipt);
  if (at === undefined) throw new Refusal('not-caught-up', { what: 'the answer waits', retryAfter: 5 });
  return makeExpress(parts, relation, at);
}

async function isSaid(queryable: Queryable, relation: Relation, act: Uint8Array): Promise<boolean> {
  const { rowCount } = await queryable.query('select from outbox where relation = $1 and act = $2', [
    relation.number,
    act,
  ]);
  return (rowCount ?? 0) > 0 || (await indexOf(queryable, relation, act)) !== undefined;
}

async function indexOf(queryable: Queryable, relation: Relation, act: Uint8Array): Promise<LogSize | undefined> {
  const { channel } = await readChannel(queryable, relation.number, relation.own);
  const { rows } = await queryable.query<{ index: LogSize }>(
    'select index from entry where relation = $1 and channel = $2 and act = $3 limit 1',
    [relation.number, channel, act],
  );
  return rows[0]?.index;
}
