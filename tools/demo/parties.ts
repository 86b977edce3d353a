import { join } from 'node:path';

export type Party = 'fr' | 'ma';
export const parties: readonly Party[] = ['fr', 'ma'];
export const relation = 'fr-ma';

export interface DemoOfficer {
  readonly name: string;
  /** As the counterpart reads it. */
  readonly function: string;
  readonly role: 'officer' | 'head-of-desk';
}

/** A party of the demonstration. Services and persons are invented. */
export interface DemoParty {
  readonly id: Party;
  readonly name: { readonly fr: string; readonly ar: string; readonly en: string };
  readonly country: string;
  readonly zone: string;
  /** Two at least: no dossier may depend on one person. The first signs what the demonstration says. */
  readonly officers: readonly [DemoOfficer, DemoOfficer];
}

export const demoParties: Readonly<Record<Party, DemoParty>> = {
  fr: {
    id: 'fr',
    name: {
      fr: 'France, Office de coopération (données inventées)',
      ar: 'فرنسا، مكتب التعاون (بيانات وهمية)',
      en: 'France, Cooperation Office (invented data)',
    },
    country: 'FR',
    zone: 'Europe/Paris',
    officers: [
      { name: 'Claire Vasselin', function: 'duty-officer', role: 'officer' },
      { name: 'Julien Mortefeuille', function: 'head-of-desk', role: 'head-of-desk' },
    ],
  },
  ma: {
    id: 'ma',
    name: {
      fr: 'Maroc, Bureau de coopération (données inventées)',
      ar: 'المغرب، مكتب التعاون (بيانات وهمية)',
      en: 'Morocco, Cooperation Bureau (invented data)',
    },
    country: 'MA',
    zone: 'Africa/Casablanca',
    officers: [
      { name: 'Salma Bennourane', function: 'duty-officer', role: 'officer' },
      { name: 'Idriss Tazerwalt', function: 'head-of-desk', role: 'head-of-desk' },
    ],
  },
};

export function other(party: Party): Party {
  return party === 'fr' ? 'ma' : 'fr';
}

/** Where a party's station lives, below the folder of the demonstration. */
export function homeOf(folder: string, party: Party): string {
  return join(folder, party);
}
