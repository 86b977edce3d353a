import { Refusal } from './refusal.ts';

/**
 * Says why a text is not canonical JSON, and where: only for a text already known to be at fault, so it may be slow.
 * Names a member in the place only where its name is plain, since a name may be personal data too.
 */
export function diagnoseJson(text: string, cause?: unknown): Refusal {
  const scan: Scan = { text, at: 0, path: '$', depth: 0 };
  const fault =
    value(scan) ?? (scan.at < text.length ? noted(scan, 'not-canonical', 'something after the value') : undefined);
  const options = cause === undefined ? undefined : { cause };
  const where = fault === undefined ? '$' : `${fault.path}, character ${fault.at}`;
  const what = fault?.what ?? (cause === undefined ? 'another spelling' : 'not JSON');
  const code =
    fault?.kind === 'too-deep' ? 'json-too-deep' : cause === undefined ? 'json-not-canonical' : 'json-malformed';
  return new Refusal(code, { where, what }, options);
}

interface Scan {
  readonly text: string;
  at: number;
  path: string;
  depth: number;
}
interface Fault {
  readonly kind: 'not-canonical' | 'malformed' | 'too-deep';
  readonly what: string;
  readonly path: string;
  readonly at: number;
}

const string = /"[^"\\]*(?:\\[^][^"\\]*)*"/y;
const number = /-?\d[0-9.eE+-]*/y;
const word = /true|false|null/y;
const plainName = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;

function value(scan: Scan): Fault | undefined {
  const next = scan.text[scan.at];
  if (scan.depth >= 32 && (next === '{' || next === '[')) return noted(scan, 'too-deep', 'deeper than 32');
  if (next === '{') return object(scan);
  if (next === '[') return array(scan);
  if (next === '"') return stringValue(scan);
  const found = take(scan, number);
  if (found !== undefined) return spelling(scan, found, 'another spelling of a number');
  if (take(scan, word) !== undefined) return undefined;
  return noted(
    scan,
    'malformed',
    next === undefined ? 'ends too early' : isSpace(next) ? 'white space' : 'not a value',
  );
}

function object(scan: Scan): Fault | undefined {
  const path = scan.path;
  const names = new Set<string>();
  let previous: string | undefined;
  scan.at++;
  scan.depth++;
  if (skip(scan, '}')) return leave(scan, path);
  do {
    const start = scan.at;
    const raw = take(scan, string);
    if (raw === undefined)
      return noted(scan, 'malformed', isSpace(scan.text[scan.at]) ? 'white space' : 'a member name expected');
    const name = readString(raw);
    if (name === undefined) return { ...noted(scan, 'malformed', 'not a string'), at: start };
    scan.path = `${path}.${plainName.test(name) ? name : '*'}`;
    if (names.has(name)) return { ...noted(scan, 'not-canonical', 'duplicate key'), at: start };
    if (previous !== undefined && previous > name)
      return { ...noted(scan, 'not-canonical', 'members out of order'), at: start };
    names.add(name);
    previous = name;
    if (!skip(scan, ':')) return noted(scan, 'malformed', 'a colon expected');
    const fault = spelling(scan, raw, 'another spelling of a string') ?? value(scan);
    if (fault !== undefined) return fault;
    scan.path = path;
  } while (skip(scan, ','));
  return skip(scan, '}') ? leave(scan, path) : noted(scan, 'malformed', 'a comma or } expected');
}

function array(scan: Scan): Fault | undefined {
  const path = scan.path;
  scan.at++;
  scan.depth++;
  if (skip(scan, ']')) return leave(scan, path);
  let index = 0;
  do {
    scan.path = `${path}[${index++}]`;
    const fault = value(scan);
    if (fault !== undefined) return fault;
  } while (skip(scan, ','));
  scan.path = path;
  return skip(scan, ']') ? leave(scan, path) : noted(scan, 'malformed', 'a comma or ] expected');
}

function stringValue(scan: Scan): Fault | undefined {
  const raw = take(scan, string);
  if (raw === undefined) return noted(scan, 'malformed', 'a string without end');
  if (readString(raw)?.isWellFormed() === false) return noted(scan, 'malformed', 'a lone surrogate is not text');
  return spelling(scan, raw, 'another spelling of a string');
}

/** One value has one spelling: the one that would be written again. */
function spelling(scan: Scan, raw: string, what: string): Fault | undefined {
  const read = readScalar(raw);
  if (read === undefined) return noted(scan, 'malformed', 'not JSON');
  return JSON.stringify(read) === raw ? undefined : noted(scan, 'not-canonical', what);
}

function readString(raw: string): string | undefined {
  const read = readScalar(raw);
  return typeof read === 'string' ? read : undefined;
}

function readScalar(raw: string): string | number | undefined {
  try {
    return JSON.parse(raw) as string | number;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

function take(scan: Scan, pattern: RegExp): string | undefined {
  pattern.lastIndex = scan.at;
  const found = pattern.exec(scan.text)?.[0];
  scan.at += found?.length ?? 0;
  return found;
}

function skip(scan: Scan, character: string): boolean {
  if (scan.text[scan.at] !== character) return false;
  scan.at++;
  return true;
}

function leave(scan: Scan, path: string): undefined {
  scan.path = path;
  scan.depth--;
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && ' \n\r\t'.includes(character);
}

function noted(scan: Scan, kind: Fault['kind'], what: string): Fault {
  return { kind, what, path: scan.path, at: scan.at };
}
