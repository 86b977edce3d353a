import { commonActs, relationTrack } from '@entente/protocol';
import type { Words } from '@entente/protocol';

/** Words for the acts that may be said in a dossier of any track; each track carries them with its own. */
export const commonWords: Readonly<Record<string, Words>> = {
  ...Object.fromEntries(commonActs.flatMap(({ name }) => named(`act.${name}`))),
  'field.explanation': { fr: 'Explication', ar: 'التوضيح', en: 'Explanation given' },
  'choice.ground.error': { fr: 'Erreur', ar: 'خطأ', en: 'Error' },
  'choice.ground.outdated': { fr: 'Donnée périmée', ar: 'معطى متجاوز', en: 'Outdated' },
  'choice.ground.court-order': { fr: 'Décision de justice', ar: 'قرار قضائي', en: 'Court order' },
  'choice.ground.data-subject': {
    fr: 'Droit de la personne concernée',
    ar: 'حق الشخص المعني',
    en: 'Right of the data subject',
  },
  'choice.ground.source-at-risk': { fr: 'Source en danger', ar: 'مصدر في خطر', en: 'Source at risk' },
  'choice.ground.retention-ended': {
    fr: 'Durée de conservation échue',
    ar: 'انقضاء مدة الاحتفاظ',
    en: 'Retention ended',
  },
  'choice.ground.sent-by-mistake': { fr: 'Transmission par erreur', ar: 'إرسال عن طريق الخطأ', en: 'Sent by mistake' },
  'choice.answer.acknowledged': { fr: 'Rappel pris en compte', ar: 'تم أخذ العلم', en: 'Acknowledged' },
  'choice.answer.purged': { fr: 'Purgé', ar: 'تم التطهير', en: 'Purged' },
  'choice.answer.erased': { fr: 'Effacé', ar: 'تم المحو', en: 'Erased' },
  'choice.answer.partly-erased': { fr: 'Effacé en partie', ar: 'تم المحو جزئيا', en: 'Erased in part' },
  'choice.answer.refused': { fr: 'Refusé', ar: 'مرفوض', en: 'Refused' },
};

/** The acts' own names stand with the relation's. */
function named(key: string): readonly (readonly [string, Words])[] {
  const words = relationTrack.words[key];
  return words === undefined ? [] : [[key, words]];
}
