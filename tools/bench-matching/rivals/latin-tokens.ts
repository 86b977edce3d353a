import anyAscii from 'any-ascii';
import type { Identity } from '@entente/matching';

/** A name for rivals that know one alphabet: any-ascii's transliteration, in lower case, without signs, cut at blanks. */
export function latinTokens({ names }: Identity): readonly string[] {
  return anyAscii((names[0] ?? '').normalize('NFKC'))
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((token) => token !== '');
}

/** The same as one text, sorted: surnames stand first or last. */
export function sortedText(identity: Identity): string {
  return latinTokens(identity).toSorted().join(' ');
}
