import type { Accord, Sha256Hex } from '@entente/protocol';
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
    ...Object.entries(accord.rules).map(([name, rule]) => `Rule          ${name}: ${JSON.stringify(rule)}`),
  ];
}

function spoken(fingerprint: Sha256Hex): readonly string[] {
  return writeSpokenFingerprint(fingerprint)
    .split('\n')
    .map((line) => `    ${line}`);
}
