const scripts: Readonly<Record<string, RegExp>> = {
  Latn: /\p{Script=Latin}/u,
  Arab: /\p{Script=Arabic}/u,
  Tfng: /\p{Script=Tifinagh}/u,
  Cyrl: /\p{Script=Cyrillic}/u,
  Grek: /\p{Script=Greek}/u,
  Hebr: /\p{Script=Hebrew}/u,
  Hans: /\p{Script=Han}/u,
};

/** The ISO 15924 code of the script of a name's first letter. */
export function scriptOf(name: string): string {
  const letter = /\p{L}/u.exec(name)?.[0] ?? '';
  return Object.entries(scripts).find(([, pattern]) => pattern.test(letter))?.[0] ?? 'Other';
}
