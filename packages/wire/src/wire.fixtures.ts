import {
  type Accord,
  type ActId,
  type DossierId,
  type Head,
  type Instant,
  type LogSize,
  type PartyId,
  Refusal,
  type RelationId,
  type Sha256Hex,
  writeAccord,
} from '@entente/protocol';
import {
  acceptAccord,
  type DoubleSeed,
  type Keyset,
  nobleCrypto,
  proposeAccord,
  publicKeysOf,
  rootFingerprint,
  sealingRecipientOf,
  signKeyset,
  verifyKeyset,
} from './index.ts';

// What the tests of this package share: two parties whose keys come from their names, so that vectors stay the same.

const noble = nobleCrypto;
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const seedOf = (name: string): Uint8Array => noble.sha256(bytesOf(`entente test key: ${name}`));
export const doubleSeedOf = (name: string): DoubleSeed => ({
  ed25519: seedOf(`${name} ed25519`),
  mldsa44: seedOf(`${name} mldsa44`),
});

export const fr = 'fr' as PartyId;
export const ma = 'ma' as PartyId;
export const relation = 'fr-ma' as RelationId;
export const time = 1_795_432_061_123 as Instant;
export const sizeOf = (size: number): LogSize => size as LogSize;
export const hashOf = (text: string): ActId => noble.sha256Hex(bytesOf(text)) as ActId;
export const utf8 = bytesOf;

export interface TestParty {
  readonly id: PartyId;
  readonly root: DoubleSeed;
  readonly fingerprint: Sha256Hex;
  readonly keyset: Keyset;
  readonly signedKeyset: Uint8Array;
  readonly keysetId: Sha256Hex;
  readonly log: DoubleSeed;
  readonly mirror: DoubleSeed;
  readonly station: Uint8Array;
  readonly administration: Uint8Array;
}

/** Sealing identities of tests only: online and offline ones of both parties. */
export const identities = {
  fr: {
    sealing: 'AGE-SECRET-KEY-PQ-16JN3GCTCMQGTLXM5RNLT8ZK8RTLAG9TF3J8H8MX6ZE039ER49KYQD9HJX4',
    offline: 'AGE-SECRET-KEY-PQ-18S70AKU2GEZQDN76SJ0RFUE966CF0VJH9TS0NXRTUAPRYL3HWV2QQ40JXF',
  },
  ma: {
    sealing: 'AGE-SECRET-KEY-PQ-1U60HX5ZKQ0FGVF5L0M2LWNE2MV0YFL3EFZ3NR4A7XL2WKX2GJ6LSEJ8RFD',
    offline: 'AGE-SECRET-KEY-PQ-1J2H03NXRVPA2DNKKM0PK2N0EKM0TJAGFFN8MRE8279HAG64XC9LS5P05LX',
  },
} as const;

async function makeParty(id: PartyId, name: keyof typeof identities): Promise<TestParty> {
  const root = doubleSeedOf(`${id} root`);
  const log = doubleSeedOf(`${id} log`);
  const mirror = doubleSeedOf(`${id} mirror`);
  const station = seedOf(`${id} station`);
  const administration = seedOf(`${id} administration`);
  const keyset: Keyset = {
    party: id,
    number: 1,
    root: publicKeysOf(noble, root),
    keys: {
      log: publicKeysOf(noble, log),
      mirror: publicKeysOf(noble, mirror),
      station: noble.ed25519.publicKeyOf(station),
      administration: noble.ed25519.publicKeyOf(administration),
      tls: { certificate: hashOf(`${id} certificate`), publicKey: noble.p256.publicKeyOf(seedOf(`${id} tls`)) },
      sealing: await sealingRecipientOf(identities[name].sealing),
      offline: await sealingRecipientOf(identities[name].offline),
    },
    nextRoot: rootFingerprint(noble, publicKeysOf(noble, doubleSeedOf(`${id} next root`))),
  };
  const signedKeyset = signKeyset(noble, keyset, root);
  const fingerprint = rootFingerprint(noble, keyset.root);
  const { id: keysetId } = verifyKeyset(noble, signedKeyset, fingerprint);
  return { id, root, fingerprint, keyset, signedKeyset, keysetId, log, mirror, station, administration };
}

export const parties = { fr: await makeParty(fr, 'fr'), ma: await makeParty(ma, 'ma') };
export const fingerprints = [parties.fr.fingerprint, parties.ma.fingerprint] as const;

const signing = (id: string): { rpId: string; origins: string[] } => ({
  rpId: `sign.${id}.example`,
  origins: [`https://sign.${id}.example`],
});
export const terms = { fr: signing('fr'), ma: signing('ma') };

const calendar = {
  zone: 'UTC',
  weekend: [6, 7],
  hours: { from: '08:00', to: '18:00' },
  years: [{ year: 2026, offsets: [{ from: '2025-12-31T00:00:00.000Z', minutes: 0 }], holidays: [] }],
  verified: false,
};

const accordTerms = ({ id, keyset, keysetId }: TestParty, names: readonly [string, string, string]) => ({
  id,
  name: { fr: names[0], ar: names[1], en: names[2] },
  root: { ed25519: keyset.root.ed25519.toBase64(), mldsa44: keyset.root.mldsa44.toBase64() },
  keyset: keysetId,
  spareKeyset: hashOf(`${id} spare`),
  signing: signing(id),
  calendar: id,
});

export const accord: Accord = {
  v: 1,
  relation,
  parties: [
    accordTerms(parties.fr, ['Police française', 'الشرطة الفرنسية', 'French police']),
    accordTerms(parties.ma, ['Police marocaine', 'الشرطة المغربية', 'Moroccan police']),
  ],
  tracks: [{ name: 'leads', version: 1, vectors: hashOf('leads vectors'), retentionDays: 365 }],
  legalBases: ['SAFE-37b'],
  clocks: {},
  calendars: { fr: calendar, ma: calendar },
  floor: [],
  quotas: { actsPerDay: 100_000, bytesPerDay: 10_000_000_000, openDossiersPerDay: 10_000 },
  officerKeys: ['passkey', 'key-file'],
  witnesses: [],
  backupDays: 30,
  carryDays: 14,
  rules: {},
};
export const accordBytes = writeAccord(accord);
export const proposal = proposeAccord(noble, accordBytes, parties.fr.root);
export const signedAccord = acceptAccord(noble, proposal, parties.fr.fingerprint, parties.ma.root);

/** A head from one party to the other; what `change` says goes over it. */
export function headOf(from: PartyId, change: Partial<Head> = {}): Head {
  return {
    v: 1,
    type: 'leads/request',
    trackVersion: 1,
    from,
    to: from === fr ? ma : fr,
    relation,
    accord: noble.sha256Hex(accordBytes),
    dossier: '00112233445566778899aabbccddeeff' as DossierId,
    basis: [],
    handling: { codes: ['H0'] },
    inputs: {},
    gates: [],
    author: { function: 'duty-officer', pseudonym: 'o-7f3a' },
    ...change,
  };
}

/** Whether a call refuses; anything else it throws fails the test. */
export function refuses(run: () => unknown): boolean {
  try {
    run();
    return false;
  } catch (error) {
    if (error instanceof Refusal) return true;
    throw error;
  }
}
