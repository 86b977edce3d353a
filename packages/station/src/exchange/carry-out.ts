import { randomBytes } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogSize, Sha256Hex } from '@entente/protocol';
import { mostNotices, noticeOnStick, policyOf, sealStream, type StickFile, writeStick } from '@entente/wire';
import { bytesSource, fileSource, type Source } from '../adapters/source.ts';
import { type AttachmentCustody, blobName } from '../custody/attachments/attachment-custody.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { voidFrom } from '../store/void-receipts.ts';
import { unsentAttachments } from '../store/attachments.ts';
import { type Channel, readChannel } from '../store/channels.ts';
import { allNotices, untakenNotices } from '../store/notices.ts';
import { readPapers } from '../store/relations.ts';
import { makeParcel } from './make-parcel.ts';

/** What a stick holds, once it is written. */
export interface CarriedOut {
  readonly notices: number;
  readonly parcels: number;
  readonly from: LogSize;
  readonly to: LogSize;
  readonly attachments: number;
  readonly bytes: number;
}

export interface CarryOutTerms {
  readonly parts: Parts;
  readonly relation: Relation;
  readonly custody: AttachmentCustody;
  /** From which entry on; absent: from what the counterpart is known to hold. From the first on it lost everything. */
  readonly from?: LogSize;
  /** Where the stick's file is written. */
  readonly file: string;
  readonly onProgress: (done: number, whole: number) => void;
}

/**
 * Writes everything the counterpart is not known to hold to one file for a stick: unchanged parcels and sealed attachments,
 * both policies, the accord, the newest checkpoint, a signed manifest; first of all what our root said and it is not known to
 * have. Sealed to its offline recipient (PROTOCOL §5). What waits in the outbox is released into it. Needs no network.
 */
export async function carryOut(terms: CarryOutTerms): Promise<CarriedOut> {
  const { parts, relation, custody } = terms;
  const folder = join(custody.parts, `stick-${randomBytes(8).toString('hex')}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const own = await readChannel(parts.database, relation.number, relation.own);
    const unreceipted = await voidFrom(parts.database, own.channel);
    const from = terms.from ?? unreceipted ?? own.cosigned?.size ?? (0 as LogSize);
    // Before the parcels: another process may put new keys in force meanwhile, and these would sign the rest.
    const notices = await noticeFiles(parts, relation, terms.from === 0);
    const { files: parcels, to } = await writeParcels(parts, relation, folder, from);
    const papers = await paperFiles(parts, relation);
    const attachments = await attachmentFiles(custody, relation);
    const files = [...notices, ...papers, ...parcels, ...attachments];
    const route = { from: relation.own, to: relation.counterpart, relation: relation.name };
    const tar = writeStick(parts.crypto, relation.log(own.epoch).ed25519, route, files);
    const whole = files.reduce((sum, { size }) => sum + size, 0);
    const sealed = sealStream(parts.crypto, [relation.theirKeyset.keys.offline], tar);
    const bytes = await writeAll(terms.file, sealed, (done) => terms.onProgress(Math.min(done, whole), whole));
    terms.onProgress(whole, whole);
    return { notices: notices.length, parcels: parcels.length, from, to, attachments: attachments.length, bytes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Notices of our root as files of a stick, oldest first; they count as taken only once the counterpart's channel says so. */
export async function noticeFiles(
  { database, crypto }: Pick<Parts, 'database' | 'crypto'>,
  { number, own }: Relation,
  lostAny: boolean,
): Promise<readonly StickFile[]> {
  const notices = await (lostAny ? allNotices : untakenNotices)(database, number, own);
  return notices
    .slice(0, mostNotices)
    .map(({ bytes }, at) => stickFile(noticeOnStick(at + 1), crypto.sha256Hex(bytes), bytesSource(bytes)));
}

/** Parcels as files: a manifest names each with its hash before the first is read. */
async function writeParcels(
  parts: Parts,
  relation: Relation,
  folder: string,
  from: LogSize,
): Promise<{ readonly files: readonly StickFile[]; readonly to: LogSize }> {
  const files: StickFile[] = [];
  let at = from;
  for (;;) {
    const parcel = await makeParcel(parts, relation, at);
    if (parcel === undefined) return { files, to: at };
    const path = join(folder, String(files.length));
    await writeAll(path, [parcel.sealed]);
    const name = `parcels/${String(files.length + 1).padStart(6, '0')}.age`;
    files.push(stickFile(name, parts.crypto.sha256Hex(parcel.sealed), fileSource(path, parcel.sealed.length)));
    at = parcel.end;
  }
}

async function paperFiles(parts: Parts, relation: Relation): Promise<readonly StickFile[]> {
  const { accords } = await readPapers(parts.database, relation.number);
  const own = await readChannel(parts.database, relation.number, relation.own);
  const theirs = await readChannel(parts.database, relation.number, relation.counterpart);
  const texts: [string, Uint8Array][] = accords.map(({ hash, envelope }) => [`accords/${hash}.json`, envelope]);
  const { crypto } = parts;
  texts.push([`policy/${relation.own}.txt`, policyOf(crypto, relation.ownKeyset, relation.theirKeyset, own.epoch)]);
  texts.push([
    `policy/${relation.counterpart}.txt`,
    policyOf(crypto, relation.theirKeyset, relation.ownKeyset, theirs.epoch),
  ]);
  for (const channel of [own, theirs]) texts.push(...checkpointFile(channel));
  return texts.map(([name, bytes]) => {
    return stickFile(name, crypto.sha256Hex(bytes), bytesSource(bytes));
  });
}

function checkpointFile({ owner, cosigned, signed }: Channel): readonly [string, Uint8Array][] {
  const note = (cosigned ?? signed)?.note;
  return note === undefined ? [] : [[`checkpoints/${owner}.txt`, new TextEncoder().encode(note)]];
}

async function attachmentFiles(custody: AttachmentCustody, { number }: Relation): Promise<readonly StickFile[]> {
  const files: StickFile[] = [];
  for (const attachment of await unsentAttachments(custody.database, number)) {
    const source = await custody.blobs.find(blobName(attachment));
    if (source !== undefined)
      files.push(stickFile(`attachments/${attachment.sealedSha256}.age`, attachment.sealedSha256, source));
  }
  return files;
}

function stickFile(name: string, sha256: Sha256Hex, source: Source): StickFile {
  return { name, sha256, size: source.size, content: source.read(0, source.size) };
}

async function writeAll(
  path: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  onWritten: (bytes: number) => void = () => {},
): Promise<number> {
  const file = await open(path, 'w', 0o600);
  let written = 0;
  try {
    for await (const piece of pieces) {
      await file.writeFile(piece);
      written += piece.length;
      onWritten(written);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return written;
}
