import { type Json, Refusal } from '@entente/protocol';

/** Some of a list, and where the rest begins. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/** Cuts rows that were asked for with one more than the limit; the cursor names the last one shown. */
export function pageOf<Row>(rows: readonly Row[], limit: number, placeOf: (row: Row) => readonly Json[]): Page<Row> {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, next: last && Buffer.from(JSON.stringify(placeOf(last))).toString('base64url') };
}

/** Reads a cursor of so many places. @throws Refusal `field-malformed` for one that we did not write */
export function readCursor(
  cursor: string | undefined,
  holds: readonly ((place: unknown) => boolean)[],
): readonly unknown[] | undefined {
  if (cursor === undefined) return undefined;
  const places: unknown = parse(Buffer.from(cursor, 'base64url').toString());
  if (!Array.isArray(places) || places.length !== holds.length || !holds.every((hold, at) => hold(places[at]))) {
    throw new Refusal('field-malformed', { where: 'cursor' });
  }
  return [...(places as readonly unknown[])];
}

/** Reads a cursor that is one number. */
export function readNumberCursor(cursor: string | undefined): number | undefined {
  return readCursor(cursor, [Number.isSafeInteger])?.[0] as number | undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Refusal('field-malformed', { where: 'cursor' }, { cause });
  }
}
