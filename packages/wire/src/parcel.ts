import { Refusal } from '@entente/protocol';
import { GrowingText } from './growing-text.ts';
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
  const text = new GrowingText();
  const write = (...line: readonly string[]): void => {
    const before = text.length;
    for (const piece of line) text.add(piece);
    text.add('\n');
    if (text.length - before > limits.line) throw tooLarge('line', text.length - before, limits.line);
  };
  write(writeFirstLine(parts));
  if (parts.cosigned !== undefined) write(writeCosignedLine(parts.cosigned));
  for (const item of parts.items) write(...writeItemLine(item));
  const length = text.length + padOverhead;
  const padded = padmeSize(length);
  if (padded > limits.plaintext) throw tooLarge('parcel', padded, limits.plaintext);
  text.add(`${padLine(padded - length)}\n`);
  return text.bytes();
}

function tooLarge(where: string, length: number, limit: number): Refusal {
  return new Refusal('too-large', { where, what: `${length} of at most ${limit} bytes` });
}
