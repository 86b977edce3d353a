import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { appendLeaves, emptyFrontier, type Frontier, leafHash, rootOf } from '@entente/c2sp';
import { findTag, type Found, pageLength } from '@entente/matching';
import type { Crypto } from '@entente/wire';
import type { AttachmentCustody } from '../custody/attachments/attachment-custody.ts';
import { openAttachment } from '../custody/attachments/open-attachment.ts';
import type { BlindSet } from '../store/blind.ts';

/** Where the table of a set lies opened: tags only, which say nothing without the key. Made again from its file where it is gone. */
function pathOf(
  custody: AttachmentCustody,
  relation: number,
  { sealedSha256 }: Pick<BlindSet, 'sealedSha256'>,
): string {
  return join(custody.parts, 'blind', `${relation}-${sealedSha256}.table`);
}

/** Opens the table of a set and holds it against the act: its pages are in number, and make the root. */
export async function keepTable(
  custody: AttachmentCustody,
  relation: number,
  own: boolean,
  set: BlindSet,
): Promise<boolean> {
  const path = pathOf(custody, relation, set);
  await mkdir(join(custody.parts, 'blind'), { recursive: true, mode: 0o700 });
  const { size, bytes } = await openAttachment(custody, { relation, own, sealedSha256: set.sealedSha256 });
  if (size !== set.pages * pageLength) return false;
  // Two processes, or two turns of one, may open the same table.
  const growing = `${path}.${custody.crypto.randomBytes(8).toHex()}`;
  try {
    if (Buffer.compare(await copyPages(custody.crypto, bytes, growing), set.root) !== 0) return false;
    await rename(growing, path);
    return true;
  } finally {
    await rm(growing, { force: true });
  }
}

/** Removes the opened table of a set whose sealed file is erased: it is not made again. */
export async function removeTable(
  custody: AttachmentCustody,
  relation: number,
  set: Pick<BlindSet, 'sealedSha256'>,
): Promise<void> {
  await rm(pathOf(custody, relation, set), { force: true });
}

/** Writes what comes into a file. @returns the root over its pages */
async function copyPages(crypto: Crypto, bytes: AsyncIterable<Uint8Array>, path: string): Promise<Uint8Array> {
  const file = await open(path, 'wx', 0o600);
  let frontier = emptyFrontier;
  try {
    for await (const pages of inPages(bytes)) {
      await file.write(pages);
      frontier = extend(crypto, frontier, pages);
    }
  } finally {
    await file.close();
  }
  return rootOf(crypto, frontier);
}

/** The Merkle root over the pages of a table, as RFC 6962 has it. */
export function tableRoot(crypto: Crypto, table: Uint8Array): Uint8Array {
  const step = 4096 * pageLength;
  let frontier = emptyFrontier;
  for (let at = 0; at < table.length; at += step) frontier = extend(crypto, frontier, table.subarray(at, at + step));
  return rootOf(crypto, frontier);
}

/** Works with the open table of a set. */
export async function withTable<Result>(
  custody: AttachmentCustody,
  relation: number,
  own: boolean,
  set: BlindSet,
  work: (readPage: ReadPage) => Promise<Result>,
): Promise<Result> {
  const file = await openTable(custody, relation, own, set);
  try {
    return await work((index) => readPageAt(file, index));
  } finally {
    await file.close();
  }
}

/** One page of an open table. */
export type ReadPage = (index: number) => Promise<Uint8Array>;

/** Halves until the page is found that would hold the tag, or the two between which it would stand. */
export async function findTagIn(
  readPage: ReadPage,
  count: number,
  tag: bigint,
): Promise<{ readonly found: boolean; readonly pages: readonly number[] }> {
  let low = 0;
  let high = count - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const edges = { first: middle === 0, last: middle === count - 1 };
    const where: Found = findTag(await readPage(middle), tag, edges);
    if (where === 'present' || where === 'absent') return { found: where === 'present', pages: [middle] };
    if (where === 'before') high = middle - 1;
    else low = middle + 1;
  }
  return { found: false, pages: [high, low] };
}

async function openTable(
  custody: AttachmentCustody,
  relation: number,
  own: boolean,
  set: BlindSet,
): Promise<FileHandle> {
  const path = pathOf(custody, relation, set);
  const file = await open(path, 'r').catch(() => undefined);
  if (file !== undefined) return file;
  if (!(await keepTable(custody, relation, own, set)))
    throw new Error(`the table of set ${set.act} is not what it was`);
  return open(path, 'r');
}

async function readPageAt(file: FileHandle, index: number): Promise<Uint8Array> {
  const page = new Uint8Array(pageLength);
  await file.read(page, 0, pageLength, index * pageLength);
  return page;
}

/** Pieces of whole pages, whatever the pieces that come. */
async function* inPages(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  let rest: Uint8Array = new Uint8Array();
  for await (const piece of pieces) {
    const all = Buffer.concat([rest, piece]);
    const whole = all.length - (all.length % pageLength);
    if (whole > 0) yield all.subarray(0, whole);
    rest = all.subarray(whole);
  }
}

function extend(crypto: Crypto, frontier: Frontier, pages: Uint8Array): Frontier {
  const leaves: Uint8Array[] = [];
  for (let at = 0; at < pages.length; at += pageLength) {
    leaves.push(leafHash(crypto, pages.subarray(at, at + pageLength)));
  }
  return appendLeaves(crypto, frontier, leaves).frontier;
}
