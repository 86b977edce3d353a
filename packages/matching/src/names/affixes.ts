/** What a word carries besides its core: `abd` before, `eddine` or `ullah` behind. A set of bits. */
export const SERVANT = 1;
export const OF_FAITH = 2;
export const OF_GOD = 4;

/** A word without what is common to hundreds of names: `عبدالقادر` → `قادر` with SERVANT. */
export type Core = {
  readonly letters: string;
  readonly affixes: number;
  /** The core read another way: with its article, or without a glued Ben, Bou, El. */
  readonly other: string | undefined;
};

export function latinCore(word: string): Core {
  const servant = LATIN_SERVANT.exec(word);
  if (servant !== null && word.length - servant[0].length >= 2) {
    return { letters: word.slice(servant[0].length), affixes: SERVANT, other: undefined };
  }
  const faith = LATIN_FAITH.exec(word);
  if (faith !== null && faith.index >= 2)
    return { letters: word.slice(0, faith.index), affixes: OF_FAITH, other: undefined };
  const god = /(?:[aou]llah|(?:u|ou|o)lla)$/.exec(word);
  if (god !== null && god.index >= 3) return { letters: word.slice(0, god.index), affixes: OF_GOD, other: undefined };
  return { letters: word, affixes: 0, other: otherLatin(word) };
}

/** -eddine, -uddin, -addin, -eldin; with one d only where no French or English word ends so (Claudine, Gerardin). */
const LATIN_FAITH = /(?:[aeiou]?dd[iyou]{1,2}ne?|[aeiou]l-?d[iye]{1,2}ne?|(?<![ao])ud[iy]ne?|[rlhzmfsjb]edine?)$/;

/** Abdel-, Abdul-; assimilated Abderr-, Abdess-; Abde- and Somali Abdi- before one consonant; bare Abd-. */
const LATIN_SERVANT =
  /^c?[ae]bd(?:[aeiou]{0,2}l(?=[a-z]{2})|[aeiou]{1,2}(?=([rstdnz])\1)|[aeiou]{1,2}(?=[b-df-hj-np-tv-z][a-z]{3})|(?=[b-df-hj-np-tv-z][a-z]{3}))/;

export function arabicCore(word: string): Core {
  const servant = /^عبد(?:ال)?(?=..)/.exec(word);
  if (servant !== null) return { letters: word.slice(servant[0].length), affixes: SERVANT, other: undefined };
  if (word.length >= 6 && word.endsWith('الدين'))
    return { letters: word.slice(0, -5), affixes: OF_FAITH, other: undefined };
  if (word.length >= 6 && word.endsWith('الله'))
    return { letters: word.slice(0, -4), affixes: OF_GOD, other: undefined };
  if (word.startsWith('ال') && word.length >= 5) return { letters: word.slice(2), affixes: 0, other: word };
  if (word.startsWith('لل') && word.length >= 5) return { letters: word.slice(2), affixes: 0, other: word };
  const kin = /^(?:بن|بل|بو|ابو)(?=...)/.exec(word);
  return { letters: word, affixes: 0, other: kin === null ? undefined : withoutArticle(word.slice(kin[0].length)) };
}

function withoutArticle(word: string): string {
  return word.startsWith('ال') && word.length >= 5 ? word.slice(2) : word;
}

/** Glued Ben, Bel, Bou and Abu, and a glued article; `benjamin` keeps its whole form as the first reading. */
function otherLatin(word: string): string | undefined {
  const kin =
    /^(?:b[ei]n|b[ei]l|bou|bu|abou|abu|ould|ait)(?=[a-z]{3})/.exec(word) ??
    /^(?:al|el)(?=[b-df-hj-np-tv-z][a-z]{3})/.exec(word);
  const sun = kin ?? /^[ae]([sdrntz])(?=\1[a-z]{3})/.exec(word) ?? /^l(?=[aeo][a-z]{4})/.exec(word);
  return sun === null ? undefined : word.slice(sun[0].length);
}
