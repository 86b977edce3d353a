import type { LogSize, NotedReason } from '@entente/protocol';
import { readAct, writesRegister } from '../exchange/weigh-entry.ts';
import { type Channel, readChannel } from '../store/channels.ts';
import type { Transaction } from '../store/database.ts';
import { type Entry, readEntries, sawOf } from '../store/entries.ts';
import { forgetRegisters, type Judged, keepVerdicts } from '../store/verdicts.ts';
import type { Authority } from './authority.ts';
import { checkAccordKnown } from './papers-known.ts';
import type { Parts, Relation } from './relation.ts';

/**
 * Judges the entries of a channel from an index on anew, because a new epoch of the other channel left behind part of what
 * they had seen: both stations come to the verdicts of one that never held it (PROTOCOL §2.5, §3.3).
 * @returns how many verdicts are other than they were
 */
export async function judgeAgain(
  { crypto }: Pick<Parts, 'crypto'>,
  relation: Relation,
  transaction: Transaction,
  channel: Channel,
  from: LogSize,
): Promise<number> {
  await forgetRegisters(transaction, channel, from);
  const other = channel.own ? relation.counterpart : relation.own;
  // Of its own: what this transaction comes to is nobody else's business before it commits.
  const authority = relation.authority.anew();
  await authority.catchUp(transaction, await readChannel(transaction, relation.number, other), channel);
  let changed = 0;
  for (let at = from; at < channel.size; at = (at + pieceSize) as LogSize) {
    const end = Math.min(at + pieceSize, channel.size) as LogSize;
    const entries = await readEntries(transaction, channel, at, end);
    const acts = entries.map(({ envelope, body }) => readAct(crypto, envelope, body));
    await authority.loadAccords(transaction, acts);
    await authority.loadApprovals(transaction, acts);
    const judged = entries.map((entry, n) => judgeEntry(authority, channel, entry, acts[n]));
    await keepVerdicts(transaction, channel, judged);
    changed += judged.filter(({ verdict }, n) => verdict !== entries[n]?.verdict).length;
  }
  return changed;
}

const pieceSize = 500;

function judgeEntry(
  authority: Authority,
  { owner, channel }: Channel,
  entry: Entry,
  act: ReturnType<typeof readAct> | undefined,
): Judged {
  const { index } = entry;
  if (act === undefined) throw new Error(`entry ${index} was not read`);
  const place = { party: owner, index, seen: sawOf(entry) };
  const verdict: NotedReason | undefined = authority.judge(act, place, entry.verdict === 'repeated');
  checkAccordKnown(authority, act, verdict);
  const register = writesRegister(act, verdict);
  authority.record(act, place, { register }, channel);
  return { index, verdict, register };
}
