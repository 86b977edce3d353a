import type { Words } from '../accord.ts';

/** Words of the acts of blind checks. */
export const blindWords: Readonly<Record<string, Words>> = {
  'act.blind-key': { fr: 'Clé de vérification aveugle', ar: 'مفتاح التحقق المعمى', en: 'Key for blind checks' },
  'act.blind-set': { fr: 'Ensemble aveugle publié', ar: 'نشر مجموعة معماة', en: 'Blind set published' },
  'act.blind-query': { fr: 'Vérification aveugle demandée', ar: 'طلب تحقق معمى', en: 'Blind check asked' },
  'act.blind-answer': { fr: 'Vérification aveugle répondue', ar: 'جواب تحقق معمى', en: 'Blind check answered' },
  'act.blind-refusal': { fr: 'Vérification aveugle refusée', ar: 'رفض تحقق معمى', en: 'Blind check refused' },
  'field.purpose': { fr: 'Finalité', ar: 'الغرض', en: 'Purpose' },
  'field.blindKey': { fr: 'Clé publique aveugle', ar: 'المفتاح العام المعمى', en: 'Public key of blind checks' },
  'field.pages': { fr: 'Pages', ar: 'الصفحات', en: 'Pages' },
  'field.set': { fr: 'Ensemble interrogé', ar: 'المجموعة المستعلم عنها', en: 'Set queried' },
  'field.elements': { fr: 'Éléments aveuglés', ar: 'العناصر المعماة', en: 'Blinded elements' },
  'field.query': { fr: 'Demande', ar: 'الطلب', en: 'Query' },
  'field.proof': { fr: 'Preuve', ar: 'الإثبات', en: 'Proof' },
  'field.blindReason': { fr: 'Motif du refus', ar: 'سبب الرفض', en: 'Reason of refusal' },
  'choice.blindReason.purpose-not-agreed': {
    fr: 'Finalité non prévue par l’accord',
    ar: 'غرض غير وارد في الاتفاق',
    en: 'Purpose not in the accord',
  },
  'choice.blindReason.lane-closed': { fr: 'Voie fermée', ar: 'المسار مغلق', en: 'Lane closed' },
  'choice.blindReason.set-not-current': {
    fr: 'Ensemble ou clé remplacés',
    ar: 'المجموعة أو المفتاح مستبدلان',
    en: 'Set or key replaced',
  },
  'choice.blindReason.elements-miscounted': {
    fr: 'Nombre d’éléments autre que convenu',
    ar: 'عدد العناصر غير المتفق عليه',
    en: 'Another number of elements than agreed',
  },
  'choice.blindReason.element-malformed': {
    fr: 'Élément illisible',
    ar: 'عنصر غير مقروء',
    en: 'An element cannot be read',
  },
  'choice.blindReason.element-identity': { fr: 'Élément neutre', ar: 'عنصر محايد', en: 'An element is the identity' },
  'choice.blindReason.query-repeated': { fr: 'Demande répétée', ar: 'طلب مكرر', en: 'Query repeated' },
  'choice.blindReason.budget-exhausted': { fr: 'Quota épuisé', ar: 'استنفاد الحصة', en: 'Budget exhausted' },
};
