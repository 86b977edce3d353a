import type { Words } from '../accord.ts';
import { relationChoiceWords } from './choice-words.ts';
import { blindWords } from './blind-words.ts';
import { relationFieldWords } from './field-words.ts';

/** Words of the relation's own acts, by `act.<type>`, `field.<field>` and `choice.<field>.<value>`. */
export const relationWords: Readonly<Record<string, Words>> = {
  track: { fr: 'Relation', ar: 'العلاقة', en: 'Relation' },
  'act.heads': { fr: 'Accusé de lecture des journaux', ar: 'إشعار بالاطلاع على السجلات', en: 'Receipt' },
  'act.exercise': { fr: 'Essai de liaison', ar: 'اختبار الاتصال', en: 'Exercise' },
  'act.sealing-key': { fr: 'Nouvelle clé de scellement', ar: 'مفتاح ختم جديد', en: 'New sealing key' },
  'act.re-seal': { fr: 'Demande de nouveau scellement', ar: 'طلب إعادة الختم', en: 'Request to seal again' },
  'act.express-receipt': { fr: 'Accusé d’un envoi exprès', ar: 'إشعار باستلام إرسال عاجل', en: 'Express receipt' },
  'act.attachment-receipt': {
    fr: 'Accusé de réception d’une pièce',
    ar: 'إشعار باستلام مرفق',
    en: 'Attachment received',
  },
  'act.digest': { fr: 'Empreinte de l’état', ar: 'بصمة الحالة', en: 'State digest' },
  'act.officer-key': { fr: 'Clé d’un agent', ar: 'مفتاح موظف', en: 'Officer key' },
  'act.officer-revoke': { fr: 'Clé d’un agent révoquée', ar: 'إلغاء مفتاح موظف', en: 'Officer key revoked' },
  'act.clock-override': { fr: 'Horloge décalée admise', ar: 'السماح رغم انحراف الساعة', en: 'Clock override' },
  'act.freeze': { fr: 'Clé gelée', ar: 'تجميد مفتاح', en: 'Key frozen' },
  'act.lane': { fr: 'Réglage d’une voie', ar: 'ضبط مسار', en: 'Lane setting' },
  'act.accord-proposal': { fr: 'Proposition d’accord', ar: 'اقتراح اتفاق', en: 'Accord proposed' },
  'act.accord-acceptance': { fr: 'Acceptation d’un accord', ar: 'قبول اتفاق', en: 'Accord accepted' },
  'act.keyset': { fr: 'Nouveau jeu de clés', ar: 'مجموعة مفاتيح جديدة', en: 'New keyset' },
  'act.epoch-notice': { fr: 'Nouvelle époque du canal', ar: 'حقبة جديدة للقناة', en: 'New epoch' },
  'act.compromise-notice': { fr: 'Avis de compromission', ar: 'إشعار باختراق', en: 'Compromise notice' },
  'act.confirmation': { fr: 'Confirmation d’actes suspects', ar: 'تأكيد أعمال مشبوهة', en: 'Suspect acts confirmed' },
  ...relationFieldWords,
  ...blindWords,
  ...relationChoiceWords,
};
