import type { ActId, LogSize } from '@entente/protocol';
import { approveByKey, writeApproval, writeEnvelope } from '@entente/wire';
import type { Parts, Relation } from '../custody/relation.ts';
import { keepApprovals } from '../store/approvals.ts';
import type { Channel } from '../store/channels.ts';
import type { Transaction } from '../store/database.ts';
import { readEntries } from '../store/entries.ts';
import { urgencies, type Waiting } from '../store/outbox.ts';
import { type RelationStatement, writeRelationAct } from './write-relation-act.ts';

/** What a station says by itself. */
export interface StationStatement extends RelationStatement {
  /** How early it leaves; ordinary where nothing is said. */
  readonly urgency?: number;
}

/** Writes acts of the station's own and signs them with one approval; up to 1,000 at once. */
export async function writeStationActs(
  parts: Parts,
  relation: Relation,
  transaction: Transaction,
  statements: readonly StationStatement[],
): Promise<readonly Waiting[]> {
  const { crypto, clock } = parts;
  const author = { function: 'station', pseudonym: 'station' };
  const written = statements.map((statement) => ({
    ...writeRelationAct(parts, relation, statement, author),
    urgency: statement.urgency ?? urgencies.ordinary,
  }));
  const ids = written.map(({ id }) => id);
  const approval = writeApproval(approveByKey(crypto, 'station', ids, relation.keys.station.secretSeed));
  const approvalHash = relation.authority.addApproval(approval);
  await keepApprovals(transaction, relation.number, new Map([[approvalHash, approval]]));
  const signature = { key: crypto.sha256Hex(relation.keys.station.publicKey), approval: approvalHash };
  return written.map(({ head, body, urgency, dossier, id }) => ({
    urgency,
    act: Buffer.from(id, 'hex'),
    dossier: Buffer.from(dossier, 'hex'),
    notAfter: undefined,
    authorised: clock.now(),
    envelope: writeEnvelope(head, [signature]),
    body,
  }));
}

/** The act that says nothing but how much was seen; its basis is the last act seen, so that no two are alike. */
export async function headsAct(
  parts: Parts,
  relation: Relation,
  transaction: Transaction,
  theirs: Channel,
): Promise<Waiting> {
  const [last] = await readEntries(transaction, theirs, (theirs.size - 1) as LogSize, theirs.size);
  const basis = last === undefined ? [] : [last.act.toHex() as ActId];
  const statements = [{ type: 'relation/heads', inputs: {}, basis }];
  const [act] = await writeStationActs(parts, relation, transaction, statements);
  if (act === undefined) throw new Error('one statement makes one act');
  return act;
}
