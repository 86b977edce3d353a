import type { Words } from '@entente/protocol';
import type { DraftFault } from './check-draft.ts';

/** What an officer reads beside a faulty place of a draft. */
export const draftFaultWords: Readonly<Record<DraftFault['code'], Words>> = {
  'field-missing': {
    fr: 'Cette mention est obligatoire.',
    ar: 'هذا البيان إلزامي.',
    en: 'This element is mandatory.',
  },
  'field-unknown': {
    fr: 'Cette mention n’est pas prévue pour cet acte.',
    ar: 'هذا البيان غير منصوص عليه في هذا الإجراء.',
    en: 'This element is not provided for in this act.',
  },
  'field-malformed': {
    fr: 'Cette mention n’a pas la forme attendue.',
    ar: 'صيغة هذا البيان غير مطابقة للمطلوب.',
    en: 'This element does not have the expected form.',
  },
  'text-invisible-characters': {
    fr: 'Le texte contient des caractères invisibles.',
    ar: 'يتضمن النص رموزا غير مرئية.',
    en: 'The text contains invisible characters.',
  },
  'too-large': {
    fr: 'Cette mention dépasse la taille admise.',
    ar: 'يتجاوز هذا البيان الحجم المسموح به.',
    en: 'This element exceeds the permitted size.',
  },
  'act-type-unknown': {
    fr: 'Ce type d’acte n’existe pas dans cette filière.',
    ar: 'هذا النوع من الإجراءات غير موجود في هذا المسار.',
    en: 'This type of act does not exist in this track.',
  },
  'legal-basis-missing': {
    fr: 'La base juridique du transfert doit être indiquée.',
    ar: 'يتعين بيان الأساس القانوني لنقل المعطيات.',
    en: 'The legal basis of the transfer must be stated.',
  },
  'purpose-code-missing': {
    fr: 'Des données transmises relèvent au moins du code H0.',
    ar: 'تخضع المعطيات المرسلة للرمز H0 على الأقل.',
    en: 'Transmitted data fall at least under code H0.',
  },
  'handling-looser-than-item': {
    fr: 'Le code de l’acte est moins strict que celui d’un de ses éléments.',
    ar: 'رمز الإجراء أقل تشددا من رمز أحد عناصره.',
    en: 'The code of the act is less strict than that of one of its items.',
  },
};
