import { firstInvisible, type Json, Refusal } from '@entente/protocol';

const token = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;
const maximumDepth = 32;

/**
 * Reads JSON from a caller: any spacing and order, but no member twice (`JSON.parse` keeps the last), no depth beyond 32,
 * no number that is not finite, no character that an eye cannot see.
 * @throws Refusal `json-malformed`, `json-too-deep`, `text-invisible-characters`
 */
export function readStrictJson(bytes: Uint8Array): Json {
  const text = readText(bytes);
  checkDepth(text);
  const value = parse(text);
  checkRepeats(text);
  checkValue(value, '$');
  return value;
}

function readText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new Refusal('json-malformed', { where: '$', what: 'not UTF-8' }, { cause });
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new Refusal('json-malformed', { where: '$' }, { cause });
  }
}

/** Before anything is parsed, so that depth costs no stack. */
function checkDepth(text: string): void {
  let depth = 0;
  for (const [found] of text.matchAll(token)) {
    if (found === '{' || found === '[') depth++;
    if (found === '}' || found === ']') depth--;
    if (depth > maximumDepth) throw new Refusal('json-too-deep', { what: `deeper than ${maximumDepth}` });
  }
}

/** Over text that is known to be JSON: a string before a colon is a member's name. */
function checkRepeats(text: string): void {
  const open: Set<string>[] = [];
  let last = '';
  for (const [found] of text.matchAll(token)) {
    if (found === '{' || found === '[') open.push(new Set());
    else if (found === '}' || found === ']') open.pop();
    else if (found !== ':') last = found;
    else {
      const names = open.at(-1);
      const name = JSON.parse(last) as string;
      if (names?.has(name) === true) throw new Refusal('json-malformed', { what: 'a member twice' });
      names?.add(name);
    }
  }
}

function checkValue(value: Json, where: string): void {
  if (typeof value === 'string') checkText(value, where);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Refusal('json-malformed', { where });
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    checkText(name, where);
    if (name === '__proto__') throw new Refusal('json-malformed', { where });
    // A name from outside may be personal data: shown only where it looks like a name of ours.
    checkValue(member, `${where}.${/^[A-Za-z0-9_-]{1,40}$/.test(name) ? name : '*'}`);
  }
}

function checkText(text: string, where: string): void {
  if (!text.isWellFormed()) throw new Refusal('json-malformed', { where, what: 'a lone surrogate is not text' });
  const found = firstInvisible(text, true);
  if (found !== undefined) throw new Refusal('text-invisible-characters', { where, what: found });
}
