import type { JsonObject } from '@entente/protocol';
import type { SaidSubject } from '@entente/tracks';

/** Why a row of a watch list was not taken over, or not wholly; each has words (`remark-words.ts`). */
export const remarkReasons = [
  'row-malformed',
  'row-too-long',
  'id-missing',
  'repeated',
  'nothing-to-compare',
  'kind-not-compared',
  'date-unread',
] as const;
export type RemarkReason = (typeof remarkReasons)[number];

/** One row of a watch list as a reader understood it. `what` names members and forms, never what the row says. */
export type RowRead =
  | {
      readonly kind: 'entry';
      readonly line: number;
      /** The entry's own id; without one it is known by what it says. */
      readonly entry: string | undefined;
      readonly said: Omit<SaidSubject, 'place'>;
      readonly details: JsonObject;
      /** What of it could not be read. */
      readonly remarks: readonly { readonly reason: RemarkReason; readonly what: string }[];
    }
  | { readonly kind: 'refused'; readonly line: number; readonly reason: RemarkReason; readonly what: string };

/** Formats of watch lists: a table with headings, FollowTheMoney entities a line each, the UN Security Council's list. */
export const watchListFormats = ['csv', 'ftm', 'un'] as const;
export type WatchListFormat = (typeof watchListFormats)[number];

/** Bounds of every reader: beyond them a row is refused, not the list. */
export const rowLimits: Readonly<Record<'bytes' | 'names' | 'values' | 'text' | 'details', number>> = {
  bytes: 1024 * 1024,
  names: 100,
  values: 20,
  text: 600,
  details: 2000,
};

export function refusedRow(line: number, reason: RemarkReason, what: string): RowRead {
  return { kind: 'refused', line, reason, what };
}
