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
/** Shorter, it is more likely one word. */
const SHORTEST_WORD = 7;
/** Written with the word before it or behind it, or apart, as it pleases. */
const GLUED: ReadonlySet<string> = new Set(
  'pour pur poor zadeh zada zade nejad nezhad nejhad abadi gholam ghulam پور زاده نژاد غلام'.split(' '),
);

/** Of several ways the one whose shorter half is longest. */
function splitWord(token: NameToken, vocabulary: Vocabulary): readonly NameToken[] | undefined {
  const { key, kind, affixes } = token;
  if (kind !== 'name' || affixes !== 0 || key.length < SHORTEST_WORD || givenNameOf(token).listed) return undefined;
  const halves = (at: number): readonly NameToken[] => [
    tokenOf(partOf(token, key.slice(0, at), token.linked)),
    tokenOf(partOf(token, key.slice(at), false)),
  ];
  const places = Array.from({ length: key.length - 2 * SHORTEST_HALF + 1 }, (_, at) => at + SHORTEST_HALF);
  const middle = key.length / 2;
  return places
    .toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))
    .map(halves)
    .find((both) => both.every((half) => vocabulary.has(half)) && both.some(isOftenGlued));
}

function isOftenGlued(half: NameToken): boolean {
  return GLUED.has(half.key) || givenNameOf(half).listed;
}

function partOf({ script, kind, family }: NameToken, letters: string, linked: boolean): NamePart {
  return { letters, script, kind, family, linked };
}
