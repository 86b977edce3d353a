import { STEPS_PER_NAT } from './mark-rows.ts';
import type { RowMarks } from './mark-rows.ts';
import type { NameQuery } from './name-query.ts';
import { UNMET } from './quick-judge.ts';
import { birthTold } from './row-windows.ts';
import type { RowWindows } from './row-windows.ts';

/** Rows in the order they are worth judging, and what words and birth tell of each, in nats, roughly. */
export type PickedRows = { readonly rows: Uint32Array; readonly told: Float32Array };

const LEVELS = 256;
const starts = new Uint32Array(LEVELS + 1);

/** Of the touched rows the `most` that agree best in words and birth, best first; of equals those touched first. */
export function pickRows(marks: RowMarks, { weights }: NameQuery, windows: RowWindows, most: number): PickedRows {
  const { rows, levels, bits } = marks;
  const all = weights.length - 1;
  const count = Math.min(most, rows.length);
  const picked = { rows: new Uint32Array(count), told: new Float32Array(count) };
  const scored = new Uint8Array(rows.length);
  starts.fill(0);
  for (let at = 0; at < rows.length; at++) {
    const besides = birthTold(rows[at] ?? 0, windows) - UNMET * (weights[all & ~(bits[at] ?? 0)] ?? 0);
    const told = (levels[at] ?? 0) + Math.round(besides * STEPS_PER_NAT);
    const rank = LEVELS - 1 - Math.min(LEVELS - 1, Math.max(0, told + OFFSET));
    scored[at] = rank;
    starts[rank + 1] = (starts[rank + 1] ?? 0) + 1;
  }
  for (let rank = 1; rank <= LEVELS; rank++) starts[rank] = (starts[rank] ?? 0) + (starts[rank - 1] ?? 0);
  for (let at = 0; at < rows.length; at++) {
    const rank = scored[at] ?? 0;
    const place = starts[rank] ?? 0;
    if (place >= count) continue;
    starts[rank] = place + 1;
    picked.rows[place] = rows[at] ?? 0;
    picked.told[place] = (LEVELS - 1 - rank - OFFSET) / STEPS_PER_NAT;
  }
  return picked;
}

/** A date far off and words unmet speak against: some levels are kept below zero. */
const OFFSET = 32;
