import type { Words } from '@entente/protocol';
import type { RemarkReason } from './row-read.ts';

/** Why a row was not taken over, or not wholly, as an administrator reads it. */
export const remarkWords: Readonly<Record<RemarkReason, Words>> = {
  'row-malformed': { fr: 'ligne mal formée', ar: 'سطر غير سليم الشكل', en: 'the row is malformed' },
  'row-too-long': { fr: 'ligne trop longue', ar: 'سطر أطول من المسموح', en: 'the row is too long' },
  'id-missing': { fr: 'identifiant absent', ar: 'المعرّف غير موجود', en: 'the row has no id' },
  repeated: {
    fr: 'déjà présente plus haut dans le fichier',
    ar: 'ورد من قبل في الملف نفسه',
    en: 'it stands further up in the file already',
  },
  'nothing-to-compare': {
    fr: 'ni nom ni numéro à comparer',
    ar: 'لا اسم ولا رقم للمقارنة',
    en: 'neither a name nor a number to compare',
  },
  'kind-not-compared': {
    fr: 'ce genre d’entrée n’est pas comparé',
    ar: 'هذا النوع لا يُقارَن',
    en: 'entries of this kind are not compared',
  },
  'date-unread': {
    fr: 'reprise sans sa date, illisible',
    ar: 'أُخذ من دون تاريخه لتعذر قراءته',
    en: 'taken over without its date, which cannot be read',
  },
};
