import type { Words } from '../accord.ts';

/** Names of the values that the relation’s own acts choose from. */
export const relationChoiceWords: Readonly<Record<string, Words>> = {
  'choice.algorithm.ed25519': { fr: 'Ed25519', ar: 'Ed25519', en: 'Ed25519' },
  'choice.algorithm.p256': { fr: 'P-256', ar: 'P-256', en: 'P-256' },
  'choice.kind.passkey': {
    fr: 'Clé d’accès liée à un appareil',
    ar: 'مفتاح مرور مرتبط بجهاز',
    en: 'Device-bound passkey',
  },
  'choice.kind.synced-passkey': { fr: 'Clé d’accès synchronisée', ar: 'مفتاح مرور متزامن', en: 'Synced passkey' },
  'choice.kind.key-file': { fr: 'Fichier de clé', ar: 'ملف مفتاح', en: 'Key file' },
  'choice.reason.left': { fr: 'Départ', ar: 'مغادرة', en: 'Left' },
  'choice.reason.lost': { fr: 'Perte', ar: 'ضياع', en: 'Lost' },
  'choice.reason.replaced': { fr: 'Remplacement', ar: 'استبدال', en: 'Replaced' },
  'choice.reason.compromised': { fr: 'Compromission', ar: 'اختراق', en: 'Compromised' },
  'choice.direction.out': { fr: 'Envoi', ar: 'إرسال', en: 'Sending' },
  'choice.direction.in': { fr: 'Réception', ar: 'استقبال', en: 'Receiving' },
  'choice.setting.open': { fr: 'Ouverte', ar: 'مفتوح', en: 'Open' },
  'choice.setting.guarded': {
    fr: 'Gardée : second agent pour chaque envoi',
    ar: 'مراقب: موظف ثان لكل إرسال',
    en: 'Guarded: a second officer for every release',
  },
  'choice.setting.floor-only': { fr: 'Plancher seul', ar: 'الحد الأدنى فقط', en: 'Floor only' },
  'choice.setting.suspended': { fr: 'Suspendue', ar: 'معلق', en: 'Suspended' },
};
