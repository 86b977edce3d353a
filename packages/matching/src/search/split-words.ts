import { givenNameOf } from '../names/given-name.ts';
import type { NamePart } from '../names/parts.ts';
import { tokenOf } from '../names/token.ts';
import type { NameToken } from '../names/token.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * A name with its glued words read as two, as the index may hold them: `Gholamreza` as `Gholam Reza`, `Ahmadinejad` as
 * `Ahmadi Nejad`. Only where both halves are words of the index, and one is a listed given name or one that is glued by
 * custom. Undefined where no word is read so.
 */
export function splitWords(tokens: readonly NameToken[], vocabulary: Vocabulary): readonly NameToken[] | undefined {
  const read = tokens.flatMap((token) => splitWord(token, vocabulary) ?? [token]);
  return read.length === tokens.length ? undefined : read;
}

const SHORTEST_HALF = 3;
/** Shorter, it is more likely one word; Arabic letters leave out the vowels. */
const SHORTEST_WORD: Readonly<Record<NameToken['script'], number>> = { latin: 7, arabic: 6 };
/** Written with the word before it or behind it, or apart, as it pleases. */
const GLUED: ReadonlySet<string> = new Set(
  'pour pur poor zadeh zada zade nejad nezhad nejhad abadi gholam ghulam پور زاده نژاد غلام'.split(' '),
);

/** Of several ways the one nearest to the middle. */
function splitWord(token: NameToken, vocabulary: Vocabulary): readonly NameToken[] | undefined {
  const { key, script, kind, affixes } = token;
  if (kind !== 'name' || affixes !== 0 || key.length < SHORTEST_WORD[script] || givenNameOf(token).listed)
    return undefined;
  const middle = key.length / 2;
  const at = Array.from({ length: key.length - 2 * SHORTEST_HALF + 1 }, (_, more) => SHORTEST_HALF + more)
    .filter((place) => [key.slice(0, place), key.slice(place)].every((half) => vocabulary.has({ key: half, kind })))
    .toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))
    .find((place) => halvesAt(token, place).some(isOftenGlued));
  return at === undefined ? undefined : halvesAt(token, at);
}

function halvesAt(token: NameToken, at: number): readonly NameToken[] {
  return [
    tokenOf(partOf(token, token.key.slice(0, at), token.linked)),
    tokenOf(partOf(token, token.key.slice(at), false)),
  ];
}

function isOftenGlued(half: NameToken): boolean {
  return GLUED.has(half.key) || givenNameOf(half).listed;
}

function partOf({ script, kind, family }: NameToken, letters: string, linked: boolean): NamePart {
  return { letters, script, kind, family, linked };
}
