/** What commands say in plain output, in English; `{…}` is filled in. The other languages have the same keys. */
export const wordsEn = {
  usage: 'entente COMMAND [OPTIONS]',
  options: '[OPTIONS]',
  'help-of-one': 'entente COMMAND --help shows options and examples.',
  examples: 'Examples:',
  'say-act': 'Draw up, sign and send in one step: {act}',
  'no-dossier': 'No dossier.',
  'no-act': 'No act.',
  dossier: '{track}: {state}; opened by {opener} {opened}',
  'body-awaited': 'content awaited',
  'body-withheld': 'content withheld',
  noted: 'noted: {reason}',
  receipted: 'receipted {time}',
  'no-receipt': 'no receipt yet',
  review: 'Review until {due}: {type} {act} passed by the floor without {gates}: entente review close',
  'review-late': 'LATE, review until {due}: {type} {act} passed by the floor without {gates}: entente review close',
  'possible-match': 'possible match',
  'possible-matches': '{count} possible matches',
} as const;

export type CliWord = keyof typeof wordsEn;
