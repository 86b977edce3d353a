import {
  type ActId,
  type Attachment,
  type Body,
  type DossierId,
  type DossierState,
  type Head,
  type Instant,
  type JsonObject,
  readBody,
  readHead,
  Refusal,
  type Sha256Hex,
} from '@entente/protocol';
import type { HandlingDecision } from '@entente/tracks';
import { type Crypto, readEnvelope } from '@entente/wire';
import { type Database, type Queryable, type Transaction, transact } from './database.ts';
import { decideUse, type ItemUse, itemUses } from './decide-use.ts';
import type { KeptDraft } from './drafts.ts';
import { writeHouseLog } from './house-log.ts';
import type { RelationRecord } from './relations.ts';
import { type Caller, whoOf } from './tokens.ts';
import { wholeRelation } from './whole-relation.ts';

/** Who reads, and what for. `day` is today in the reader's calendar. */
export interface Reader {
  readonly caller: Caller | undefined;
  readonly time: Instant;
  readonly day: string;
  readonly purpose: string;
  /** The H3 text of this act was shown and acknowledged. */
  readonly acknowledged: boolean;
}

/** Who reads and what for, where no handling is to be asked. */
export type Asker = Pick<Reader, 'caller' | 'time' | 'purpose'>;

/** Consultation, or disclosure to someone (Directive (EU) 2016/680 art. 25). */
export type Disclosure =
  | { readonly use: 'read' }
  | { readonly use: Exclude<ItemUse, 'read'>; readonly to: string; readonly justification: string };

/** The content of one act, read and logged. */
export interface Content {
  readonly head: Head;
  /** Absent for an act that never had one. */
  readonly body: Body | undefined;
  readonly bodyBytes: Uint8Array | undefined;
}

/**
 * The one way by which the body of an act leaves the store for people: checks its handling, reads it and writes the read
 * record in one transaction (DESIGN, invariant 8).
 * @throws Refusal `act-unknown`, `body-erased`, `purpose-missing`, `handling-forbids` (where: why; what: what to do)
 */
export async function readContent(
  database: Database,
  crypto: Crypto,
  relation: RelationRecord,
  act: ActId,
  reader: Reader,
  disclosure: Disclosure = { use: 'read' },
): Promise<Content> {
  return transact(database, async (transaction) => {
    const { content } = await openItem(transaction, relation, act, reader, disclosure.use);
    const { use, ...more } = disclosure;
    await writeRead(transaction, crypto, relation, content.head.dossier, reader, {
      act,
      content: 'body',
      use,
      ...more,
    });
    return content;
  });
}

/**
 * The one way by which a file of an act does. `open` finds the file and gives a stream of which nothing flows before the
 * read record is committed.
 * @throws Refusal as `readContent`, `attachment-unknown`, and what `open` throws
 */
export async function readAttachment<Opened>(
  database: Database,
  crypto: Crypto,
  relation: RelationRecord,
  named: { readonly act: ActId; readonly attachment: Sha256Hex },
  reader: Reader,
  open: (attachment: Attachment) => Promise<Opened>,
): Promise<{ readonly attachment: Attachment; readonly opened: Opened }> {
  return transact(database, async (transaction) => {
    const { content } = await openItem(transaction, relation, named.act, reader, 'read');
    const attachment = content.body?.attachments.find(({ sha256 }) => sha256 === named.attachment);
    if (attachment === undefined) throw new Refusal('attachment-unknown', { where: named.attachment });
    const opened = await open(attachment);
    await writeRead(transaction, crypto, relation, content.head.dossier, reader, {
      act: named.act,
      content: 'attachment',
      attachment: named.attachment,
      use: 'read',
    });
    return { attachment, opened };
  });
}

/**
 * The one way by which what stands in a draft does: a draft names persons as the act will that comes of it.
 * @throws Refusal `act-unknown`, `purpose-missing`
 */
export async function readDraft(
  database: Database,
  crypto: Crypto,
  record: RelationRecord,
  draft: string,
  reader: Asker,
): Promise<KeptDraft> {
  if (reader.purpose.trim() === '') throw new Refusal('purpose-missing', { where: 'purpose' });
  return transact(database, async (transaction) => {
    const { rows } = await transaction.query<KeptDraft>(
      `select draft, encode(dossier, 'hex') as dossier, officer, made, changed, content
       from draft where relation = $1 and draft = $2`,
      [record.relation, draft],
    );
    const [kept] = rows;
    if (kept === undefined) throw new Refusal('act-unknown', { where: draft });
    const what = { draft, content: 'draft', use: 'read' };
    // One that opens a dossier has none yet: whoever inspects the relation finds it.
    await writeRead(transaction, crypto, record, kept.dossier ?? wholeRelation, reader, what);
    return kept;
  });
}

/** What may be done with an item and what not, without opening it. */
export async function listUses(
  queryable: Queryable,
  relation: RelationRecord,
  act: ActId,
  reader: Omit<Reader, 'caller' | 'time'>,
): Promise<readonly { readonly use: ItemUse; readonly decision: HandlingDecision }[]> {
  const { head, state } = await readItem(queryable, relation, act);
  return itemUses.map((use) => ({ use, decision: decideUse(state, act, head, useOf(relation, act, reader), use) }));
}

/**
 * Whether an act may be read by this reader, as `readContent` asks before it opens one.
 * @throws Refusal `act-unknown`, `body-erased`, `purpose-missing`, `handling-forbids`
 */
export async function checkReadable(
  queryable: Queryable,
  relation: RelationRecord,
  act: ActId,
  reader: Omit<Reader, 'caller' | 'time'>,
): Promise<void> {
  if (reader.purpose.trim() === '') throw new Refusal('purpose-missing', { where: 'purpose' });
  const { head, state } = await readItem(queryable, relation, act);
  const decision = decideUse(state, act, head, useOf(relation, act, reader), 'read');
  if (decision.kind === 'must-not') throw refusalOf(decision);
}

async function openItem(
  transaction: Transaction,
  relation: RelationRecord,
  act: ActId,
  reader: Reader,
  use: ItemUse,
): Promise<{ readonly content: Content }> {
  if (reader.purpose.trim() === '') throw new Refusal('purpose-missing', { where: 'purpose' });
  const { head, state, bytes, awaited } = await readItem(transaction, relation, act);
  const decision = decideUse(state, act, head, useOf(relation, act, reader), use);
  if (decision.kind === 'must-not') throw refusalOf(decision);
  if (bytes === null && head.body !== undefined)
    throw new Refusal(awaited ? 'body-awaited' : 'body-erased', { where: act });
  const bodyBytes = bytes ?? undefined;
  return { content: { head, body: bodyBytes && readBody(bodyBytes), bodyBytes } };
}

interface Item {
  readonly head: Head;
  readonly state: DossierState | undefined;
  readonly bytes: Uint8Array | null;
  /** It came without the body that its head names. */
  readonly awaited: boolean;
}

async function readItem(queryable: Queryable, { relation }: RelationRecord, act: ActId): Promise<Item> {
  const { rows } = await queryable.query<{
    envelope: Uint8Array;
    body: Uint8Array | null;
    folded: DossierState | null;
    awaited: boolean;
  }>({
    name: 'read-content',
    // What came ahead of its prefix is read from where it waits, until the entry itself stands in the channel.
    text: `select envelope, body, folded,
                  ahead or exists (select from awaited_body where relation = $2 and act = $1) as awaited
           from (
             select envelope, body, relation, dossier, false as ahead, verdict, channel, index
             from entry where act = $1 and relation = $2
             union all
             select envelope, body, relation, dossier, true, verdict, channel, index
             from express where act = $1 and relation = $2 and envelope is not null) item
           left join dossier using (relation, dossier) order by ahead, verdict is not null, channel, index limit 1`,
    values: [Buffer.from(act, 'hex'), relation],
  });
  const row = rows[0];
  if (row === undefined) throw new Refusal('act-unknown', { where: act });
  const head = readHead(readEnvelope(row.envelope).headBytes);
  return { head, state: row.folded ?? undefined, bytes: row.body, awaited: row.awaited };
}

function useOf(
  relation: RelationRecord,
  act: ActId,
  { purpose, acknowledged, day }: Pick<Reader, 'purpose' | 'acknowledged' | 'day'>,
): Parameters<typeof decideUse>[3] {
  return { party: relation.own, purpose, acknowledged: acknowledged ? [act] : [], day };
}

function refusalOf({ why, whatToDo }: Extract<HandlingDecision, { kind: 'must-not' }>): Refusal {
  if (why === 'item-erased') return new Refusal('body-erased');
  if (why === 'purpose-missing') return new Refusal('purpose-missing', { where: 'purpose' });
  return new Refusal('handling-forbids', { where: why, what: whatToDo });
}

/** The one function that writes that personal data was read or disclosed; in the transaction that reads it. */
export async function writeRead(
  transaction: Transaction,
  crypto: Crypto,
  { relation, name }: RelationRecord,
  dossier: DossierId,
  { caller, time, purpose, acknowledged }: Asker & Partial<Reader>,
  what: JsonObject,
): Promise<void> {
  await writeHouseLog(transaction, crypto, {
    kind: what['use'] === 'read' ? 'read' : 'export',
    time,
    what: {
      relation: name,
      dossier,
      purpose,
      by: whoOf(caller),
      ...(acknowledged === true ? { acknowledged: ['H3'] } : {}),
      ...what,
    },
    dossiers: [{ relation, dossier }],
  });
}
