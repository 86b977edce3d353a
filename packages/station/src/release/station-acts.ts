import {
  type ActId,
  type DossierId,
  type Head,
  type JsonObject,
  type LogSize,
  relationDossier,
  writeBody,
  writeHead,
} from '@entente/protocol';
import { approveByKey, writeApproval, writeEnvelope } from '@entente/wire';
import type { Parts, Relation } from '../custody/relation.ts';
import { keepApprovals } from '../store/approvals.ts';
import type { Channel } from '../store/channels.ts';
import type { Transaction } from '../store/database.ts';
import { readEntries } from '../store/entries.ts';
import { urgencies, type Waiting } from '../store/outbox.ts';

/** What a station says by itself. */
export interface StationStatement {
  readonly type: string;
  readonly inputs: JsonObject;
  readonly dossier?: DossierId;
  readonly fields?: JsonObject;
  readonly basis?: readonly ActId[];
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
  const { hash } = relation.authority.accord(relation.own);
  const written = statements.map(({ type, inputs, dossier, fields, basis, urgency }) => {
    const body =
      fields === undefined
        ? undefined
        : writeBody({ nonce: crypto.randomBytes(32).toBase64(), fields, attachments: [] });
    const head: Head = {
      v: 1,
      type,
      trackVersion: 1,
      from: relation.own,
      to: relation.counterpart,
      relation: relation.name,
      accord: hash,
      dossier: dossier ?? relationDossier,
      basis: basis ?? [],
      handling: { codes: [] },
      inputs,
      gates: [],
      author: { function: 'station', pseudonym: 'station' },
      ...(body === undefined ? {} : { body: crypto.sha256Hex(body) }),
    };
    const headBytes = writeHead(head);
    return { headBytes, body, urgency, dossier: head.dossier, id: crypto.sha256Hex(headBytes) as ActId };
  });
  const ids = written.map(({ id }) => id);
  const approval = writeApproval(approveByKey(crypto, 'station', ids, relation.keys.station.secretSeed));
  const approvalHash = relation.authority.addApproval(approval);
  await keepApprovals(transaction, relation.number, new Map([[approvalHash, approval]]));
  const signature = { key: crypto.sha256Hex(relation.keys.station.publicKey), approval: approvalHash };
  return written.map(({ headBytes, body, urgency, dossier, id }) => ({
    urgency: urgency ?? urgencies.ordinary,
    act: Buffer.from(id, 'hex'),
    dossier: Buffer.from(dossier, 'hex'),
    notAfter: undefined,
    authorised: clock.now(),
    envelope: writeEnvelope(headBytes, [signature]),
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
