import { checkSize, concatBytes, utf8 } from './bytes.ts';
import { padmeSize } from './padme.ts';
import {
  type FirstLine,
  padLine,
  padOverhead,
  type ParcelItem,
  writeCosignedLine,
  writeFirstLine,
  writeItemLine,
} from './parcel-lines.ts';

export interface ParcelLimits {
  readonly plaintext: number;
  readonly line: number;
  readonly entries: number;
  readonly approvals: number;
}

/** Bytes of the plaintext and of one line, entries, and approvals (four signatures an entry). */
export const parcelLimits: ParcelLimits = {
  plaintext: 64 * 1024 * 1024,
  line: 2 * 1024 * 1024,
  entries: 1000,
  approvals: 4000,
};

/** What a parcel carries. `header` and `checkpoint` are signed notes; an express parcel has a `tlog-proof` instead. */
export type ParcelParts = FirstLine & {
  /** The counterpart's newest checkpoint with our mirror's cosignatures: the custody receipt. */
  readonly cosigned?: string;
  /** In order, each approval before the first entry that names it. */
  readonly items: Iterable<ParcelItem>;
};

/** Writes the plaintext of a parcel, padded to a Padmé size. @throws Refusal `too-large` */
export function writeParcel(parts: ParcelParts, limits: ParcelLimits = parcelLimits): Uint8Array {
  const lines = [utf8(`${writeFirstLine(parts)}\n`)];
  if (parts.cosigned !== undefined) lines.push(utf8(`${writeCosignedLine(parts.cosigned)}\n`));
  for (const item of parts.items) lines.push(utf8(`${writeItemLine(item)}\n`));
  for (const line of lines) checkSize(line, limits.line, 'line');
  const length = lines.reduce((sum, line) => sum + line.length, padOverhead);
  lines.push(utf8(`${padLine(padmeSize(length) - length)}\n`));
  const plaintext = concatBytes(lines);
  checkSize(plaintext, limits.plaintext, 'parcel');
  return plaintext;
}
