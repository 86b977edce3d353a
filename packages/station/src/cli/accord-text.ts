import {
  type Accord,
  blindAuditDays,
  type BlindTerms,
  screeningOf,
  type ScreeningTerms,
  type Sha256Hex,
} from '@entente/protocol';
import { type AccordFile, rootFingerprint, writeSpokenFingerprint } from '@entente/wire';
import { nodeCrypto } from '../adapters/node-crypto.ts';

/** What two parties are about to sign or have signed, for a person: everything in it, fingerprints as they are read aloud. */
export function accordText({ accord, id, roots }: AccordFile): string {
  return [
    `Accord of ${accord.relation}`,
    `  hash ${id}`,
    ...(accord.previous === undefined ? [] : [`  replaces ${accord.previous}`]),
    ...accord.parties.flatMap((party, at) => {
      const root = roots[at];
      return [
        '',
        `${party.id}: ${party.name.fr} / ${party.name.ar} / ${party.name.en}`,
        `  officers sign on ${party.signing.origins.join(', ')} (${party.signing.rpId})`,
        '  root, to be compared by voice:',
        ...(root === undefined ? [] : spoken(rootFingerprint(nodeCrypto, root))),
      ];
    }),
    '',
    ...termsText(accord),
  ].join('\n');
}

function termsText(accord: Accord): readonly string[] {
  const { quotas } = accord;
  return [
    'Tracks',
    ...accord.tracks.map(
      ({ name, version, retentionDays }) => `  ${name} version ${version}, kept ${retentionDays} days`,
    ),
    `Legal bases   ${accord.legalBases.join(', ')}`,
    `Officer keys  ${accord.officerKeys.join(', ')}`,
    `Floor         ${accord.floor.map(({ type, marking }) => `${type} (${marking})`).join(', ')}`,
    `Quotas a day  ${quotas.actsPerDay} acts, ${quotas.bytesPerDay} bytes, ${quotas.openDossiersPerDay} dossiers opened`,
    `Witnesses     ${accord.witnesses.length === 0 ? 'none' : accord.witnesses.join(', ')}`,
    `Backups       ${accord.backupDays} days; carried parcels ${accord.carryDays} days`,
    `Clocks        ${Object.keys(accord.clocks).join(', ')}`,
    ...Object.entries(accord.calendars).map(
      ([name, { zone, years, verified }]) =>
        `Calendar      ${name}: ${zone}, ${years.map(({ year }) => year).join(', ')}, ${verified ? 'verified' : 'proposed, not verified'}`,
    ),
    ...screeningText(screeningOf(accord)),
    ...(accord.blind ?? []).flatMap(blindText),
    ...Object.entries(accord.rules).map(([name, rule]) => `Rule          ${name}: ${JSON.stringify(rule)}`),
  ];
}

function screeningText({ thresholds, comparable, acrossRelations, otherRoadDays }: ScreeningTerms): readonly string[] {
  const from = Object.entries(thresholds).map(([use, probability]) => `${use} ${probability}`);
  return [
    `Screening     proposes from ${from.join(', ')}; other relations ${acrossRelations ? 'compared' : 'not compared'}; one request by two roads within ${otherRoadDays} days`,
    ...comparable.map((purposes) => `Compared      ${purposes.join(', ')}`),
  ];
}

function blindText(terms: BlindTerms): readonly string[] {
  const { purpose, keys, elements, queriesPerDay, queriesPerMonth, setDays } = terms;
  return [
    `Blind checks  ${purpose}: ${queriesPerDay} queries a day, ${queriesPerMonth} in 30 days, of ${elements} elements; sets for ${setDays} days, kept ${blindAuditDays(terms)} more for audit`,
    ...keys.map(({ party, epoch, key }) => `  key of ${party}, epoch ${epoch}: ${key}`),
  ];
}

function spoken(fingerprint: Sha256Hex): readonly string[] {
  return writeSpokenFingerprint(fingerprint)
    .split('\n')
    .map((line) => `    ${line}`);
}
