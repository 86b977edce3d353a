import { verifyInclusion, writeTlogProof } from '@entente/c2sp';
import { type Head, isFloorAct, type LogSize, Refusal } from '@entente/protocol';
import { c2spCryptoOf, type OpenedParcel, type ParcelEntry, refusing, type Verified } from '@entente/wire';
import { ensureHead } from '../custody/ensure-head.ts';
import { keepConflict } from '../custody/keep-conflict.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { keepApprovals } from '../store/approvals.ts';
import { type Channel, lockChannel, readChannel } from '../store/channels.ts';
import { type Transaction, transact } from '../store/database.ts';
import { readEntries } from '../store/entries.ts';
import { tellEvent } from '../store/events.ts';
import { countAhead, type ExpressAct, keepExpress, noteAnswered } from '../store/express.ts';
import { takeTheirSubjects } from '../screening/take-subjects.ts';
import { answerExpress } from './answer-express.ts';
import { checkRecipients } from './check-recipients.ts';
import { inTurn } from './in-turn.ts';
import { openCounterpartParcel, readItems } from './open-counterpart-parcel.ts';
import { readSeen, sawInPresent } from './read-seen.ts';
import { entryAt, readAct, type ReadAct } from './weigh-entry.ts';

// Of each up to 8 KB of proof and an act; whoever has more to say urgently says it in order.
const mostAhead = 2000;

export type Express = Extract<Verified<OpenedParcel>, { readonly kind: 'express' }>;

/**
 * Takes an act of the counterpart ahead of its prefix (PROTOCOL §2.6): verified by its tlog-proof, kept, shown, answered.
 * @returns the sealed answer, itself an express parcel; empty where what came was such an answer
 * @throws Refusal, as `acceptParcel`
 */
export async function acceptExpress(parts: Parts, relation: Relation, sealed: Uint8Array): Promise<Uint8Array> {
  const parcel = await openCounterpartParcel(parts, relation, sealed);
  if (parcel.kind !== 'express')
    throw new Refusal('parcel-malformed', { where: 'header', what: 'not an express parcel' });
  return takeExpress(parts, relation, parcel);
}

/** The same for a parcel that is open already. */
export async function takeExpress(parts: Parts, relation: Relation, parcel: Express): Promise<Uint8Array> {
  const { entries, approvals } = readItems(relation, parcel);
  const [entry] = entries;
  if (entry === undefined) throw new Refusal('parcel-malformed', { where: 'line 2', what: 'no entry' });
  const act = readAct(parts.crypto, entry.envelope, entry.body ?? undefined);
  checkRecipients(relation, [act]);
  const express = await inTurn(relation, () =>
    relation.authority.guarded((turn) =>
      transact(parts.database, async (transaction) => {
        const channel = await lockChannel(transaction, relation.number, relation.counterpart);
        await turn();
        await keepApprovals(transaction, relation.number, approvals);
        return keep(parts, relation, transaction, channel, parcel, entry, act);
      }),
    ),
  );
  if (express === 'conflict') throw await keepConflict(parts, relation, parcel.checkpointNote);
  return isSilent(act.head) ? new Uint8Array() : answerExpress(parts, relation, act.id, express);
}

/** Receipts are not answered: two stations would never fall silent. */
function isSilent(head: Head | undefined): boolean {
  return head?.type === 'relation/heads' || head?.type === 'relation/express-receipt';
}

async function keep(
  parts: Parts,
  relation: Relation,
  transaction: Transaction,
  channel: Channel,
  parcel: Express,
  entry: ParcelEntry,
  act: ReadAct,
): Promise<Pick<ExpressAct, 'index' | 'received'> | 'conflict'> {
  const own = await readChannel(transaction, relation.number, relation.own);
  const witnessed = channel.stopped === undefined && own.stopped === undefined;
  if (!witnessed) checkMayPassStopped(relation, act.head);
  const express = await weigh(parts, relation, transaction, { own, channel, witnessed }, parcel, entry, act);
  if (witnessed && (await contradicts(parts, transaction, channel, express))) return 'conflict';
  await checkRoom(transaction, channel, express);
  const isHeld = witnessed && express.index < channel.size;
  const content = isHeld ? { envelope: undefined, body: undefined } : { envelope: act.envelope, body: act.body };
  const { received, isNew } = await keepExpress(transaction, channel, express, content);
  if (isNew && !isHeld) {
    const { act: id, verdict } = express;
    await takeTheirSubjects(transaction, parts.crypto, relation.number, [{ ...act, act: id, verdict }]);
  }
  if (act.head?.type === 'relation/express-receipt') await noteReceipt(transaction, own, act.head);
  else if (isNew && !isHeld) {
    const { owner, epoch } = channel;
    await tellEvent(transaction, relation.number, 'express-arrived', { owner, epoch, index: express.index, witnessed });
  }
  return { index: express.index, received };
}

async function weigh(
  parts: Parts,
  relation: Relation,
  transaction: Transaction,
  { own, channel, witnessed }: { readonly own: Channel; readonly channel: Channel; readonly witnessed: boolean },
  parcel: Express,
  entry: ParcelEntry,
  act: ReadAct,
): Promise<ExpressAct> {
  const { crypto, clock } = parts;
  const { index } = parcel.header;
  const row = entryAt(crypto, act, { ...entry, previousRank: 0, seenRank: 0, verdict: undefined });
  refusing('proof-invalid', `entry ${index}`, () =>
    verifyInclusion(c2spCryptoOf(crypto), parcel.checkpoint, index, row.leaf, parcel.proof.inclusion),
  );
  // An entry behind our end is held against its own leaf; one beyond it against what we hold of both channels.
  if (witnessed && index >= channel.size) await readSeen(parts, transaction, own, channel, [entry]);
  await relation.authority.catchUp(transaction, own, channel);
  const missing = await relation.authority.loadApprovals(transaction, [act]);
  if (missing.length > 0) throw new Refusal('approval-missing', { what: missing[0] ?? '' });
  const place = { party: relation.counterpart, index, seen: await sawInPresent(crypto, transaction, own, entry.seen) };
  const { act: id, leaf, dossier, time, seen } = row;
  return {
    index,
    act: id,
    leaf,
    dossier,
    time,
    seen,
    witnessed,
    received: clock.now(),
    verdict: relation.authority.judge(act, place, false),
    headSize: parcel.checkpoint.size as LogSize,
    headRoot: parcel.checkpoint.root,
    proof: writeTlogProof(parcel.proof),
  };
}

/** Over a stopped channel only the floor passes, shown as unwitnessed, and what answers it (PROTOCOL §2.5). */
function checkMayPassStopped(relation: Relation, head: Head | undefined): void {
  if (head?.type === 'relation/express-receipt') return;
  const { accord } = relation.authority.accord(relation.own);
  if (head === undefined || !isFloorAct(accord, head)) throw new Refusal('channel-stopped', { what: 'express' });
}

/** Whether we hold another root at the size of its head, another entry at its index, or another came ahead for it. */
async function contradicts(
  { crypto }: Parts,
  transaction: Transaction,
  channel: Channel,
  express: ExpressAct,
): Promise<boolean> {
  const root = await ensureHead(transaction, crypto, channel, express.headSize);
  if (root !== undefined && Buffer.compare(root, express.headRoot) !== 0) return true;
  const [held] = await readEntries(transaction, channel, express.index, (express.index + 1) as LogSize);
  if (held !== undefined) return Buffer.compare(held.leaf, express.leaf) !== 0;
  const { rowCount } = await transaction.query(
    'select from express where relation = $1 and channel = $2 and index = $3 and leaf <> $4',
    [channel.relation, channel.channel, express.index, express.leaf],
  );
  return (rowCount ?? 0) > 0;
}

/** What is ahead counts towards no quota before its prefix has come. @throws Refusal `quota-exceeded`: it comes in order */
async function checkRoom(transaction: Transaction, channel: Channel, { index }: ExpressAct): Promise<void> {
  if (index < channel.size || (await countAhead(transaction, channel)) < mostAhead) return;
  throw new Refusal('quota-exceeded', { what: `${mostAhead} acts ahead of their prefix`, retryAfter: 60 });
}

async function noteReceipt(transaction: Transaction, own: Channel, { inputs }: Head): Promise<void> {
  const { act, index } = inputs;
  if (typeof act !== 'string' || typeof index !== 'number') return;
  await noteAnswered(transaction, own, index, Buffer.from(act, 'hex'));
}
