/** Legal forms in folded letters, a line for what is one form in several states and languages; several words stand as one with `_`. */
const FORMS = `
limited sarl sarlau sarl_au sarlu eurl sprl srl ltd limited ltda gmbh mbh bv bvba sl slu lda llc fzllc fz_llc wll spzoo doo ooo kft sro شذمم شمم ذمم ش_ذ_م_م ذ_م_م ش_م_م محدودة المحدودة مسؤولية_محدودة ذات_مسؤولية_محدودة ذات_المسؤولية_المحدودة
joint-stock sa sas sasu plc ag nv spa inc incorporated corp corporation jsc ojsc pjsc cjsc oao zao pao as ab asa oy oyj psc saoc saog kk شم ش_م شمل ش_م_ل شمع ش_م_ع ش_م_ك مساهمة المساهمة شركة_مساهمة مساهمة_مقفلة
partnership snc scs sca scsp gie llp lp kg ohg gbr sci cv se scoop ش_ت_ب تضامن شركة_تضامن توصية
free-zone fze fzco fzc dmcc offshore
sole-trader ets etablissement etablissements est establishment entreprise_individuelle auto_entrepreneur مؤسسة المؤسسة
association association assoc asso ngo ong ev foundation fondation fundacion stichting جمعية الجمعية منظمة المنظمة
`;

/** Words that say only that it is a company. */
const COMPANY =
  'company companies co cie compagnie societe ste societes sociedad societa gesellschaft shirka sharika charika شركة الشركة شركات';

const forms = new Map<string, string>();
for (const line of FORMS.trim().split('\n')) {
  const [form = '', ...spellings] = line.split(' ');
  for (const spelling of spellings) forms.set(spelling, form);
}
const company: ReadonlySet<string> = new Set(COMPANY.split(' '));
/** Words of the longest form. */
export const LONGEST_FORM = 4;

/** The class of a legal form, `limited` of `SARL`, `Ltd` and `ذ.م.م`; `company` of words that name none. */
export function legalFormOf(words: readonly string[]): string | undefined {
  const written = words.join('_');
  return forms.get(written) ?? (company.has(written) ? 'company' : undefined);
}
