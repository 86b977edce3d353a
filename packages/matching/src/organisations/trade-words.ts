/** Words that thousands of organisations bear, a line for one meaning in several languages, in folded letters without an article. */
const WORDS = `
trading trade commerce commercial commerciale comercio handel negoce تجارة تجاري تجارية
general generale generales generaux generals عام عامة
import imports importation استيراد
export exports exportation تصدير
importexport impex
international internationale intl internacional دولي دولية عالمي عالمية
national nationale وطني وطنية
group groupe grupo gruppe مجموعة
holding holdings قابضة
services service servicios خدمات
transport transports transportation transportes نقل
logistics logistique logistica logistic لوجستيك لوجستية
shipping maritime navigation ملاحة بحرية بحري شحن
construction constructions batiment building construccion بناء تعمير انشاءات
engineering ingenierie هندسة هندسي هندسية
industry industries industrie industriel industrielle industrial صناعة صناعات صناعي صناعية
investment investments investissement investissements inversiones استثمار استثمارات
development developpement تنمية تطوير
consulting consultants conseil conseils consultancy استشارات
agency agence agencia وكالة
travel travels voyage voyages viajes سفر اسفار
tourism tourisme turismo سياحة
bank banque banco بنك مصرف
exchange change صرافة صرف
finance financial financiere financier تمويل مالية
insurance assurance assurances تامين
food foods alimentation alimentaire agroalimentaire اغذية غذائية مواد_غذائية
agriculture agricole agricultural agri فلاحة فلاحي زراعة زراعية
fishing peche pesca صيد
car cars auto autos automobile automobiles motors سيارات
electronics electronic electronique الكترونيات
telecom telecoms telecommunications communication communications اتصالات
technology technologies technologie tech تكنولوجيا تقنية
digital numerique رقمي رقمية
energy energie طاقة
oil petrole petroleum نفط بترول
gas gaz غاز
gold or oro ذهب
metal metals metaux معادن
textile textiles نسيج
distribution توزيع
equipment equipement equipements معدات تجهيزات
office bureau cabinet مكتب
centre center central مركز
house maison dar دار
new nouveau nouvelle nueva جديد جديدة
brothers freres hermanos bros اخوان
sons fils hijos اولاد ابناء
partners associes partenaires شركاء
charity charitable bienfaisance caritative خيري خيرية
relief secours humanitarian humanitaire اغاثة انسانية
maroc morocco maruecos marruecos marocain marocaine moroccan مغرب مغربي مغربية
france francais francaise french فرنسا فرنسي فرنسية
algerie algeria algerien algerienne جزائر جزائري جزائرية
tunisie tunisia tunisien تونس تونسي تونسية
espagne spain espana espagnol اسبانيا
dubai doubai dubay دبي
emirates emirats uae امارات
africa afrique african africain africaine افريقيا افريقي افريقية
arab arabe arabian عربي عربية
europe european europeen europeenne اوروبا اوروبي اوروبية
casablanca بيضاء
`;

/** Words that tell nothing of their own. */
const FUNCTIONS =
  'de du des la le les el al l d et and the of for pour y e und der die das di da do del della und en in et a و في من ben bin ibn bint ould بن ابن بنت ولد';

const classes = new Map<string, number>();
for (const [number, line] of WORDS.trim().split('\n').entries())
  for (const word of line.split(' ')) classes.set(word, number);
const functions: ReadonlySet<string> = new Set(FUNCTIONS.split(' '));

/** The meaning that a word of trade shares with others, by its line; undefined for a word that names. */
export function tradeWordOf(letters: string): number | undefined {
  return classes.get(letters) ?? classes.get(withoutArticle(letters));
}

export function isFunctionWord(letters: string): boolean {
  return functions.has(letters);
}

/** Arabic glues article, *and* and *for* to the word: `للتجارة`, `والخدمات`. */
export function withoutArticle(letters: string): string {
  return letters.replace(/^(?:و?ال|و?لل|بال|و(?=..ا?))(?=..)/, '');
}
