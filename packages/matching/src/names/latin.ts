/**
 * One word in Latin, Cyrillic or Greek letters as plain `a`–`z`: `Şahin` → `shahin`, `Müller` → `muller`,
 * `Сергей` → `sergey`. Empty where no letter can be read.
 */
export function latinLetters(word: string): string {
  const small = word.toLowerCase();
  if (PLAIN.test(small)) return small;
  let letters = '';
  for (const letter of small.normalize('NFC')) {
    const known = SOUNDS[letter] ?? CYRILLIC[letter] ?? GREEK[letter];
    letters += known ?? letter.normalize('NFD').replace(/[^a-z]/g, '');
  }
  return letters;
}

/** Most words need nothing else, and an index reads millions. */
const PLAIN = /^[a-z]*$/;

/** What a letter's mark or form says that dropping it would lose. */
const SOUNDS: Readonly<Record<string, string>> = {
  ş: 'sh',
  š: 'sh',
  ș: 'sh',
  ś: 'sh',
  č: 'ch',
  ć: 'ch',
  ž: 'zh',
  ż: 'z',
  ğ: 'gh',
  ġ: 'gh',
  ḫ: 'kh',
  ẖ: 'kh',
  ḏ: 'dh',
  ṯ: 'th',
  ǧ: 'j',
  ı: 'i',
  ø: 'o',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ə: 'a',
  ħ: 'h',
  ŋ: 'ng',
  ⁿ: 'n',
  ª: 'a',
  º: 'o',
};

/** Bulgarian and Russian spelling of passports, as far as the two agree with each other and with French and English. */
const CYRILLIC: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'yo',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sht',
  ъ: 'a',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
  і: 'i',
  ї: 'yi',
  є: 'ye',
  ґ: 'g',
  ў: 'u',
  ј: 'j',
  љ: 'lj',
  њ: 'nj',
  ћ: 'ch',
  ђ: 'dj',
  џ: 'dzh',
  ѓ: 'g',
  ќ: 'k',
  ѕ: 'dz',
};

/** ELOT 743 without its digraphs. */
const GREEK: Readonly<Record<string, string>> = {
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  ς: 's',
  τ: 't',
  υ: 'y',
  φ: 'f',
  χ: 'ch',
  ψ: 'ps',
  ω: 'o',
  ά: 'a',
  έ: 'e',
  ή: 'i',
  ί: 'i',
  ό: 'o',
  ύ: 'y',
  ώ: 'o',
  ϊ: 'i',
  ϋ: 'y',
  ΐ: 'i',
  ΰ: 'y',
};
