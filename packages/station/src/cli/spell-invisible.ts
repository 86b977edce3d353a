import { firstInvisible, type Json } from '@entente/protocol';

/** A value from outside with each character that nobody can see spelled out, `⟨U+200B⟩`: an act or draft carries none. */
export function spellInvisible(value: Json): Json {
  if (typeof value === 'string') return spellInvisibleIn(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(spellInvisible);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [spellInvisibleIn(name), spellInvisible(member)]),
  );
}

/** Line ends become line feeds, which stay. */
export function spellInvisibleIn(text: string): string {
  const lines = text.replaceAll('\r\n', '\n');
  if (firstInvisible(lines, true) === undefined) return lines;
  return Array.from(lines, (one) => (firstInvisible(one, true) === undefined ? one : spelled(one))).join('');
}

function spelled(character: string): string {
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
