import type { CliWord } from './words.en.ts';

export const wordsAr: Readonly<Record<CliWord, string>> = {
  usage: 'entente أمر [خيارات]',
  options: '[خيارات]',
  'help-of-one': 'لعرض الخيارات والأمثلة: entente أمر --help',
  examples: 'أمثلة:',
  'say-act': 'تحرير وتوقيع وإرسال في خطوة واحدة: {act}',
  'no-dossier': 'لا يوجد أي ملف.',
  'no-act': 'لا يوجد أي عمل.',
  dossier: '{track}: {state}؛ فتحه {opener} في {opened}',
  'body-awaited': 'المضمون منتظَر',
  'body-withheld': 'المضمون محجوب من الطرف المقابل',
  noted: 'مُسجَّل دون أثر: {reason}',
  receipted: 'ثبت الاستلام في {time}',
  'no-receipt': 'لم يثبت الاستلام بعد',
  review: 'مراجعة قبل {due}: مرّ {type} {act} بالحد الأدنى دون {gates}: entente review close',
  'review-late': 'متأخرة، مراجعة قبل {due}: مرّ {type} {act} بالحد الأدنى دون {gates}: entente review close',
  'possible-match': 'تطابق محتمل',
  'possible-matches': 'تطابقات محتملة: {count}',
};
