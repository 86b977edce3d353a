import { type ActId, readHead, readRegister, Refusal, type Sha256Hex } from '@entente/protocol';
import {
  type EvidenceFiles,
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
import { proveEntry, proveInclusion } from './prove-entry.ts';
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
  const accord = papers.accords.find(({ hash }) => hash === named);
  if (accord === undefined) throw new Refusal('accord-not-signed', { where: named });
  const sides = [
    { party: relation.own, keyset: relation.ownKeyset, counterpart: relation.theirKeyset, epoch: own.epoch },
    { party: relation.counterpart, keyset: relation.theirKeyset, counterpart: relation.ownKeyset, epoch: theirs.epoch },
  ];
  return writeEvidence({
    accord: accord.envelope,
    parties: sides.map(({ party, keyset, counterpart, epoch }) => ({
      party,
      keysets: papers.keysets.filter((one) => one.party === party).map(({ envelope }) => envelope),
      policy: policyOf(crypto, keyset, counterpart, epoch),
    })),
    act: await proveEntry(database, crypto, channel, other, entry),
    ...(body === undefined ? {} : { body }),
    approvals,
    officerKeys,
    receipt: await receiptOf(parts, entry, channel, other),
  });
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

/** The logged receipt: the first entry of the other channel that had seen the act, and the act in what it had seen. */
async function receiptOf(
  { database, crypto }: Parts,
  { index }: Entry,
  channel: Channel,
  other: Channel,
): Promise<{ readonly leaf: Uint8Array; readonly proof: Uint8Array; readonly inclusion: readonly Uint8Array[] }> {
  const receipt = await firstSeeing(database, other, index);
  if (receipt === undefined) throw new Refusal('head-behind', { where: `entry ${index}`, what: 'no receipt yet' });
  const { leaf, proof } = await proveEntry(database, crypto, other, channel, receipt);
  return { leaf, proof, inclusion: await proveInclusion(database, crypto, channel, index, receipt.seen) };
}

/** *seen* never decreases along a channel: a binary search over its index finds the first entry that saw more. */
async function firstSeeing(queryable: Queryable, channel: Channel, index: number): Promise<Entry | undefined> {
  let low = 0;
  let high: number = channel.size;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const { rows } = await queryable.query<{ seen: number }>(
      'select seen from entry where relation = $1 and channel = $2 and index = $3',
      [channel.relation, channel.channel, middle],
    );
    if ((rows[0]?.seen ?? 0) > index) high = middle;
    else low = middle + 1;
  }
  const { rows } = await queryable.query<EntryRow>(
    'select * from entry where relation = $1 and channel = $2 and index = $3',
    [channel.relation, channel.channel, low],
  );
  return rows[0] && entryOf(rows[0]);
}
