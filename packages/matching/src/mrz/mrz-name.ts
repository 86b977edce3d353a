/** The name field of a machine-readable zone, back in the words of a name; the family name stands first. */
export type MrzName = { readonly text: string; readonly truncated: boolean };

/**
 * Reads `BENSLIMANE<<MOHAMED<LARBI<<<<` (ICAO Doc 9303, part 3, §4.6): `<<` between primary and secondary identifier,
 * `<` between words. Undefined where the text is no such field. A field of 30, 36 or 39 places filled to the last
 * is taken as truncated: its last word may be cut.
 */
export function readMrzName(field: string): MrzName | undefined {
  if (!/^[A-Z]+(?:<{1,2}[A-Z]+)*<*$/.test(field) || !field.includes('<')) return undefined;
  const [family = '', ...given] = field.split('<<').filter((part) => part !== '');
  const words = (part: string): string => part.replaceAll('<', ' ').trim();
  const truncated = [30, 36, 39].includes(field.length) && !field.endsWith('<');
  if (given.length === 0) return { text: words(family), truncated };
  return { text: `${words(family)}, ${given.map(words).join(' ')}`, truncated };
}
