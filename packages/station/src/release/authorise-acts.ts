import {
  type ActId,
  type Head,
  readHead,
  readInstant,
  Refusal,
  type RefusalCode,
  type NotedReason,
  type Sha256Hex,
} from '@entente/protocol';
import { type ActSignature, type Approval, readApproval, writeEnvelope } from '@entente/wire';
import type { Parts, Relation } from '../custody/relation.ts';
import { readAct, type ReadAct } from '../exchange/weigh-entry.ts';
import { tellRelease } from '../exchange/wake.ts';
import { keepApprovals } from '../store/approvals.ts';
import { readChannels } from '../store/channels.ts';
import { type Transaction, transact } from '../store/database.ts';
import { knownActs } from '../store/entries.ts';
import { putIntoOutbox, urgencies, type Waiting } from '../store/outbox.ts';

/** An act as its officer signed it. */
export interface SignedAct {
  readonly head: Uint8Array;
  readonly body: Uint8Array | undefined;
}

export interface Authorised {
  readonly act: ActId;
  /** It was authorised before: nothing was done. */
  readonly repeated: boolean;
}

/**
 * Puts signed acts into the outbox, all or none, once everything is verified as the counterpart will verify it: bytes,
 * signatures, keys, lanes, gates (PROTOCOL §1.4, §1.5). A closed lane is no refusal: the act waits.
 * @throws Refusal naming the first act that would have no effect, and why
 */
export async function authoriseActs(
  parts: Parts,
  relation: Relation,
  acts: readonly SignedAct[],
  approvals: readonly Uint8Array[],
): Promise<readonly Authorised[]> {
  const documents = new Map(approvals.map((bytes) => [relation.authority.addApproval(bytes), bytes]));
  const read = [...documents].map(([hash, bytes]) => ({ hash, approval: readApproval(bytes) }));
  const signed = acts.map((act, at) => sealEnvelope(parts, relation, act, read, `$.acts[${at}]`));
  return relation.authority.guarded((turn) =>
    transact(parts.database, async (transaction) => {
      await turn();
      const standing = await standingOf(transaction, relation, signed);
      const fresh = signed.filter(({ act }) => !standing.has(act.id));
      await checkEffect(parts, relation, transaction, fresh);
      await keepApprovals(transaction, relation.number, documents);
      await putIntoOutbox(
        transaction,
        relation.number,
        fresh.map((one) => waitingOf(parts, one)),
      );
      await tellRelease(transaction, relation.number);
      return signed.map(({ act }) => ({ act: act.id, repeated: standing.has(act.id) }));
    }),
  );
}

interface Sealed {
  readonly act: ReadAct;
  readonly head: Head;
}

function sealEnvelope(
  { crypto }: Parts,
  relation: Relation,
  { head: headBytes, body }: SignedAct,
  approvals: readonly { readonly hash: Sha256Hex; readonly approval: Approval }[],
  where: string,
): Sealed {
  const head = readHead(headBytes);
  if (head.from !== relation.own || head.to !== relation.counterpart || head.relation !== relation.name) {
    throw new Refusal('wrong-relation', { where });
  }
  const id = crypto.sha256Hex(headBytes) as ActId;
  const signatures: ActSignature[] = approvals
    .filter(({ approval }) => approval.acts.includes(id))
    .map(({ hash, approval }) => ({ key: approval.by.key, approval: hash }));
  if (signatures.length === 0 || signatures.length > 4) throw new Refusal('signature-missing', { where });
  const act = readAct(crypto, writeEnvelope(headBytes, signatures), body, relation.heads);
  if ((head.body === undefined) !== (body === undefined))
    throw new Refusal('hash-mismatch', { where: `${where}.body` });
  return { act, head };
}

/** Which of them are in the outbox or the channel already: sending the same again changes nothing. */
async function standingOf(
  transaction: Transaction,
  relation: Relation,
  signed: readonly Sealed[],
): Promise<ReadonlySet<string>> {
  const ids = signed.map(({ act }) => Buffer.from(act.id, 'hex'));
  const { rows } = await transaction.query<{ act: string }>({
    name: 'acts-in-outbox',
    text: `select encode(act, 'hex') as act from outbox where relation = $1 and act = any($2::bytea[])`,
    values: [relation.number, ids],
  });
  const released = await knownActs(transaction, relation.number, ids);
  return new Set([...rows.map(({ act }) => act), ...released]);
}

async function checkEffect(
  parts: Parts,
  relation: Relation,
  transaction: Transaction,
  signed: readonly Sealed[],
): Promise<void> {
  const { own, theirs } = await readChannels(transaction, relation.number);
  await relation.authority.catchUp(transaction, own, theirs);
  const now = parts.clock.now();
  for (const [at, { act, head }] of signed.entries()) {
    const where = `$.acts[${at}]`;
    const notAfter = readInstant(head.notAfter);
    if (notAfter !== undefined && now > notAfter) throw new Refusal('past-not-after', { where });
    const place = { party: relation.own, index: own.size, seen: theirs.size };
    const reason = relation.authority.judge(act, place, false);
    if (reason !== undefined && reason !== 'lane-closed')
      throw new Refusal(refusalOf[reason] ?? 'not-authorised', { where, what: reason });
  }
}

const refusalOf: Partial<Record<NotedReason, RefusalCode>> = {
  'signature-missing': 'signature-missing',
  'signature-invalid': 'signature-invalid',
  'key-unknown': 'key-unknown',
  'key-kind-not-allowed': 'key-not-allowed',
  'key-revoked': 'key-not-allowed',
  'two-officers-needed': 'two-officers-needed',
  'gate-missing': 'gate-open',
  'type-unknown': 'act-type-unknown',
  'not-in-this-state': 'not-allowed-in-state',
};

function waitingOf({ clock }: Parts, { act, head }: Sealed): Waiting {
  return {
    urgency: urgencyOf(head),
    act: Buffer.from(act.id, 'hex'),
    dossier: Buffer.from(head.dossier, 'hex'),
    notAfter: readInstant(head.notAfter),
    authorised: clock.now(),
    envelope: act.envelope,
    body: act.body,
  };
}

/** The floor before all else, then what later acts are judged by, then what its author calls urgent. */
function urgencyOf(head: Head): number {
  if (head.floor === true) return urgencies['threat-to-life'];
  if (head.type.startsWith('relation/')) return urgencies.register;
  return head.inputs['urgency'] === 'urgent' ? urgencies.urgent : urgencies.ordinary;
}
