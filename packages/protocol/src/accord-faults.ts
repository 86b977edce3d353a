import type { Accord } from './accord.ts';
import { calendarFaults } from './calendar-faults.ts';
import type { ClockTerms, ClockUnit } from './clock-terms.ts';
import { isPartyId, isRelationId } from './identifiers.ts';
import { languages } from './accord.ts';
import type { FieldFault } from './refusal.ts';

/** Says that something does not hold, at a place. */
export type Fault = (where: string, what: string) => void;

const longest: Readonly<Record<ClockUnit, number>> = {
  minutes: 527_040,
  hours: 8_784,
  'calendar-days': 3_660,
  'working-days': 2_600,
  months: 120,
};
const shortName = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;
const vkey = /^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+={0,2}$/;

/** Everything in which an accord of the right shape does not agree with itself; empty where it does. */
export function accordFaults(accord: Accord): readonly FieldFault[] {
  const faults: FieldFault[] = [];
  const fault: Fault = (where, what) => faults.push({ code: 'field-malformed', where, what });
  readNames(accord, fault);
  readParties(accord, fault);
  readTracks(accord, fault);
  for (const [name, terms] of Object.entries(accord.clocks)) readClock(accord, terms, `$.clocks.${name}`, fault);
  for (const [name, table] of Object.entries(accord.calendars)) calendarFaults(table, `$.calendars.${name}`, fault);
  readBlind(accord, fault);
  accord.witnesses.forEach((witness, i) => {
    if (!vkey.test(witness)) fault(`$.witnesses[${i}]`, 'a verifier key: name+id+key');
  });
  needDistinct(accord.witnesses, (i) => `$.witnesses[${i}]`, fault);
  return faults;
}

function readNames(accord: Accord, fault: Fault): void {
  const [first, second] = accord.parties;
  if (!isRelationId(accord.relation)) fault('$.relation', 'lowercase letters, digits and hyphens, 1 to 32');
  accord.parties.forEach(({ id }, i) => {
    if (!isPartyId(id)) fault(`$.parties[${i}].id`, 'lowercase letters, digits and hyphens, 1 to 32');
    if (String(id) === String(accord.relation)) fault(`$.parties[${i}].id`, 'another name than the relation’s');
  });
  if (first.id === second.id) fault('$.parties[1].id', 'another party than the first');
  for (const language of languages) {
    if (first.name[language] === second.name[language])
      fault(`$.parties[1].name.${language}`, 'another name than the first');
  }
}

function readParties(accord: Accord, fault: Fault): void {
  const keys = accord.parties.flatMap(({ root, keyset, spareKeyset }) => [
    root.ed25519,
    root.mldsa44,
    keyset,
    spareKeyset,
  ]);
  const members = ['root.ed25519', 'root.mldsa44', 'keyset', 'spareKeyset'];
  needDistinct(keys, (i) => `$.parties[${Math.floor(i / 4)}].${members[i % 4]}`, fault);
  accord.parties.forEach(({ signing, calendar }, i) => {
    const where = `$.parties[${i}]`;
    if (!Object.hasOwn(accord.calendars, calendar)) fault(`${where}.calendar`, 'a calendar of this accord');
    needDistinct(signing.origins, (n) => `${where}.signing.origins[${n}]`, fault);
    signing.origins.forEach((origin, n) => {
      if (!isOriginOf(origin, signing.rpId)) fault(`${where}.signing.origins[${n}]`, 'an https origin of the rpId');
    });
  });
}

/** An origin within the domain that its passkeys are bound to; without TLS on the machine itself only. */
function isOriginOf(origin: string, rpId: string): boolean {
  const [, scheme, host = ''] = /^(https?):\/\/([a-z0-9.-]+)(?::[1-9][0-9]{0,4})?$/.exec(origin) ?? [];
  if (scheme === 'http') return host === 'localhost' && rpId === 'localhost';
  return scheme === 'https' && rpId.length > 0 && (host === rpId || host.endsWith(`.${rpId}`));
}

function readTracks(accord: Accord, fault: Fault): void {
  const tracks = accord.tracks.map(({ name }) => name);
  const ofTrack = (text: string): boolean => {
    const [track = '', name = '', more] = text.split('/');
    return more === undefined && shortName.test(name) && (track === 'relation' || tracks.includes(track));
  };
  tracks.forEach((name, i) => {
    if (!shortName.test(name)) fault(`$.tracks[${i}].name`, 'lowercase letters, digits and hyphens');
    if (name === 'relation') fault(`$.tracks[${i}].name`, 'another name than that of the relation’s own acts');
  });
  needDistinct(tracks, (i) => `$.tracks[${i}].name`, fault);
  accord.floor.forEach(({ type, marking }, i) => {
    if (!ofTrack(type)) fault(`$.floor[${i}].type`, 'track/type, of a track of this accord');
    if (!shortName.test(marking)) fault(`$.floor[${i}].marking`, 'lowercase letters, digits and hyphens');
  });
  const floor = accord.floor.map(({ type, marking }) => `${type} ${marking}`);
  needDistinct(floor, (i) => `$.floor[${i}]`, fault);
  accord.screening?.comparable.forEach((purposes, i) => {
    purposes.forEach((purpose, n) => {
      if (!ofTrack(purpose)) fault(`$.screening.comparable[${i}][${n}]`, 'track/purpose, of a track of this accord');
    });
    needDistinct(purposes, (n) => `$.screening.comparable[${i}][${n}]`, fault);
  });
  for (const rule of Object.keys(accord.rules)) {
    if (!ofTrack(rule)) fault('$.rules', 'names of the form track/rule, of a track of this accord');
  }
}

function readBlind({ blind = [], tracks, parties }: Accord, fault: Fault): void {
  const places = blind.flatMap(({ keys }, i) => keys.map((key, n) => ({ ...key, where: `$.blind[${i}].keys[${n}]` })));
  blind.forEach(({ purpose, keys, queriesPerDay, queriesPerMonth }, i) => {
    const where = `$.blind[${i}]`;
    const [track, name = '', more] = purpose.split('/');
    const isOurs = tracks.some((one) => one.name === track);
    if (!isOurs || !shortName.test(name) || more !== undefined) fault(`${where}.purpose`, 'track/purpose');
    if (queriesPerMonth < queriesPerDay) fault(`${where}.queriesPerMonth`, 'no less than in a day');
    needDistinct(
      keys.map(({ party }) => party),
      (n) => `${where}.keys[${n}].party`,
      fault,
    );
  });
  for (const { party, where } of places) {
    if (!parties.some(({ id }) => id === party)) fault(`${where}.party`, 'a party of this accord');
  }
  needDistinct(
    blind.map(({ purpose }) => purpose),
    (i) => `$.blind[${i}].purpose`,
    fault,
  );
  // One key for two purposes would let a query for one be looked up in the set of the other.
  needDistinct(
    places.map(({ key }) => key),
    (i) => `${places[i]?.where}.key`,
    fault,
  );
}

function readClock(accord: Accord, terms: ClockTerms, where: string, fault: Fault): void {
  const { calendar, limit, unit, extendableTo } = terms;
  if (typeof calendar === 'object' && !Object.hasOwn(accord.calendars, calendar.name)) {
    fault(`${where}.calendar.name`, 'a calendar of this accord');
  }
  if (limit > longest[unit]) fault(`${where}.limit`, `at most ${longest[unit]} ${unit}`);
  if (extendableTo === undefined) return;
  if (extendableTo <= limit) fault(`${where}.extendableTo`, 'more than the limit');
  if (extendableTo > longest[unit]) fault(`${where}.extendableTo`, `at most ${longest[unit]} ${unit}`);
}

function needDistinct(values: readonly string[], where: (index: number) => string, fault: Fault): void {
  values.forEach((value, i) => {
    if (values.indexOf(value) < i) fault(where(i), 'said once');
  });
}
