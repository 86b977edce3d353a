import { arabicLetters } from '../names/arabic.ts';
import { cleanText } from '../names/clean.ts';
import { latinLetters } from '../names/latin.ts';
import { tokenOf } from '../names/token.ts';
import { prepareToken, type PreparedToken } from '../score/prepared-name.ts';
import { legalFormOf, LONGEST_FORM } from './legal-forms.ts';
import { isFunctionWord, tradeWordOf, withoutArticle } from './trade-words.ts';

/** An organisation's name as compared: its legal form apart from the words that name it. */
export type OrganisationName = {
  readonly written: string;
  readonly words: readonly OrganisationWord[];
  /** As written, and its class; undefined where the name bears none. */
  readonly form: { readonly written: string; readonly kind: string } | undefined;
  /** First letters of all words, with and without those of form: `ITC`. */
  readonly initials: readonly string[];
  /** The letters of a name that is one short word of capitals, as `ITC` itself. */
  readonly acronym: string | undefined;
};

export type OrganisationWord = {
  readonly written: string;
  readonly token: PreparedToken;
  /** The line of a word of trade, which thousands bear. */
  readonly trade: number | undefined;
};

type Word = { readonly written: string; readonly letters: string; readonly script: 'latin' | 'arabic' };

const MOST_WORDS = 16;

/** Reads a name; undefined where no letter or figure of it can be read. Never throws. */
export function readOrganisation(written: string): OrganisationName | undefined {
  const words = readWords(written.slice(0, LONGEST_NAME)).slice(0, MOST_WORDS);
  const { form, rest } = takeForm(words);
  // A name of nothing but words of form is its own name: `Société Générale` keeps its second word, `La Compagnie` its first.
  const naming = rest.length > 0 ? rest : words;
  if (naming.length === 0) return undefined;
  return {
    written,
    words: naming.map((word) => ({
      written: word.written,
      token: prepareToken(
        tokenOf({
          written: word.written,
          letters: coreOf(word),
          script: word.script,
          kind: 'name',
          family: false,
          linked: false,
        }),
      ),
      trade: tradeWordOf(word.letters),
    })),
    form,
    initials: [initialsOf(words), initialsOf(naming)].filter((initials) => initials.length >= SHORTEST_ACRONYM),
    acronym: acronymOf(naming),
  };
}

const LONGEST_NAME = 400;
const SHORTEST_ACRONYM = 3;
const LONGEST_ACRONYM = 6;

/** `S.A.R.L.` and `ش.م.م` are one word; figures stay, since many a company is named by one. */
function readWords(written: string): readonly Word[] {
  const joined = cleanText(written.replace(/\d/g, (figure) => ` ${FIGURE_WORDS[Number(figure)] ?? ''} `)).text.replace(
    /(?<![\p{L}])(?:\p{L}\.\s?){2,}\p{L}?(?![\p{L}])/gu,
    (letters) => ` ${letters.replace(/[.\s]/g, '')} `,
  );
  return [...joined.matchAll(/[^\s,.<]+/g)].flatMap(([word]) => {
    const arabic = arabicLetters(word);
    const latin = latinLetters(word);
    const script = arabic.length >= latin.length ? 'arabic' : 'latin';
    const letters = script === 'arabic' ? arabic : latin;
    return letters === '' || isFunctionWord(letters) ? [] : [{ written: word, letters, script } as const];
  });
}

/** Takes off the words of form that stand last and first, one after another; what else looks like one is a word of the name. */
function takeForm(words: readonly Word[]): { readonly form: OrganisationName['form']; readonly rest: readonly Word[] } {
  let rest = words;
  let form: OrganisationName['form'];
  for (let taken = formAt(rest); taken !== undefined; taken = formAt(rest)) {
    const { kind, part, left } = taken;
    if (kind !== 'company') form ??= { written: part.map(({ written }) => written).join(' '), kind };
    rest = left;
  }
  return { form, rest };
}

type Taken = { readonly kind: string; readonly part: readonly Word[]; readonly left: readonly Word[] };

/** The longest form at either end, the last word's before the first's. */
function formAt(words: readonly Word[]): Taken | undefined {
  for (let length = Math.min(LONGEST_FORM, words.length); length > 0; length--) {
    for (const [part, left] of [
      [words.slice(-length), words.slice(0, -length)],
      [words.slice(0, length), words.slice(length)],
    ] as const) {
      const kind = legalFormOf(part.map(({ letters }) => letters));
      if (kind !== undefined) return { kind, part, left };
    }
  }
  return undefined;
}

const FIGURE_WORDS = ['zero', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'];

const coreOf = ({ letters, script }: Word): string => (script === 'arabic' ? withoutArticle(letters) : letters);

function initialsOf(words: readonly Word[]): string {
  const latin = words.filter(({ script }) => script === 'latin');
  return latin.length === words.length ? latin.map(({ letters }) => letters.charAt(0)).join('') : '';
}

function acronymOf([word, ...more]: readonly Word[]): string | undefined {
  if (word === undefined || more.length > 0 || word.script !== 'latin') return undefined;
  const { letters } = word;
  const isShort = letters.length >= SHORTEST_ACRONYM && letters.length <= LONGEST_ACRONYM;
  return isShort && /^[^\p{Ll}]+$/u.test(word.written) ? letters : undefined;
}
