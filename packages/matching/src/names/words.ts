/** Parts of a name that say how the others hang together, in folded letters. */

/** `son of`, `daughter of`: they open the next link of a patronymic chain. */
export const LINKS: ReadonlySet<string> = new Set(
  (
    'ben bin ibn bint bent b bt ibnu ould wuld uld weld walad mint oglu ogly ugli uulu qizi kyzy ap zade ' +
    'بن ابن بنت ولد منت اوغلو'
  ).split(' '),
);

/** Articles and noble particles: dropped on one side as often as kept on the other. */
export const ARTICLES: ReadonlySet<string> = new Set(
  (
    'al el ul ur ud us ur as ash esh es er ed en an at et az ez il de del della di da dos das do du des la le les lo los las ' +
    'van von vom vander der den ter ten zu zur af av y e i of the na ال آل'
  ).split(' '),
);

/** Ranks, trades and forms of address, which nobody is born with. */
export const HONORIFICS: ReadonlySet<string> = new Set(
  (
    'mr mrs ms miss dr prof professor sir dame lord monsieur madame mme mlle sr sra srta don dona herr frau eng ing ir me maitre ' +
    'hon rt gen general col colonel maj major capt captain cap lt lieutenant sgt brigadier admiral commander cdt president ' +
    'minister deputy senator rep jr sr ii iii iv phd md mp msi se sh mba esq sa llc ltd ' +
    'دكتور الدكتور د السيد السيدة الاستاذ اللواء العقيد العميد المهندس المحامي الرئيس'
  ).split(' '),
);

/** Also given names, or worn for life: kept, but they weigh little. */
export const STYLES: ReadonlySet<string> = new Set(
  (
    'haji hadji hajji hadj hajj haj alhaj elhadj elhadji alhaji sheikh shaikh shaykh cheikh chekh sheik shekh shaik mullah mulla molla ' +
    'mawlawi maulavi molavi mawlavi maulawi moulvi mohlawi qari qary kari hafiz hafez akhund akhond sayyid sayid sayed sayyed seyed seyyed ' +
    'syed said sidi sid si moulay mulay mawlay lalla bey beg bek khan agha aqa jan mirza ustad ustaz ustadh emir amir ayatollah hojatoleslam imam ' +
    'الحاج حاج حاجي شيخ الشيخ ملا مولوي قاري حافظ آخند سيد سي سيدي مولاي لالة خان آغا جان ميرزا استاذ امير الامير آية الامام امام'
  ).split(' '),
);
