import { inclusionProofFromTiles, leafHash, tilesForInclusion, writeTlogProof } from '@entente/c2sp';
import { type ActId, type LogSize, type PartyId, readHead, readRegister, Refusal, type Sha256Hex } from '@entente/protocol';
import {
  c2spCryptoOf,
  type EvidenceFiles,
  type EvidenceParts,
  type ProvenEntry,
  policyOf,
  readApproval,
  readEnvelope,
  writeEvidence,
  writeLeaf,
} from '@entente/wire';
import { seenRoot } from '../exchange/write-entries.ts';
import { readApprovals } from '../store/approvals.ts';
import { type Channel, readChannel } from '../store/channels.ts';
import { type Entry, readEntries } from '../store/entries.ts';
import { readPapers } from '../store/relations.ts';
import { loadTiles } from '../store/tiles.ts';
import type { Parts, Relation } from './relation.ts';

/** The two channels as seen from the author of the act: its own, and the one in which the receipt stands. */
interface Sides {
  readonly author: Channel;
  readonly receiver: Channel;
}

/**
 * Evidence of one act, ours or theirs (PROTOCOL §7): its entry and the logged receipt, both proven against the newest heads
 * that the other party cosigned, with all keys and approvals. The body is for the caller to hand over, its read logged.
 * @throws Refusal `act-unknown`; `head-behind` until the counterpart has cosigned and receipted it
 */
export async function makeEvidence(parts: Parts, relation: Relation, act: ActId, body?: Uint8Array): Promise<EvidenceFiles> {
  const { database, crypto } = parts;
  const found = await findAct(parts, relation, act);
  const sides = await sidesOf(parts, relation, found.owner);
  const entry = await entryAt(parts, sides.author, found.index);
  const receipt = await receiptOf(parts, sides, found.index);
  const approvals = new Map<Sha256Hex, Uint8Array>();
  const officerKeys = new Map<Sha256Hex, ProvenEntry>();
  await collectApprovals(parts, relation, sides, entry, { approvals, officerKeys });
  const { accords, keysets } = await readPapers(database, relation.number);
  const head = readHead(readEnvelope(entry.envelope).headBytes);
  const accord = accords.find(({ hash }) => hash === head.accord);
  if (accord === undefined) throw new Refusal('accord-not-signed', { what: head.accord });
  const keysetOf = (party: PartyId): Relation['ownKeyset'] => (party === relation.own ? relation.ownKeyset : relation.theirKeyset);
  const evidence: EvidenceParts = {
    accord: accord.envelope,
    parties: [sides.author, sides.receiver].map((channel) => {
      const other = channel === sides.author ? sides.receiver : sides.author;
      return {
        party: channel.owner,
        keysets: keysets.filter(({ party }) => party === channel.owner).map(({ envelope }) => envelope),
        policy: policyOf(crypto, keysetOf(channel.owner), keysetOf(other.owner), channel.epoch),
      };
    }),
    act: await provenEntry(parts, sides, entry),
    ...(body === undefined ? {} : { body }),
    approvals,
    officerKeys,
    receipt: {
      leaf: await leafOf(parts, sides.author, receipt),
      proof: await proofOf(parts, sides.receiver, receipt.index),
      inclusion: await inclusionOf(parts, sides.author, entry.index, receipt.seen),
    },
  };
  return writeEvidence(evidence);
}

async function findAct({ database }: Parts, relation: Relation, act: ActId): Promise<{ owner: PartyId; index: LogSize }> {
  const { rows } = await database.query<{ owner: PartyId; index: LogSize }>(
    `select owner, index from entry join channel using (relation, channel)
     where act = $1 and relation = $2 order by verdict is not null, epoch desc, index limit 1`,
    [Buffer.from(act, 'hex'), relation.number],
  );
  if (rows[0] === undefined) throw new Refusal('act-unknown', { what: act });
  return rows[0];
}

async function sidesOf({ database }: Parts, relation: Relation, owner: PartyId): Promise<Sides> {
  const own = await readChannel(database, relation.number, relation.own);
  const theirs = await readChannel(database, relation.number, relation.counterpart);
  return owner === relation.own ? { author: own, receiver: theirs } : { author: theirs, receiver: own };
}

async function entryAt({ database }: Parts, channel: Channel, index: number): Promise<Entry> {
  const [entry] = await readEntries(database, channel, index as LogSize, (index + 1) as LogSize);
  if (entry === undefined) throw new Refusal('act-unknown', { what: `entry ${index} of ${channel.owner}` });
  return entry;
}

/** The receiver's first entry that saw the act: its logged receipt. */
async function receiptOf(parts: Parts, { author, receiver }: Sides, index: number): Promise<Entry> {
  const { rows } = await parts.database.query<{ index: LogSize }>('select index from first_seeing($1::smallint, $2, $3)', [
    receiver.relation,
    receiver.channel,
    index + 1,
  ]);
  if (rows[0] === undefined) throw new Refusal('head-behind', { what: `${receiver.owner} has not receipted entry ${index} of ${author.owner}` });
  return entryAt(parts, receiver, rows[0].index);
}

async function provenEntry(parts: Parts, sides: Sides, entry: Entry): Promise<ProvenEntry> {
  return {
    envelope: entry.envelope,
    leaf: await leafOf(parts, sides.receiver, entry),
    proof: await proofOf(parts, sides.author, entry.index),
  };
}

async function leafOf({ database, crypto }: Parts, seenChannel: Channel, entry: Entry): Promise<Uint8Array> {
  const root = await seenRoot(database, seenChannel.channel, entry.seen);
  const leaf = writeLeaf({
    act: entry.act.toHex() as ActId,
    envelope: crypto.sha256Hex(entry.envelope),
    seen: { size: entry.seen, root },
    time: entry.time,
  });
  if (Buffer.compare(leafHash(crypto, leaf), entry.leaf) !== 0) throw new Error(`entry ${entry.index} is not what its leaf says`);
  return leaf;
}

/** A tlog-proof of an entry against the newest head of its channel that the other party cosigned. */
async function proofOf(parts: Parts, channel: Channel, index: number): Promise<Uint8Array> {
  const { cosigned } = channel;
  if (cosigned === undefined || index >= cosigned.size) {
    throw new Refusal('head-behind', { what: `entry ${index} of ${channel.owner} is not cosigned yet` });
  }
  const inclusion = await inclusionOf(parts, channel, index, cosigned.size);
  const note = new TextEncoder().encode(cosigned.note);
  return new TextEncoder().encode(writeTlogProof({ index, inclusion, note }));
}

async function inclusionOf({ database, crypto }: Parts, channel: Channel, index: number, size: number): Promise<readonly Uint8Array[]> {
  const tiles = await loadTiles(database, channel, tilesForInclusion(size, index));
  return inclusionProofFromTiles(c2spCryptoOf(crypto), size, index, tiles);
}

interface Collected {
  readonly approvals: Map<Sha256Hex, Uint8Array>;
  readonly officerKeys: Map<Sha256Hex, ProvenEntry>;
}

/** Every approval that the entry names, and for officers the act that bound the key, with its own. */
async function collectApprovals(parts: Parts, relation: Relation, sides: Sides, entry: Entry, into: Collected): Promise<void> {
  const { signatures } = readEnvelope(entry.envelope);
  const named = signatures.map(({ approval }) => approval);
  for (const [hash, bytes] of await readApprovals(parts.database, relation.number, named)) {
    into.approvals.set(hash, bytes);
    const { kind, key } = readApproval(bytes).by;
    if (kind !== 'officer' || into.officerKeys.has(key)) continue;
    const binding = await bindingOf(parts, sides.author, key, entry.index);
    into.officerKeys.set(key, await provenEntry(parts, sides, binding));
    await collectApprovals(parts, relation, sides, binding, into);
  }
}

async function bindingOf({ database }: Parts, channel: Channel, key: Sha256Hex, before: number): Promise<Entry> {
  const { rows } = await database.query<Entry>(
    'select * from entry where relation = $1 and channel = $2 and register and verdict is null and index < $3 order by index desc',
    [channel.relation, channel.channel, before],
  );
  const binding = rows.find(({ envelope }) => {
    const written = readRegister(readHead(readEnvelope(envelope).headBytes));
    return written?.kind === 'officer-key' && written.officer.key === key;
  });
  if (binding === undefined) throw new Refusal('key-unknown', { what: key });
  return binding;
}
