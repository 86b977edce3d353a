import type { Head, LogSize, Sha256Hex } from '@entente/protocol';
import { doubtsOf, type Doubts, noticeTypes, readEnvelope, rootFingerprint } from '@entente/wire';
import { readAct } from '../exchange/weigh-entry.ts';
import { readApprovals } from '../store/approvals.ts';
import type { Channel } from '../store/channels.ts';
import type { Queryable } from '../store/database.ts';
import { type Entry, readEntries } from '../store/entries.ts';
import { hasPlace, notedRelationActs, noticesOfKind } from '../store/notices.ts';
import { readRegisterEntries } from '../store/register-entries.ts';
import { readNotice } from './read-notice.ts';
import type { Parts, Relation } from './relation.ts';

/** A compromise notice, a confirmation or a keyset of either root, where it stands. */
export interface StandingNotice {
  readonly entry: Entry;
  readonly head: Head;
  readonly channel: Channel;
  readonly other: Channel;
  /** Those that its envelope names. */
  readonly approvals: ReadonlyMap<Sha256Hex, Uint8Array>;
}

/** A compromise notice that stands in no channel yet. */
export interface NoticeByRoad {
  readonly envelope: Uint8Array;
  readonly head: Head;
  readonly approvals: ReadonlyMap<Sha256Hex, Uint8Array>;
}

/** What both roots said of whom to trust, as this station has it. */
export interface RootNotices {
  readonly standing: readonly StandingNotice[];
  readonly byRoad: readonly NoticeByRoad[];
}

/** The notices, confirmations and keysets of both roots that have effect in the channels, and the notices that wait for their place. */
export async function readRootNotices(
  parts: Pick<Parts, 'database' | 'crypto'>,
  relation: Relation,
  own: Channel,
  theirs: Channel,
): Promise<RootNotices> {
  const { database, crypto } = parts;
  const all = { own: own.size, theirs: theirs.size };
  const rows = await readRegisterEntries(database, relation.number, { own, theirs }, { own: 0, theirs: 0 }, all);
  const standing: StandingNotice[] = [];
  for (const { own: isOwn, index, envelope } of rows) {
    const { head } = readAct(crypto, envelope, undefined);
    if (head === undefined || !noticeTypes.includes(head.type)) continue;
    const [channel, other] = isOwn ? [own, theirs] : [theirs, own];
    const [entry] = await readEntries(database, channel, index, (index + 1) as LogSize);
    if (entry === undefined) throw new Error(`entry ${index} is not here`);
    standing.push(await standingNotice(database, relation, { entry, head, channel, other }));
  }
  return { standing, byRoad: await byRoad(parts, relation, [own, theirs]) };
}

/** Those that stand in the channels without effect: an export shows them, so that nothing can be said to be missing. */
export async function readNotedNotices(
  { database, crypto }: Pick<Parts, 'database' | 'crypto'>,
  relation: Relation,
  own: Channel,
  theirs: Channel,
): Promise<readonly StandingNotice[]> {
  const noted: StandingNotice[] = [];
  for (const [channel, other] of [
    [own, theirs],
    [theirs, own],
  ] as const) {
    for await (const entry of notedRelationActs(database, channel)) {
      const { head } = readAct(crypto, entry.envelope, undefined);
      if (head === undefined || !noticeTypes.includes(head.type)) continue;
      noted.push(await standingNotice(database, relation, { entry, head, channel, other }));
    }
  }
  return noted;
}

/** What they put in doubt. */
export function doubtsOfNotices({ parties }: Relation, { standing, byRoad: waiting }: RootNotices): Doubts {
  return doubtsOf({
    parties,
    acts: standing.map(({ entry, head }) => ({ head, index: entry.index })),
    byRoad: waiting,
  });
}

/** What is signed by a root since replaced was never taken under the present one: it says nothing any more. */
async function byRoad(
  { database, crypto }: Pick<Parts, 'database' | 'crypto'>,
  relation: Relation,
  channels: readonly Channel[],
): Promise<readonly NoticeByRoad[]> {
  const kept = await noticesOfKind(database, relation.number, 'relation/compromise-notice');
  const found: NoticeByRoad[] = [];
  for (const bytes of kept) {
    const notice = readNotice(bytes);
    if (notice.kind !== 'act') continue;
    const { id, head, signatures } = readAct(crypto, notice.envelope, undefined);
    const keyset = head?.from === relation.own ? relation.ownKeyset : relation.theirKeyset;
    const root = rootFingerprint(crypto, keyset.root);
    const isPresent = signatures.some(({ key }) => key === root);
    if (head === undefined || !isPresent || (await hasPlace(database, relation.number, id, channels))) continue;
    const approvals = new Map([[crypto.sha256Hex(notice.approval), notice.approval]]);
    found.push({ envelope: notice.envelope, head, approvals });
  }
  return found;
}

async function standingNotice(
  queryable: Queryable,
  relation: Relation,
  notice: Omit<StandingNotice, 'approvals'>,
): Promise<StandingNotice> {
  const named = readEnvelope(notice.entry.envelope).signatures.map(({ approval }) => approval);
  return { ...notice, approvals: await readApprovals(queryable, relation.number, named) };
}
