import { actTypeOf, type Head, type PartyId, readFields, readHead, readRegister, Refusal } from '@entente/protocol';
import { keyIdOf, type Keyset, readApproval, readEnvelope, verifyApproval } from '@entente/wire';
import { tracks } from '@entente/tracks';
import { raiseAlarm } from '../store/alarms.ts';
import { keepApprovals } from '../store/approvals.ts';
import { lockChannel, readChannel } from '../store/channels.ts';
import { type Transaction, transact } from '../store/database.ts';
import { isKept, keepNotice } from '../store/notices.ts';
import { putIntoOutbox, urgencies } from '../store/outbox.ts';
import { voidReceipts } from '../store/void-receipts.ts';
import { acceptKeyset } from './accept-keyset.ts';
import { cosignHead } from './cosign-head.ts';
import { openEpoch } from './open-epoch.ts';
import { type Notice, type NoticeTaken, readNotice } from './read-notice.ts';
import type { Parts, Relation } from './relation.ts';

type RootAct = Extract<Notice, { readonly kind: 'act' }> & { readonly head: Head; readonly party: PartyId };

/**
 * Takes a notice of either party's root, by whatever road it came (PROTOCOL §4.2): a keyset, the opening of an epoch, a
 * compromise. One of our own root is also put into the outbox, so that it stands in our channel.
 * @throws Refusal `note-malformed`, `key-unknown`, `signature-…`, `keyset-malformed`, `wrong-relation`, `history-conflict`
 */
export async function acceptNotice(parts: Parts, relation: Relation, bytes: Uint8Array): Promise<NoticeTaken> {
  const taken = await take(parts, relation, bytes);
  if (taken === 'keyset' || taken === 'compromise') await relation.reload();
  if (taken === 'keyset' || taken === 'compromise') await cosignAgain(parts, relation);
  return taken;
}

/**
 * Our mirror may have another key now, or our root may have called its receipts void: what it cosigned is cosigned again, for
 * nobody trusts the old ones any more.
 */
async function cosignAgain(parts: Parts, relation: Relation): Promise<void> {
  const theirs = await readChannel(parts.database, relation.number, relation.counterpart);
  if (theirs.signed !== undefined) await cosignHead(parts, relation, theirs, theirs.signed);
}

async function take(parts: Parts, relation: Relation, bytes: Uint8Array): Promise<NoticeTaken> {
  const notice = readNotice(bytes);
  if (notice.kind === 'keyset') return acceptKeyset(parts, relation, notice.envelope);
  const hash = parts.crypto.sha256Hex(bytes);
  // It may be sent again when the root that signed it is no longer the present one.
  if (await isKept(parts.database, relation.number, hash)) return 'known-already';
  const act = verifyRootAct(parts, relation, notice);
  const write = readRegister(act.head);
  return transact(parts.database, async (transaction) => {
    const { size } = await readChannel(transaction, relation.number, act.party);
    const record = { hash, party: act.party, kind: act.head.type, received: parts.clock.now(), size, bytes };
    if (!(await keepNotice(transaction, relation.number, record))) return 'known-already';
    if (act.party === relation.own) await say(parts, relation, transaction, act);
    switch (write?.kind) {
      case 'epoch':
        await openEpoch(parts, relation, transaction, act.party, readCommon(act.head));
        return 'epoch';
      case 'compromise':
        if (act.party === relation.counterpart) await voidTail(transaction, relation, write.theirs);
        await raiseAlarm(transaction, {
          ...compromiseAlarm(act),
          relation: relation.number,
          time: record.received,
          proof: bytes,
        });
        return 'compromise';
      default:
        throw new Refusal('note-malformed', { where: 'notice', what: 'no root notice' });
    }
  });
}

/** What the counterpart said it held of ours since then is void: the tail is sent again (PROTOCOL §4.2). */
async function voidTail(transaction: Transaction, relation: Relation, from: number): Promise<void> {
  const { channel } = await lockChannel(transaction, relation.number, relation.own);
  await voidReceipts(transaction, channel, from);
}

function verifyRootAct(parts: Parts, relation: Relation, notice: Extract<Notice, { kind: 'act' }>): RootAct {
  const { crypto } = parts;
  const { headBytes, signatures } = readEnvelope(notice.envelope);
  const head = readHead(headBytes);
  const party = [relation.own, relation.counterpart].find((one) => one === head.from);
  const other = party === relation.own ? relation.counterpart : relation.own;
  if (party === undefined || head.to !== other || head.relation !== relation.name) {
    throw new Refusal('wrong-relation', { where: 'notice' });
  }
  const approval = readApproval(notice.approval);
  const key = { kind: 'root', root: keysetOf(relation, party).root } as const;
  const { accord } = relation.authority.accord(party);
  const terms = accord.parties.find(({ id }) => id === party)?.signing;
  if (terms === undefined) throw new Refusal('wrong-relation', { where: 'notice' });
  verifyApproval(crypto, approval, key, terms);
  const named = { key: keyIdOf(crypto, key), approval: crypto.sha256Hex(notice.approval) };
  const isSigned = signatures.some((one) => one.key === named.key && one.approval === named.approval);
  if (!isSigned || !approval.acts.some((id) => id === crypto.sha256Hex(headBytes))) {
    throw new Refusal('signature-missing', { where: 'notice' });
  }
  const type = actTypeOf(tracks, head.type, head.trackVersion)?.type;
  if (type?.author !== 'root' || readFields(type.inputs, head.inputs, '$.inputs').length > 0) {
    throw new Refusal('note-malformed', { where: 'notice', what: head.type.slice(0, 64) });
  }
  return { ...notice, head, party };
}

function keysetOf(relation: Relation, party: PartyId): Keyset {
  return party === relation.own ? relation.ownKeyset : relation.theirKeyset;
}

/** Puts our root's act into the outbox: it goes first. */
async function say(parts: Parts, relation: Relation, transaction: Transaction, act: RootAct): Promise<void> {
  const hash = relation.authority.addApproval(act.approval);
  await keepApprovals(transaction, relation.number, new Map([[hash, act.approval]]));
  await putIntoOutbox(transaction, relation.number, [
    {
      urgency: urgencies['threat-to-life'],
      act: parts.crypto.sha256(readEnvelope(act.envelope).headBytes),
      dossier: Buffer.from(act.head.dossier, 'hex'),
      notAfter: undefined,
      authorised: parts.clock.now(),
      envelope: act.envelope,
      body: act.body,
    },
  ]);
}

/** The epoch and last common head of a notice; its inputs were held to their declared form. */
function readCommon({ inputs }: Head): { readonly epoch: number; readonly size: number; readonly root: string } {
  const { epoch, common } = inputs;
  if (typeof epoch !== 'number' || typeof common !== 'object' || common === null || Array.isArray(common)) {
    throw new Refusal('note-malformed', { where: 'notice.inputs' });
  }
  const { size, root } = Object.fromEntries(Object.entries(common));
  if (typeof size !== 'number' || typeof root !== 'string')
    throw new Refusal('note-malformed', { where: 'notice.inputs' });
  return { epoch, size, root };
}

function compromiseAlarm({ head, party }: RootAct): { readonly kind: 'compromise'; readonly what: string } {
  const since = typeof head.inputs['since'] === 'string' ? head.inputs['since'] : '';
  const what = `${party} reports a compromise since ${since}: its later entries have no effect until its root confirms them. Ask what was read since then, and await its new keyset`;
  return { kind: 'compromise', what };
}
