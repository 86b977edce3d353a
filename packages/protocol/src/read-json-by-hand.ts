import type { Json } from './json.ts';

/**
 * Reads canonical JSON without the host's own reader of objects; undefined for anything that is not canonical in shape.
 *
 * V8 of Node.js 26.10 mistakes an escaped member name for a known one now and then, depending on what it read before
 * (`{"a":1,"é\""…}` comes back as `é\`): two stations would judge the same bytes differently. Used only where what the host
 * read does not write back to the same text.
 */
export function readJsonByHand(text: string): Json | undefined {
  const scan = { text, at: 0 };
  const value = readValue(scan, 0);
  return scan.at === text.length ? value : undefined;
}

interface Scan {
  readonly text: string;
  at: number;
}

const scalar = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?\d[0-9.eE+-]*|true|false|null/y;
const deepest = 32;

function readValue(scan: Scan, depth: number): Json | undefined {
  const next = scan.text[scan.at];
  if (next !== '{' && next !== '[') return readScalar(scan);
  if (depth >= deepest) return undefined;
  return next === '{' ? readObject(scan, depth) : readArray(scan, depth);
}

function readObject(scan: Scan, depth: number): Json | undefined {
  const members: [string, Json][] = [];
  scan.at++;
  if (skip(scan, '}')) return {};
  do {
    const name = readScalar(scan);
    if (typeof name !== 'string' || !skip(scan, ':')) return undefined;
    const value = readValue(scan, depth + 1);
    if (value === undefined) return undefined;
    members.push([name, value]);
  } while (skip(scan, ','));
  return skip(scan, '}') ? Object.fromEntries(members) : undefined;
}

function readArray(scan: Scan, depth: number): Json | undefined {
  const values: Json[] = [];
  scan.at++;
  if (skip(scan, ']')) return values;
  do {
    const value = readValue(scan, depth + 1);
    if (value === undefined) return undefined;
    values.push(value);
  } while (skip(scan, ','));
  return skip(scan, ']') ? values : undefined;
}

/** The host's reader is sound for a value that has no members. */
function readScalar(scan: Scan): string | number | boolean | null | undefined {
  scalar.lastIndex = scan.at;
  const raw = scalar.exec(scan.text)?.[0];
  if (raw === undefined) return undefined;
  scan.at += raw.length;
  try {
    return JSON.parse(raw) as string | number | boolean | null;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

function skip(scan: Scan, character: string): boolean {
  if (scan.text[scan.at] !== character) return false;
  scan.at++;
  return true;
}
