/** The letters an Arabic-script word is compared in; every other spelling of the same letter is folded into these. */
export const ARABIC_LETTERS = 'ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىگچپژڤ';

/**
 * One word in Arabic script without vowel signs and tatweel, with one form of alif, kaf, ya and ha: what Algiers,
 * Cairo, Tehran and Lahore type differently. Empty where no letter can be read.
 */
export function arabicLetters(word: string): string {
  if (!ARABIC.test(word)) return '';
  let letters = '';
  for (const letter of word) {
    const folded = FOLDED[letter] ?? letter;
    if (ARABIC_LETTERS.includes(folded)) letters += folded;
  }
  return letters.replace(/ى(?=.)/g, 'ي');
}

/** Where every letter of this script stands that is read. */
const ARABIC = /[\u0600-\u077f]/;

const FOLDED: Readonly<Record<string, string>> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ٲ: 'ا',
  ؤ: 'و',
  ئ: 'ي',
  ی: 'ي',
  ے: 'ي',
  ې: 'ي',
  ۍ: 'ي',
  ێ: 'ي',
  ک: 'ك',
  ڪ: 'ك',
  ہ: 'ه',
  ە: 'ه',
  ھ: 'ه',
  ۀ: 'ه',
  ۂ: 'ه',
  ۃ: 'ة',
  ٹ: 'ت',
  ټ: 'ت',
  ڈ: 'د',
  ډ: 'د',
  ڑ: 'ر',
  ړ: 'ر',
  ں: 'ن',
  ڼ: 'ن',
  ۆ: 'و',
  ۇ: 'و',
  ۈ: 'و',
  ۋ: 'و',
  ڨ: 'گ',
  ڭ: 'گ',
  ݣ: 'گ',
  ګ: 'گ',
  ڥ: 'ڤ',
  ڢ: 'ف',
  ڧ: 'ق',
  ۏ: 'و',
  ښ: 'ش',
  ژ: 'ژ',
  ڕ: 'ر',
  ڵ: 'ل',
  ځ: 'ز',
  څ: 'ث',
  ږ: 'ژ',
};
