import type { Party } from './parties.ts';

/** A name in both scripts. */
interface Name {
  readonly Latn: string;
  readonly Arab: string;
}

export interface Place {
  readonly name: string;
  readonly country: 'FRA' | 'MAR';
  readonly latitude: number;
  readonly longitude: number;
}

/** What a dossier is about: made up whole, the same at each run for the same number. */
export interface Lead {
  readonly number: number;
  readonly crimeArea: string;
  readonly purpose: string;
  readonly isUrgent: boolean;
  readonly family: Name;
  readonly given: Name;
  readonly born: string;
  readonly from: Place;
  readonly to: Place;
  readonly telephone: string;
  readonly plate: string;
  readonly account: string;
  readonly matter: string;
}

/** Families that nobody bears, so far as we could find. */
const families: readonly Name[] = [
  { Latn: 'Berrazouk', Arab: 'برازوق' },
  { Latn: 'Taghzirt-Amal', Arab: 'تاغزيرت أمل' },
  { Latn: 'Vauquelande', Arab: 'فوكلاند' },
  { Latn: 'Oumazzine', Arab: 'أومازين' },
  { Latn: 'Delacombière', Arab: 'دولاكومبيير' },
  { Latn: 'Zerwalani', Arab: 'زروالاني' },
  { Latn: 'Montreuillard', Arab: 'مونترويار' },
  { Latn: 'Aït Tamghart', Arab: 'آيت تامغارت' },
  { Latn: 'Brissonneau-Faye', Arab: 'بريسونو فاي' },
  { Latn: 'Lahsaïnioui', Arab: 'لحسينيوي' },
  { Latn: 'Castagnevert', Arab: 'كاستانيفير' },
];
const givens: readonly Name[] = [
  { Latn: 'Karim', Arab: 'كريم' },
  { Latn: 'Nadia', Arab: 'نادية' },
  { Latn: 'Mathieu', Arab: 'ماتيو' },
  { Latn: 'Yassine', Arab: 'ياسين' },
  { Latn: 'Hélène', Arab: 'إيلين' },
  { Latn: 'Driss', Arab: 'إدريس' },
  { Latn: 'Soukaina', Arab: 'سكينة' },
];
const french: readonly Place[] = [
  { name: 'Lyon, gare de la Part-Dieu', country: 'FRA', latitude: 45.7606, longitude: 4.8596 },
  { name: 'Marseille, port', country: 'FRA', latitude: 43.3131, longitude: 5.3622 },
  { name: 'Sète, gare maritime', country: 'FRA', latitude: 43.3972, longitude: 3.7009 },
  { name: 'Lille, Euralille', country: 'FRA', latitude: 50.6372, longitude: 3.0754 },
  { name: 'Perpignan, péage du Boulou', country: 'FRA', latitude: 42.5235, longitude: 2.8333 },
];
const moroccan: readonly Place[] = [
  { name: 'Tanger Med, terminal passagers', country: 'MAR', latitude: 35.8893, longitude: -5.5007 },
  { name: 'Nador, port de Beni Ansar', country: 'MAR', latitude: 35.2717, longitude: -2.9278 },
  { name: 'Casablanca, gare des voyageurs', country: 'MAR', latitude: 33.5903, longitude: -7.5919 },
  { name: 'Agadir, zone portuaire', country: 'MAR', latitude: 30.4243, longitude: -9.6291 },
];

const matters: readonly { readonly crimeArea: string; readonly purpose: string; readonly matter: string }[] = [
  {
    crimeArea: 'drugs',
    purpose: 'investigation',
    matter: 'transport de résine de cannabis dans des pièces de carrosserie',
  },
  { crimeArea: 'terrorism', purpose: 'prevention', matter: 'achats répétés de précurseurs sous de faux noms' },
  {
    crimeArea: 'organised-crime',
    purpose: 'investigation',
    matter: 'extorsion de commerçants par un groupe itinérant',
  },
  { crimeArea: 'firearms', purpose: 'detection', matter: 'armes neutralisées remises en état, vendues par lots' },
  {
    crimeArea: 'migrant-smuggling',
    purpose: 'investigation',
    matter: 'passages organisés dans des véhicules frigorifiques',
  },
  {
    crimeArea: 'money-laundering',
    purpose: 'investigation',
    matter: 'compensations d’espèces par deux bureaux de change',
  },
  { crimeArea: 'cybercrime', purpose: 'investigation', matter: 'faux ordres de virement adressés à des coopératives' },
  { crimeArea: 'fraud', purpose: 'investigation', matter: 'locations saisonnières qui n’existent pas' },
  {
    crimeArea: 'missing-person',
    purpose: 'missing-person',
    matter: 'disparition d’un étudiant, dernier appel depuis la gare',
  },
  { crimeArea: 'homicide', purpose: 'investigation', matter: 'homicide : un témoin aurait quitté le territoire' },
  {
    crimeArea: 'human-trafficking',
    purpose: 'protection-of-life',
    matter: 'fausses promesses d’emploi dans l’hôtellerie',
  },
];

/** The lead of that number as seen from the party that opens the dossier. */
export function inventLead(number: number, opener: Party): Lead {
  const { crimeArea, purpose, matter } = pick(matters, number);
  const [here, there] = opener === 'fr' ? [french, moroccan] : [moroccan, french];
  const four = String((number * 7919) % 10_000).padStart(4, '0');
  return {
    number,
    crimeArea,
    purpose,
    matter,
    isUrgent: number % 4 === 0,
    family: pick(families, number * 5 + 2),
    given: pick(givens, number * 3 + 1),
    born: `${1961 + ((number * 13) % 42)}-${String(1 + (number % 12)).padStart(2, '0')}`,
    from: pick(here, number),
    to: pick(there, number),
    // +33 6 39 98 is kept for fiction by the French numbering plan; no subscriber of Morocco has 00 after the 6.
    telephone: opener === 'fr' ? `+33 6 39 98 ${four.slice(0, 2)} ${four.slice(2)}` : `+212 600 00 ${four}`,
    plate: opener === 'fr' ? `WW-${four.slice(1)}-ZZ` : `${four}9 - W - 00`,
    account: `XX00 DEMO 0000 ${four}`,
  };
}

function pick<T>(list: readonly T[], number: number): T {
  const found = list[number % list.length];
  if (found === undefined) throw new Error('an empty list');
  return found;
}
