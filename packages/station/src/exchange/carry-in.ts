import type { LogSize, RefusalCode, Sha256Hex } from '@entente/protocol';
import { openStream, readStick, type TarFile } from '@entente/wire';
import type { AttachmentCustody } from '../custody/attachments/attachment-custody.ts';
import { AttachmentReception } from '../custody/attachments/receive-attachment.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { readAttachment } from '../store/attachments.ts';
import { readChannel } from '../store/channels.ts';
import { acceptSealedRun } from './accept-sealed.ts';
import { isOfAnswer } from './answer-question.ts';
import { readFile, takeAnswer } from './take-answer.ts';
import { takeNotices } from './take-notices.ts';

/** What came from a stick. */
export interface CarriedIn {
  /** Notices of a root that were news, and those that were refused: they hold up nothing else. */
  readonly notices: number;
  readonly refused: readonly RefusalCode[];
  readonly parcels: number;
  /** Entries that were news. */
  readonly fresh: number;
  readonly have: LogSize;
  readonly attachments: number;
  /** Attachments that no act has announced, or that were here already. */
  readonly leftOut: number;
  /** Where the stick brought back what a restored station had asked for: whether that was all. */
  readonly caughtUp?: boolean;
}

export interface CarryInTerms {
  readonly parts: Parts;
  readonly relation: Relation;
  readonly custody: AttachmentCustody;
  /** age identity of our offline recipient. */
  readonly identity: string;
  readonly source: AsyncIterable<Uint8Array>;
}

const parcelName = /^parcels\/\d{6}\.age$/;
const attachmentName = /^attachments\/([0-9a-f]{64})\.age$/;

/**
 * Takes a stick in: first what the counterpart's root said, then, its manifest verified by the keys that are in force now, each
 * parcel as if it had come over the link. A stick may come late or twice; one for another party, or with one byte changed,
 * is refused.
 * @throws Refusal `seal-unopenable`, `tar-malformed`, `hash-mismatch`, `wrong-recipient`, and as `acceptParcel`
 */
export async function carryIn({ parts, relation, custody, identity, source }: CarryInTerms): Promise<CarriedIn> {
  const expect = { from: relation.counterpart, to: relation.own, relation: relation.name };
  let { epoch, size } = await readChannel(parts.database, relation.number, relation.counterpart);
  const reception = new AttachmentReception(custody);
  const answer = new Map<string, Uint8Array>();
  const taken = { notices: 0, refused: [] as RefusalCode[], parcels: 0, fresh: 0, attachments: 0, leftOut: 0 };
  const takeNotice = async (notice: Uint8Array): Promise<void> => {
    const { taken: news, refused } = await takeNotices(parts, relation, [notice]);
    taken.notices += news;
    taken.refused.push(...refused);
    ({ epoch, size } = await readChannel(parts.database, relation.number, relation.counterpart));
  };
  const keyFor = () => ({ key: relation.theirLog(epoch).ed25519, expect });
  const opened = openStream(parts.crypto, identity, source);
  for await (const file of readStick(parts.crypto, opened, keyFor, takeNotice)) {
    const sealedSha256 = attachmentName.exec(file.name)?.[1] as Sha256Hex | undefined;
    if (parcelName.test(file.name)) {
      const { fresh, have } = await acceptSealedRun(parts, relation, await readFile(file));
      taken.parcels += 1;
      taken.fresh += fresh;
      size = have;
    } else if (sealedSha256 !== undefined && (await isAwaited(custody, relation, sealedSha256))) {
      await takeAttachment(reception, relation, sealedSha256, file);
      taken.attachments += 1;
    } else if (isOfAnswer(file.name)) {
      answer.set(file.name, await readFile(file));
    } else {
      // Papers and what is here already are still read to their end: their hashes are in the signed manifest.
      for await (const _ of file.content);
      if (sealedSha256 !== undefined) taken.leftOut += 1;
    }
  }
  if (answer.size === 0) return { ...taken, have: size };
  const caughtUp = await takeAnswer(parts, relation, answer);
  const { size: have } = await readChannel(parts.database, relation.number, relation.counterpart);
  return { ...taken, fresh: have - size, have, caughtUp };
}

async function isAwaited(
  { database }: AttachmentCustody,
  { number }: Relation,
  sealedSha256: Sha256Hex,
): Promise<boolean> {
  return (await readAttachment(database, { relation: number, own: false, sealedSha256 }))?.state === 'awaited';
}

async function takeAttachment(
  reception: AttachmentReception,
  { number }: Relation,
  sealedSha256: Sha256Hex,
  { content }: TarFile,
): Promise<void> {
  const key = { relation: number, own: false, sealedSha256 };
  const { have: offset } = await reception.readOffset(key);
  await reception.append(key, offset, beyond(content, offset));
}

/** What follows the first `skip` bytes: a part may have come over the link before. */
async function* beyond(content: AsyncIterable<Uint8Array>, skip: number): AsyncGenerator<Uint8Array, void, undefined> {
  let left = skip;
  for await (const bytes of content) {
    const rest = bytes.subarray(Math.min(left, bytes.length));
    left -= bytes.length - rest.length;
    if (rest.length > 0) yield rest;
  }
}
