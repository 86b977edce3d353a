import type { EvidenceTerm } from '@entente/matching';
import type { Language, Words } from '@entente/protocol';

/** What a comparison found, as an officer reads it; a test holds this to the findings of packages/matching. */
const says: Readonly<Record<EvidenceTerm['about'], Readonly<Record<string, Words>>>> = {
  prior: {
    prior: {
      fr: 'point de départ : deux noms rapprochés pour leur ressemblance désignent rarement une même personne',
      ar: 'نقطة الانطلاق: نادرا ما يدل اسمان متشابهان على شخص واحد',
      en: 'where it starts: two names picked for their likeness are seldom one person',
    },
    'organisations-prior': {
      fr: 'point de départ : deux noms qui partagent un mot désignent rarement une même organisation ; règle fixée à la main',
      ar: 'نقطة الانطلاق: نادرا ما يدل اسمان يشتركان في كلمة على منظمة واحدة، والقاعدة موضوعة يدويا',
      en: 'where it starts: two names that share a word are seldom one organisation; a rule set by hand',
    },
  },
  name: {
    'words-agree': {
      fr: 'des mots du nom concordent ; plus ils sont rares, plus cela pèse',
      ar: 'كلمات من الاسم تتطابق، وكلما ندرت زاد وزنها',
      en: 'words of the name agree; the rarer, the more it weighs',
    },
    'words-left-over': {
      fr: 'des mots du nom restent sans pendant',
      ar: 'كلمات من الاسم تبقى بلا مقابل',
      en: 'words of the name are left without a counterpart word',
    },
    'trade-words-agree': {
      fr: 'un mot courant d’activité ou de pays concorde, ce qui pèse peu',
      ar: 'كلمة شائعة عن النشاط أو البلد تتطابق، ووزنها قليل',
      en: 'a common word of trade or country agrees, which weighs little',
    },
    'same-legal-form': {
      fr: 'la même forme juridique, ou son équivalent dans l’autre État',
      ar: 'الشكل القانوني نفسه أو ما يعادله في الدولة الأخرى',
      en: 'the same legal form, or its like in the other state',
    },
    'other-legal-form': { fr: 'une autre forme juridique', ar: 'شكل قانوني آخر', en: 'another legal form' },
    acronym: {
      fr: 'l’un des noms est le sigle de l’autre',
      ar: 'أحد الاسمين اختصار للآخر بالأحرف الأولى',
      en: 'one name is the initials of the other',
    },
    'given-name': { fr: 'les prénoms', ar: 'الأسماء الشخصية', en: 'the given names' },
    'family-name': { fr: 'les noms de famille', ar: 'الأسماء العائلية', en: 'the family names' },
    'form-of-name': {
      fr: 'la forme du nom : ordre, écriture, initiales, mots joints',
      ar: 'صورة الاسم: الترتيب والخط والأحرف الأولى ووصل الكلمات',
      en: 'the form of the name: order, script, initials, joined words',
    },
  },
  birth: {
    'same-day': { fr: 'nés le même jour', ar: 'يوم الميلاد نفسه', en: 'born on the same day' },
    'same-day-january-1': {
      fr: 'nés le même 1er janvier, date souvent mise faute de mieux',
      ar: 'أول يناير نفسه، وهو تاريخ كثيرا ما يُكتب عند الجهل بغيره',
      en: 'born on the same 1 January, a date often put for want of another',
    },
    'day-month-swapped': {
      fr: 'même date, jour et mois intervertis',
      ar: 'التاريخ نفسه مع قلب اليوم والشهر',
      en: 'the same date with day and month swapped',
    },
    'day-before-or-after': { fr: 'nés à un jour près', ar: 'فرق يوم واحد في الميلاد', en: 'born a day apart' },
    'one-figure-differs': {
      fr: 'même date à un chiffre près',
      ar: 'التاريخ نفسه مع اختلاف رقم واحد',
      en: 'the same date but for one figure',
    },
    'presumed-january-1': {
      fr: 'même année, dont un 1er janvier sans doute présumé',
      ar: 'السنة نفسها، وأحد التاريخين أول يناير يرجح أنه مفترض',
      en: 'the same year, one a 1 January that is probably presumed',
    },
    'same-month': { fr: 'nés le même mois', ar: 'شهر الميلاد نفسه', en: 'born in the same month' },
    'same-year': { fr: 'nés la même année', ar: 'سنة الميلاد نفسها', en: 'born in the same year' },
    'within-range': {
      fr: 'naissance comprise dans les années indiquées',
      ar: 'الميلاد ضمن السنوات المذكورة',
      en: 'born within the years given',
    },
    'about-same-year': { fr: 'nés vers la même année', ar: 'الميلاد نحو السنة نفسها', en: 'born about the same year' },
    'same-day-other-year': {
      fr: 'même jour et même mois d’une autre année',
      ar: 'اليوم والشهر نفسهما من سنة أخرى',
      en: 'the same day and month of another year',
    },
    'same-year-other-day': {
      fr: 'même année, autre jour',
      ar: 'السنة نفسها ويوم آخر',
      en: 'the same year, another day',
    },
    'years-1': { fr: 'nés à un an d’écart', ar: 'فرق سنة في الميلاد', en: 'born a year apart' },
    'years-2': { fr: 'nés à deux ans d’écart', ar: 'فرق سنتين في الميلاد', en: 'born two years apart' },
    'years-3-to-5': {
      fr: 'nés à trois à cinq ans d’écart',
      ar: 'فرق ثلاث إلى خمس سنوات في الميلاد',
      en: 'born three to five years apart',
    },
    'years-6-or-more': {
      fr: 'nés à six ans d’écart ou plus',
      ar: 'فرق ست سنوات أو أكثر في الميلاد',
      en: 'born six years apart or more',
    },
    missing: {
      fr: 'l’un des deux ne dit rien de la naissance',
      ar: 'أحد الطرفين لا يذكر الميلاد',
      en: 'one side says nothing of the birth',
    },
  },
  birthplace: {
    'same-place': { fr: 'nés au même endroit', ar: 'مكان الميلاد نفسه', en: 'born in the same place' },
    'part-of-place': {
      fr: 'un lieu de naissance contient l’autre',
      ar: 'أحد مكاني الميلاد جزء من الآخر',
      en: 'one place of birth is part of the other',
    },
    'other-place': { fr: 'nés ailleurs', ar: 'مكان ميلاد آخر', en: 'born elsewhere' },
    missing: {
      fr: 'l’un des deux ne dit pas où',
      ar: 'أحد الطرفين لا يذكر المكان',
      en: 'one side does not say where',
    },
  },
  document: {
    'same-number-checked': {
      fr: 'le même numéro, et sa clé de contrôle est juste',
      ar: 'الرقم نفسه، ورقم التحقق فيه صحيح',
      en: 'the same number, and its check digit is right',
    },
    'same-number': { fr: 'le même numéro', ar: 'الرقم نفسه', en: 'the same number' },
    'same-but-for-scanning': {
      fr: 'le même numéro, aux confusions de lecture près',
      ar: 'الرقم نفسه مع التباس في القراءة الآلية',
      en: 'the same number but for what machines misread',
    },
    'same-number-check-fails': {
      fr: 'le même numéro, mais sa clé de contrôle est fausse : sans doute mal écrit',
      ar: 'الرقم نفسه، لكن رقم التحقق فيه خاطئ: يرجح أنه كُتب خطأ',
      en: 'the same number, but its check digit is wrong: probably miswritten',
    },
    'probably-miswritten': {
      fr: 'à une faute près le même numéro ; l’un des deux ne passe pas le contrôle de sa clé : sans doute mal écrit',
      ar: 'الرقم نفسه مع فارق خطأ واحد، وأحدهما لا يجتاز رقم التحقق: يرجح أنه كُتب خطأ',
      en: 'the same number but for one slip; one of the two fails its check digit and is probably miswritten',
    },
    'one-place-differs': {
      fr: 'le même numéro à un signe près',
      ar: 'الرقم نفسه مع اختلاف علامة واحدة',
      en: 'the same number but for one character',
    },
    'other-number': {
      fr: 'un autre numéro ; un document se renouvelle',
      ar: 'رقم آخر، والوثائق تُجدَّد',
      en: 'another number; documents are renewed',
    },
    'other-number-checked': {
      fr: 'deux numéros voisins, mais la clé de chacun est juste : ce sont deux numéros',
      ar: 'رقمان متقاربان، لكن رقم التحقق صحيح في كل منهما: هما رقمان مختلفان',
      en: 'numbers close to each other, but the check digit of each is right: they are two numbers',
    },
    missing: {
      fr: 'l’un des deux n’indique aucun numéro',
      ar: 'أحد الطرفين لا يذكر أي رقم',
      en: 'one side gives no number',
    },
  },
  sex: {
    'same-sex': { fr: 'le même sexe', ar: 'الجنس نفسه', en: 'the same sex' },
    'other-sex': { fr: 'l’autre sexe', ar: 'الجنس الآخر', en: 'the other sex' },
  },
};

const abouts = Object.keys(says) as readonly EvidenceTerm['about'][];

/** The words for what was found; the finding's own name where nobody has put it in words. */
export function sayTerm({ about, finding }: Pick<EvidenceTerm, 'about' | 'finding'>, language: Language): string {
  return says[about][finding]?.[language] ?? finding;
}

/** All that has words. */
export function findingsWithWords(): readonly Pick<EvidenceTerm, 'about' | 'finding'>[] {
  return abouts.flatMap((about) => Object.keys(says[about]).map((finding) => ({ about, finding })));
}
