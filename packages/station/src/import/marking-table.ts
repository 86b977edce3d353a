import type { HandlingCode, InformationGrade, SourceGrade } from '@entente/protocol';

/** What a foreign marking proposes: handling codes beside H0, and the words of an H3. */
export interface MarkingRule {
  readonly codes: readonly HandlingCode[];
  readonly restriction?: string;
}

/**
 * Traffic Light Protocol 1 and 2 and Permissible Actions Protocol. H1 keeps an item out of proceedings, which are public
 * in the end; H2 out of other hands. An officer confirms or changes what stands here.
 */
export const markingRules: Readonly<Record<string, MarkingRule>> = {
  'TLP:RED': { codes: ['H1', 'H2', 'H3'], restriction: 'TLP:RED: for the eyes of the named recipients only.' },
  'TLP:AMBER+STRICT': { codes: ['H1', 'H2'] },
  'TLP:AMBER': { codes: ['H1', 'H2'] },
  'TLP:GREEN': { codes: ['H1'] },
  'TLP:CLEAR': { codes: [] },
  'TLP:WHITE': { codes: [] },
  'PAP:RED': { codes: ['H3'], restriction: 'PAP:RED: no action that others could notice.' },
  'PAP:AMBER': { codes: ['H3'], restriction: 'PAP:AMBER: passive cross-checks only, no contact with the target.' },
  'PAP:GREEN': { codes: [] },
  'PAP:CLEAR': { codes: [] },
  'PAP:WHITE': { codes: [] },
};

/** What stands where a source says nothing of handling. */
export const unmarked: readonly HandlingCode[] = ['H1', 'H2'];

/** Marking definitions whose ids the STIX 2.1 and TLP 2.0 specifications fix. */
export const fixedMarkings: Readonly<Record<string, string>> = {
  'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9': 'TLP:WHITE',
  'marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da': 'TLP:GREEN',
  'marking-definition--f88d31f6-486f-44da-b317-01333bde0b82': 'TLP:AMBER',
  'marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed': 'TLP:RED',
  'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487': 'TLP:CLEAR',
  'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb': 'TLP:GREEN',
  'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421': 'TLP:AMBER',
  'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003': 'TLP:AMBER+STRICT',
  'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1': 'TLP:RED',
};

/** Admiralty reliability of a source. `fairly reliable` has no peer in the 4×4 system: it cannot be assessed there. */
export const admiraltySource: Readonly<Record<string, SourceGrade>> = {
  a: 'A',
  b: 'B',
  c: 'X',
  d: 'C',
  e: 'C',
  f: 'X',
};

/** Admiralty credibility: only what others confirm is corroborated; never better, since nobody here knows how it was known. */
export const admiraltyInformation: Readonly<Record<string, InformationGrade>> = {
  '1': '3',
  '2': '4',
  '3': '4',
  '4': '4',
  '5': '4',
  '6': '4',
};
/** STIX 2.1, appendix A: confidence from 90 is Admiralty 1, `confirmed by other sources`. */
export const confirmedConfidence = 90;
