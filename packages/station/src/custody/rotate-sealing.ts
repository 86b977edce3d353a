import { generateSealingIdentity, sealingRecipientOf } from '@entente/wire';
import type { Keystore, SealingKey } from '../adapters/keystore.ts';
import { tellRelease } from '../exchange/wake.ts';
import { writeStationActs } from '../release/station-acts.ts';
import { readChannel } from '../store/channels.ts';
import { type Queryable, transact } from '../store/database.ts';
import { putIntoOutbox, urgencies } from '../store/outbox.ts';
import type { Parts, Relation } from './relation.ts';

const day = 86_400_000;

/**
 * Makes a new sealing key and announces it (PROTOCOL §4.1): on disk before anybody can seal to it. The older ones stay until
 * `destroyOldSealing` finds that nobody needs them.
 */
export async function rotateSealing(parts: Parts, relation: Relation, keystore: Keystore): Promise<SealingKey> {
  const identity = await generateSealingIdentity();
  const number = Math.max(0, ...relation.sealing().map((key) => key.number)) + 1;
  const key = { number, identity, recipient: await sealingRecipientOf(identity) };
  await keystore.addSealing(relation.name, key);
  await relation.reloadSealing();
  await transact(parts.database, async (transaction) => {
    const inputs = { recipient: key.recipient, number };
    const statements = [{ type: 'relation/sealing-key', inputs, urgency: urgencies.register }];
    await putIntoOutbox(transaction, relation.number, await writeStationActs(parts, relation, transaction, statements));
    await tellRelease(transaction, relation.number);
  });
  return key;
}

/**
 * Destroys sealing keys that nobody needs any more (PROTOCOL §4.3): the counterpart's log shows an entry that saw a newer
 * one, and everything before that entry is held, attachments included; or the accord's carry term is over.
 * @returns the numbers of those destroyed
 */
export async function destroyOldSealing(
  parts: Parts,
  relation: Relation,
  keystore: Keystore,
): Promise<readonly number[]> {
  const announced = await announcedKeys(parts.database, relation);
  const destroyed: number[] = [];
  for (const { number } of relation.sealing()) {
    const next = announced.find((key) => key.number > number);
    if (next === undefined || !(await isReplaced(parts, relation, next))) continue;
    await keystore.destroySealing(relation.name, number);
    destroyed.push(number);
  }
  if (destroyed.length > 0) await relation.reloadSealing();
  return destroyed;
}

interface Announced {
  readonly number: number;
  readonly index: number;
  readonly time: number;
}

/** Our announcements of sealing keys, oldest first. */
async function announcedKeys(queryable: Queryable, relation: Relation): Promise<readonly Announced[]> {
  const { channel } = await readChannel(queryable, relation.number, relation.own);
  const { rows } = await queryable.query<{ index: number; time: number }>(
    'select index, time from entry where relation = $1 and channel = $2 and register order by index',
    [relation.number, channel],
  );
  // The registers know which key stood when: it changes right after the entry that announced it.
  const after = (size: number): number | undefined =>
    relation.authority.viewOf(relation.own, size).sealingKey()?.number;
  return rows.flatMap(({ index, time }) => {
    const number = after(index + 1);
    return number === undefined || number === after(index) ? [] : [{ number, index, time }];
  });
}

async function isReplaced(parts: Parts, relation: Relation, { index, time }: Announced): Promise<boolean> {
  const { accord } = relation.authority.accord(relation.own);
  if (parts.clock.now() - time > accord.carryDays * day) return true;
  const theirs = await readChannel(parts.database, relation.number, relation.counterpart);
  if (theirs.lastSeen <= index) return false;
  const { rowCount } = await parts.database.query(
    `select from attachment where relation = $1 and not own and state = 'awaited' limit 1`,
    [relation.number],
  );
  return rowCount === 0;
}
