import { type ActId, readHead, readRegister, Refusal, type Sha256Hex, type SuspectRange } from '@entente/protocol';
import {
  type Doubts,
  type EvidenceFiles,
  type EvidenceParts,
  policyOf,
  type ProvenEntry,
  readApproval,
  readEnvelope,
  writeEvidence,
} from '@entente/wire';
import { readApprovals } from '../store/approvals.ts';
import { type Channel, readChannel } from '../store/channels.ts';
import type { Queryable } from '../store/database.ts';
import { type Entry, type EntryRow, entryOf } from '../store/entries.ts';
import { readPapers } from '../store/relations.ts';
import { type AgreedChange, readAgreedAccords, type RootEntry } from './agreed-accords.ts';
import { proveEntry, proveInclusion } from './prove-entry.ts';
import { proveWitnessed } from './prove-witnessed.ts';
import { doubtsOfNotices, readRootNotices, type RootNotices, type StandingNotice } from './root-notices.ts';
import type { Parts, Relation } from './relation.ts';

/**
 * Gathers the evidence of one act (PROTOCOL §7): everything needed to check for ever, with programs we did not write, who
 * authorised it, that the party logged it, and that the counterpart held it.
 * @param body only where the law lets it be handed on and its reading was logged
 * @throws Refusal `act-unknown`, `head-behind` where the receipt has not come yet
 */
export async function exportEvidence(
  parts: Parts,
  relation: Relation,
  act: ActId,
  body: Uint8Array | undefined,
): Promise<EvidenceFiles> {
  const { database, crypto } = parts;
  const own = await readChannel(database, relation.number, relation.own);
  const theirs = await readChannel(database, relation.number, relation.counterpart);
  const { entry, channel, other } = await findEntry(database, act, own, theirs);
  const approvals = new Map(await approvalsOf(database, relation, entry));
  const bindings = await bindingsOf(database, approvals, channel);
  const officerKeys = new Map<Sha256Hex, ProvenEntry>();
  for (const [key, binding] of bindings) {
    officerKeys.set(key, await proveEntry(database, crypto, channel, other, binding));
    // The administration's own approval of the binding: without it the officer's key hangs in the air.
    for (const [hash, bytes] of await approvalsOf(database, relation, binding)) approvals.set(hash, bytes);
  }
  const papers = await readPapers(database, relation.number);
  const named = readHead(readEnvelope(entry.envelope).headBytes).accord;
  const [first] = papers.accords;
  const later = await provableAccords(parts, relation, own, theirs);
  if (first === undefined || ![first, ...later].some(({ hash }) => hash === named))
    throw new Refusal('accord-not-signed', { where: named });
  for (const { proposal, acceptance } of later) {
    for (const { approval } of [proposal, acceptance]) approvals.set(crypto.sha256Hex(approval), approval);
  }
  const notices = await readRootNotices(parts, relation, own, theirs);
  const accords = new Set([first.hash, ...later.map(({ hash }) => hash)]);
  const shown = await showNotices(parts, notices, accords);
  for (const one of shown) for (const [hash, bytes] of one.approvals) approvals.set(hash, bytes);
  const sides = [
    { party: relation.own, keyset: relation.ownKeyset, counterpart: relation.theirKeyset, epoch: own.epoch },
    { party: relation.counterpart, keyset: relation.theirKeyset, counterpart: relation.ownKeyset, epoch: theirs.epoch },
  ];
  return writeEvidence({
    accord: first.envelope,
    laterAccords: await Promise.all(later.map((change) => proveChange(parts, change))),
    notices: shown.map(({ files }) => files),
    parties: sides.map(({ party, keyset, counterpart, epoch }) => ({
      party,
      keysets: papers.keysets.filter((one) => one.party === party).map(({ envelope }) => envelope),
      policy: policyOf(crypto, keyset, counterpart, epoch),
    })),
    act: await proveEntry(database, crypto, channel, other, entry),
    ...(body === undefined ? {} : { body }),
    approvals,
    officerKeys,
    receipt: await receiptOf(parts, entry, channel, other, doubtsOfNotices(relation, notices)),
    witnessed: await proveWitnessed(parts, relation, channel, entry, named),
  });
}

/** What was agreed on only now cannot be proved yet; what rests on earlier accords need not wait for it. */
async function provableAccords(
  parts: Parts,
  relation: Relation,
  own: Channel,
  theirs: Channel,
): Promise<readonly AgreedChange[]> {
  const agreed = await readAgreedAccords(parts, relation, own, theirs);
  const end = agreed.findIndex(({ proposal, acceptance }) => !isCosigned(proposal) || !isCosigned(acceptance));
  return end === -1 ? agreed : agreed.slice(0, end);
}

async function proveChange(
  { database, crypto }: Parts,
  { accord, proposal, acceptance }: AgreedChange,
): Promise<NonNullable<EvidenceParts['laterAccords']>[number]> {
  const prove = ({ entry, channel, other }: RootEntry): Promise<ProvenEntry> =>
    proveEntry(database, crypto, channel, other, entry);
  return { accord, proposal: await prove(proposal), acceptance: await prove(acceptance) };
}

interface ShownNotice {
  readonly files: NonNullable<EvidenceParts['notices']>[number];
  readonly approvals: ReadonlyMap<Sha256Hex, Uint8Array>;
}

/**
 * A notice that stands where nothing proves it yet, or under an accord that cannot be proved yet, is shown as one by another road; a confirmation or a keyset waits until it
 * can be proved.
 */
async function showNotices(
  { database, crypto }: Parts,
  { standing, byRoad }: RootNotices,
  accords: ReadonlySet<Sha256Hex>,
): Promise<readonly ShownNotice[]> {
  const shown: ShownNotice[] = byRoad.map(({ envelope, approvals }) => ({ files: { envelope }, approvals }));
  for (const { entry, head, channel, other, approvals } of standing) {
    if (isCosigned({ entry, channel }) && accords.has(head.accord))
      shown.push({ files: await proveEntry(database, crypto, channel, other, entry), approvals });
    else if (head.type === 'relation/compromise-notice') shown.push({ files: { envelope: entry.envelope }, approvals });
  }
  return shown;
}

function isCosigned({ entry, channel }: Pick<StandingNotice, 'entry' | 'channel'>): boolean {
  return (channel.cosigned?.size ?? 0) > entry.index;
}

async function findEntry(
  queryable: Queryable,
  act: ActId,
  own: Channel,
  theirs: Channel,
): Promise<{ readonly entry: Entry; readonly channel: Channel; readonly other: Channel }> {
  const { rows } = await queryable.query<EntryRow & { channel: number }>(
    'select * from entry where act = $1 and channel = any($2::int[]) order by index limit 1',
    [Buffer.from(act, 'hex'), [own.channel, theirs.channel]],
  );
  const row = rows[0];
  if (row === undefined) throw new Refusal('act-unknown', { where: act });
  const isOwn = row.channel === own.channel;
  return { entry: entryOf(row), channel: isOwn ? own : theirs, other: isOwn ? theirs : own };
}

async function approvalsOf(
  queryable: Queryable,
  relation: Relation,
  { envelope }: Entry,
): Promise<ReadonlyMap<Sha256Hex, Uint8Array>> {
  const named = readEnvelope(envelope).signatures.map(({ approval }) => approval);
  return readApprovals(queryable, relation.number, named);
}

/** For each officer who signed: the entry that bound the key. */
async function bindingsOf(
  queryable: Queryable,
  approvals: ReadonlyMap<Sha256Hex, Uint8Array>,
  channel: Channel,
): Promise<ReadonlyMap<Sha256Hex, Entry>> {
  const signers = [...approvals.values()].map((bytes) => readApproval(bytes).by);
  const wanted = new Set(signers.filter(({ kind }) => kind === 'officer').map(({ key }) => key));
  const found = new Map<Sha256Hex, Entry>();
  if (wanted.size === 0) return found;
  const { rows } = await queryable.query<EntryRow>(
    'select * from entry where channel = $1 and register order by index',
    [channel.channel],
  );
  for (const row of rows) {
    const written = readRegister(readHead(readEnvelope(row.envelope).headBytes));
    if (written?.kind !== 'officer-key') continue;
    const { key } = written.officer;
    if (wanted.has(key) && !found.has(key)) found.set(key, entryOf(row));
  }
  return found;
}

/**
 * The logged receipt: the first entry of the other channel that had seen the act, and the act in what it had seen. Where
 * notices make that one void or suspect, the first that they do not; where there is none, it is shown all the same.
 */
async function receiptOf(
  { database, crypto }: Parts,
  { index }: Entry,
  channel: Channel,
  other: Channel,
  doubts: Doubts,
): Promise<{ readonly leaf: Uint8Array; readonly proof: Uint8Array; readonly inclusion: readonly Uint8Array[] }> {
  const first = await firstSeeing(database, other, index, 0);
  if (first === undefined) throw new Refusal('head-behind', { where: `entry ${index}`, what: 'no receipt yet' });
  const receipt = (await undoubted(database, other, index, first, doubts)) ?? first;
  const { leaf, proof } = await proveEntry(database, crypto, other, channel, receipt);
  return { leaf, proof, inclusion: await proveInclusion(database, crypto, channel, index, receipt.seen) };
}

async function undoubted(
  queryable: Queryable,
  other: Channel,
  index: number,
  first: Entry,
  { suspects, voids }: Doubts,
): Promise<Entry | undefined> {
  const doubted = [...suspects, ...voids.filter(({ of }) => index >= of)].filter(({ party }) => party === other.owner);
  const rangeOf = ({ index: at }: Entry): SuspectRange | undefined =>
    doubted.find(({ from, to }) => at >= from && at < to);
  let receipt: Entry | undefined = first;
  while (receipt !== undefined) {
    const range = rangeOf(receipt);
    if (range === undefined) return receipt;
    receipt = range.to < other.size ? await firstSeeing(queryable, other, index, range.to) : undefined;
  }
  return undefined;
}

/**
 * The first entry, from one on, whose leaf proves that it had seen the act. One that saw what an epoch left behind had seen it
 * as well, but the root in its leaf is of another history, in which nothing can be proven any more.
 */
async function firstSeeing(
  queryable: Queryable,
  channel: Channel,
  index: number,
  from: number,
): Promise<Entry | undefined> {
  const { rows } = await queryable.query<EntryRow>(
    `select leaf.* from first_seeing($1::smallint, $2::integer, $3::bigint + 1) first
       join entry leaf on leaf.relation = $1 and leaf.channel = $2 and leaf.index >= greatest(first.index, $4::bigint)
     where leaf.counted is null order by leaf.index limit 1`,
    [channel.relation, channel.channel, index, from],
  );
  return rows[0] && entryOf(rows[0]);
}
