import type { ActId, Attachment, Instant, Sha256Hex } from '@entente/protocol';
import type { Queryable } from './database.ts';

/** Where a sealed file stands. Of an erased one the bytes are gone, or going. */
export type AttachmentState = 'awaited' | 'present' | 'erased';

/** Sizes in bytes and hashes, as the act that announced the file has them. */
export type AttachmentSizes = Pick<Attachment, 'size' | 'sha256' | 'sealedSize' | 'sealedSha256'>;

/** Which file: a relation may hold the same bytes once announced by us and once by the counterpart. */
export interface AttachmentKey {
  readonly relation: number;
  readonly own: boolean;
  readonly sealedSha256: Sha256Hex;
}

export interface StoredAttachment extends AttachmentKey, AttachmentSizes {
  readonly state: AttachmentState;
  readonly keptKey: Uint8Array | undefined;
}

interface AttachmentRow {
  readonly relation: number;
  readonly own: boolean;
  readonly sealed_sha256: Buffer;
  readonly sealed_size: number;
  readonly sha256: Buffer;
  readonly size: number;
  readonly state: AttachmentState | 'erasing';
  readonly kept_key: Uint8Array | null;
}

/** A file of the relation by its sealed hash; of two, the one asked for by `own`. */
export async function readAttachment(queryable: Queryable, key: AttachmentKey): Promise<StoredAttachment | undefined> {
  const { rows } = await queryable.query<AttachmentRow>({
    name: 'read-attachment',
    text: 'select * from attachment where relation = $1 and own = $2 and sealed_sha256 = $3',
    values: [key.relation, key.own, Buffer.from(key.sealedSha256, 'hex')],
  });
  return rows[0] && fromRow(rows[0]);
}

/** Writes down a file that was sealed here and lies in the blob store. */
export async function insertStored(
  queryable: Queryable,
  relation: number,
  file: AttachmentSizes,
  made: Instant,
): Promise<void> {
  await queryable.query({
    text: `insert into attachment (relation, own, sealed_sha256, sealed_size, sha256, size, state, made)
           values ($1, true, $2, $3, $4, $5, 'present', $6)`,
    values: [relation, ...columnsOf(file), made],
  });
}

/**
 * Writes down the files an act names, in the transaction that gives the act its position. A file not known yet is awaited.
 * Returns those that are not present; `contradicting` are named with other sizes than before, which is alarmed, and stay
 * as they were first announced.
 */
export async function nameAttachments(
  queryable: Queryable,
  act: { readonly relation: number; readonly own: boolean; readonly id: ActId },
  files: readonly AttachmentSizes[],
  made: Instant,
): Promise<{ readonly awaited: readonly Sha256Hex[]; readonly contradicting: readonly Sha256Hex[] }> {
  const awaited: Sha256Hex[] = [];
  const contradicting: Sha256Hex[] = [];
  for (const file of files) {
    await queryable.query({
      name: 'await-attachment',
      text: `insert into attachment (relation, own, sealed_sha256, sealed_size, sha256, size, state, made)
             values ($1, $7, $2, $3, $4, $5, 'awaited', $6) on conflict do nothing`,
      values: [act.relation, ...columnsOf(file), made, act.own],
    });
    const { rows } = await queryable.query<{ state: string }>({
      name: 'name-attachment',
      text: `with named as (
               insert into act_attachment
               select relation, $6, $7, sealed_sha256 from attachment
               where relation = $1 and own = $7 and sealed_sha256 = $2 and sealed_size = $3 and sha256 = $4 and size = $5
               on conflict do nothing)
             select state from attachment
             where relation = $1 and own = $7 and sealed_sha256 = $2 and sealed_size = $3 and sha256 = $4 and size = $5`,
      values: [act.relation, ...columnsOf(file), Buffer.from(act.id, 'hex'), act.own],
    });
    if (rows[0] === undefined) contradicting.push(file.sealedSha256);
    else if (rows[0].state !== 'present') awaited.push(file.sealedSha256);
  }
  return { awaited, contradicting };
}

/** How the files of an act stand, by sealed hash. One that the act names and that is not here is awaited. */
export async function attachmentStates(
  queryable: Queryable,
  relation: number,
  act: ActId,
): Promise<ReadonlyMap<Sha256Hex, AttachmentState>> {
  const { rows } = await queryable.query<Pick<AttachmentRow, 'sealed_sha256' | 'state'> & { erased: boolean }>({
    name: 'attachment-states',
    text: `select f.sealed_sha256, f.state, a.erased from act_attachment a join attachment f using (relation, own, sealed_sha256)
           where a.relation = $1 and a.act = $2`,
    values: [relation, Buffer.from(act, 'hex')],
  });
  return new Map(rows.map((row) => [hexOf(row.sealed_sha256), row.erased ? 'erased' : shownState(row.state)]));
}

/** Files some act names and that have not come, oldest first. */
export function awaitedAttachments(queryable: Queryable, relation: number): Promise<readonly StoredAttachment[]> {
  return list(queryable, relation, `state = 'awaited'`);
}

/** Own files that an act in the channel names and that the counterpart is not known to hold, oldest first. */
export function unsentAttachments(queryable: Queryable, relation: number): Promise<readonly StoredAttachment[]> {
  return list(
    queryable,
    relation,
    `own and state = 'present' and delivered is null and exists (
       select from act_attachment a where not a.erased
       and (a.relation, a.own, a.sealed_sha256) = (f.relation, f.own, f.sealed_sha256))`,
  );
}

async function list(queryable: Queryable, relation: number, which: string): Promise<readonly StoredAttachment[]> {
  const { rows } = await queryable.query<AttachmentRow>(
    `select * from attachment f where relation = $1 and ${which} order by made limit 100`,
    [relation],
  );
  return rows.map(fromRow);
}

/** An awaited file is here. False where it is not awaited any more: erased meanwhile, or brought by two roads. */
export async function keepPresent(
  queryable: Queryable,
  key: AttachmentKey,
  keptKey: Uint8Array | null,
): Promise<boolean> {
  const { rowCount } = await queryable.query({
    name: 'keep-present',
    text: `update attachment set state = 'present', kept_key = $4
           where relation = $1 and own = $2 and sealed_sha256 = $3 and state = 'awaited'`,
    values: [key.relation, key.own, Buffer.from(key.sealedSha256, 'hex'), keptKey],
  });
  return rowCount === 1;
}

/** The counterpart holds all of an own file. */
export async function keepDelivered(queryable: Queryable, key: AttachmentKey, when: Instant): Promise<void> {
  await queryable.query({
    name: 'keep-delivered',
    text: `update attachment set delivered = $3
           where relation = $1 and own and sealed_sha256 = $2 and delivered is null`,
    values: [key.relation, Buffer.from(key.sealedSha256, 'hex'), when],
  });
}

/** Erases an act's files: at once nothing opens them, and those no other act names lose their bytes (`erasingAttachments`). */
export async function eraseAttachmentsOf(queryable: Queryable, relation: number, act: ActId): Promise<void> {
  const id = Buffer.from(act, 'hex');
  await queryable.query('update act_attachment set erased = true where relation = $1 and act = $2', [relation, id]);
  await queryable.query(
    `update attachment f set state = 'erasing', kept_key = null
     where relation = $1 and state in ('awaited', 'present')
       and exists (select from act_attachment a where a.act = $2
                   and (a.relation, a.own, a.sealed_sha256) = (f.relation, f.own, f.sealed_sha256))
       and not exists (select from act_attachment a where not a.erased
                       and (a.relation, a.own, a.sealed_sha256) = (f.relation, f.own, f.sealed_sha256))`,
    [relation, id],
  );
}

/** Files whose bytes are still to be removed: after an erasure, and after a crash in the middle of one. */
export function erasingAttachments(queryable: Queryable, relation: number): Promise<readonly StoredAttachment[]> {
  return list(queryable, relation, `state = 'erasing'`);
}

/** The bytes of an erased file are gone. */
export async function keepErased(queryable: Queryable, key: AttachmentKey): Promise<void> {
  await queryable.query(
    `update attachment set state = 'erased' where relation = $1 and own = $2 and sealed_sha256 = $3 and state = 'erasing'`,
    [key.relation, key.own, Buffer.from(key.sealedSha256, 'hex')],
  );
}

function columnsOf({ sealedSha256, sealedSize, sha256, size }: AttachmentSizes): [Buffer, number, Buffer, number] {
  return [Buffer.from(sealedSha256, 'hex'), sealedSize, Buffer.from(sha256, 'hex'), size];
}

function fromRow(row: AttachmentRow): StoredAttachment {
  return {
    relation: row.relation,
    own: row.own,
    sealedSha256: hexOf(row.sealed_sha256),
    sealedSize: row.sealed_size,
    sha256: hexOf(row.sha256),
    size: row.size,
    state: shownState(row.state),
    keptKey: row.kept_key ?? undefined,
  };
}

function shownState(state: AttachmentRow['state']): AttachmentState {
  return state === 'erasing' ? 'erased' : state;
}

function hexOf(bytes: Buffer): Sha256Hex {
  return bytes.toString('hex') as Sha256Hex;
}
