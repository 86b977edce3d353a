import { type LogSize, readHead } from '@entente/protocol';
import { type Crypto, readEnvelope } from '@entente/wire';
import type { Channel } from '../store/channels.ts';
import type { Transaction } from '../store/database.ts';
import { type NoticeToSend, noteTaken, untakenNotices } from '../store/notices.ts';
import { readRegisterEnvelopes } from '../store/register-entries.ts';
import { readNotice } from './read-notice.ts';

/**
 * Our root's notices count as taken once an entry of the counterpart that came just now has seen the act by which our root
 * says the same in our channel: it takes none of these acts without their notice (PROTOCOL §4.2). That receipt is signed,
 * logged, and comes by any road. What was seen before a restore proves nothing about the station after it: only news count.
 */
export async function noteNoticesSeen(
  transaction: Transaction,
  crypto: Crypto,
  own: Pick<Channel, 'relation' | 'channel' | 'owner'>,
  seen: LogSize,
): Promise<void> {
  const untaken = await untakenNotices(transaction, own.relation, own.owner);
  if (untaken.length === 0) return;
  const said = new Set<unknown>();
  for (const envelope of await readRegisterEnvelopes(transaction, own, seen)) {
    const { headBytes } = readEnvelope(envelope);
    said.add(crypto.sha256Hex(headBytes));
    const { type, inputs } = readHead(headBytes);
    if (type === 'relation/keyset') said.add(inputs['keyset']);
  }
  for (const notice of untaken) {
    if (said.has(nameInChannel(crypto, notice))) await noteTaken(transaction, own.relation, notice.hash);
  }
}

/** By what our channel says the same: the id of the act, or the keyset that an act puts in force. */
function nameInChannel(crypto: Crypto, { hash, bytes }: NoticeToSend): string {
  const notice = readNotice(bytes);
  return notice.kind === 'keyset' ? hash : crypto.sha256Hex(readEnvelope(notice.envelope).headBytes);
}
