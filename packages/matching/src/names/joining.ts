type Joinable = {
  readonly written: string;
  readonly letters: string;
  readonly script: 'latin' | 'arabic';
  readonly beforeComma: boolean;
};

/**
 * Joins what one side writes as one word and the other as two or three: `Abd al-Qadir` → `abdqadir`,
 * `Nour ed-Din` → `nouruddin`, `Habib Ullah` → `habibullah`, `Abu Bakr` → `abubakr`, and the same in Arabic letters.
 */
export function joinWords<W extends Joinable>(words: readonly W[]): readonly W[] {
  const joined: W[] = [];
  for (let i = 0; i < words.length;) {
    const word = words[i];
    if (word === undefined) break;
    const taken = servant(words, i) ?? faith(words, i) ?? kunya(words, i) ?? { letters: word.letters, words: 1 };
    joined.push({
      ...word,
      letters: taken.letters,
      written: words
        .slice(i, i + taken.words)
        .map((part) => part.written)
        .join(' '),
    });
    i += taken.words;
  }
  return joined;
}

type Taken = { readonly letters: string; readonly words: number };

const ARTICLE = /^(?:al|el|ul|ur|us|ud|ar|er|as|es|ash|ech|esh|ed|ad|en|an|et|at|ez|az|il|oul|a|ال)$/;

function servant(words: readonly Joinable[], i: number): Taken | undefined {
  const word = words[i];
  if (word === undefined || !/^(?:c?abd|abde|abdu|abdul|abdel|abdal|abdoul|عبد|عبدال)$/.test(word.letters))
    return undefined;
  const open = word.script === 'arabic' ? 'عبد' : 'abdul';
  const next = words[i + 1];
  if (next === undefined) return undefined;
  const name = ARTICLE.test(next.letters) ? words[i + 2] : next;
  if (name === undefined || name.script !== word.script) return undefined;
  return { letters: open + bare(name.letters), words: name === next ? 2 : 3 };
}

/** `abdul` stands before the bare name on both sides, so that the article is not counted twice. */
function bare(letters: string): string {
  return letters.startsWith('ال') && letters.length > 4 ? letters.slice(2) : letters;
}

function faith(words: readonly Joinable[], i: number): Taken | undefined {
  const word = words[i];
  const next = words[i + 1];
  if (
    word === undefined ||
    next === undefined ||
    word.letters.length < 2 ||
    next.script !== word.script ||
    ARTICLE.test(word.letters)
  )
    return undefined;
  if (next.letters === 'الدين' || next.letters === 'الله') return { letters: word.letters + next.letters, words: 2 };
  if (/^(?:edd?ine?|udd?ine?|addine?|eddyn|aldin|eldine?)$/.test(next.letters))
    return { letters: `${word.letters}uddin`, words: 2 };
  if (/^(?:ullah|oullah|allah|ollah)$/.test(next.letters)) return { letters: `${word.letters}ullah`, words: 2 };
  const third = words[i + 2];
  if (third === undefined || third.script !== word.script || !ARTICLE.test(next.letters)) return undefined;
  if (/^(?:din|dine|deen|dein|dyn|diin)$/.test(third.letters)) return { letters: `${word.letters}uddin`, words: 3 };
  if (/^(?:lah|llah|allah)$/.test(third.letters)) return { letters: `${word.letters}ullah`, words: 3 };
  return undefined;
}

/** `Abu`, `Bou` and Persian `Pour` belong to the word after them; so does a Berber `Aït`. */
function kunya(words: readonly Joinable[], i: number): Taken | undefined {
  const word = words[i];
  if (word === undefined || !/^(?:abu|abou|abi|bou|bu|ebu|ابو|ابي|بو)$/.test(word.letters)) return undefined;
  const next = words[i + 1];
  if (next === undefined) return undefined;
  const name = ARTICLE.test(next.letters) ? words[i + 2] : next;
  if (name === undefined || name.script !== word.script) return undefined;
  const open = word.script === 'arabic' ? 'ابو' : 'abu';
  return { letters: open + bare(name.letters), words: name === next ? 2 : 3 };
}
