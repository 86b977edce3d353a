import type { CliWord } from './words.en.ts';

export const wordsFr: Readonly<Record<CliWord, string>> = {
  usage: 'entente COMMANDE [OPTIONS]',
  options: '[OPTIONS]',
  'help-of-one': 'entente COMMANDE --help montre les options et des exemples.',
  examples: 'Exemples :',
  'say-act': 'Rédiger, signer et envoyer en une seule étape : {act}',
  'no-dossier': 'Aucun dossier.',
  'no-act': 'Aucun acte.',
  dossier: '{track} : {state} ; ouvert par {opener} le {opened}',
  'body-awaited': 'contenu attendu',
  'body-withheld': 'contenu retenu par la contrepartie',
  noted: 'noté, sans effet : {reason}',
  receipted: 'reçu le {time}',
  'no-receipt': 'pas encore de reçu',
  review: 'Examen avant le {due} : {type} {act} est passé par le plancher sans {gates} : entente review close',
  'review-late':
    'EN RETARD, examen avant le {due} : {type} {act} est passé par le plancher sans {gates} : entente review close',
  'possible-match': 'rapprochement possible',
  'possible-matches': '{count} rapprochements possibles',
};
