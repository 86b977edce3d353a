import { join } from 'node:path';
import {
  type BlindKeyTerms,
  type PartyId,
  type PartyTerms,
  type RelationId,
  type Sha256Hex,
  writeAccord,
} from '@entente/protocol';
import {
  acceptAccord,
  accordPayloadType,
  keysetPayloadType,
  proposeAccord,
  readDsse,
  rootFingerprint,
} from '@entente/wire';
import { Keystore } from '../../packages/station/src/adapters/keystore.ts';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { proposeCalendar } from '../../packages/station/src/adapters/propose-calendar.ts';
import { sodiumGroup } from '../../packages/station/src/adapters/sodium-group.ts';
import { makeBlindKey } from '../../packages/station/src/blind/rotate-key.ts';
import { draftAccord } from '../../packages/station/src/custody/draft-accord.ts';
import {
  type FoundedKeys,
  generateKeys,
  generateRoot,
  type RootKeysOfParty,
  seedsOf,
} from '../../packages/station/src/custody/found-relation.ts';
import { openDatabase, transact } from '../../packages/station/src/store/database.ts';
import { migrate } from '../../packages/station/src/store/migrate.ts';
import { insertRelation } from '../../packages/station/src/store/relations.ts';
import { purpose } from './blind-side.ts';

/** A party's station as its process finds it. */
export interface Founded {
  readonly own: PartyId;
  readonly home: string;
  readonly databaseUrl: string;
  readonly roots: readonly [Sha256Hex, Sha256Hex];
}

interface Party {
  readonly id: PartyId;
  readonly root: RootKeysOfParty;
  readonly founded: FoundedKeys;
  readonly terms: PartyTerms;
}

const relation = 'fr-ma' as RelationId;

/** Founds a relation between two parties, each with a home and a database of its own. */
export async function foundParties(
  folder: string,
  urls: { readonly fr: string; readonly ma: string },
): Promise<{ readonly fr: Founded; readonly ma: Founded }> {
  const [fr, ma] = [await partyOf('fr' as PartyId), await partyOf('ma' as PartyId)];
  const hours = { from: '08:00', to: '18:00' };
  const years = { from: 2026, to: 2027, language: 'fr', hours } as const;
  const keys = [await blindKeyOf(folder, fr.id), await blindKeyOf(folder, ma.id)];
  const budget = { elements: 32, queriesPerDay: 1_000_000, queriesPerMonth: 30_000_000, setDays: 365 };
  const drafted = draftAccord({
    relation,
    parties: [fr.terms, ma.terms],
    calendars: {
      fr: proposeCalendar({ country: 'FR', zone: 'Europe/Paris', ...years }),
      ma: proposeCalendar({ country: 'MA', zone: 'Africa/Casablanca', ...years }),
    },
    officerKeys: ['key-file'],
  });
  const accord = { ...drafted, blind: [{ purpose, keys, ...budget }] };
  const proposal = proposeAccord(nodeCrypto, writeAccord(accord), seedsOf(fr.root.present));
  const roots = [fingerprintOf(fr), fingerprintOf(ma)] as const;
  const signed = acceptAccord(nodeCrypto, proposal, roots[0], seedsOf(ma.root.present));
  await settle(folder, urls.fr, fr, ma, [fr, ma], signed);
  await settle(folder, urls.ma, ma, fr, [fr, ma], signed);
  return {
    fr: { own: fr.id, home: join(folder, 'fr'), databaseUrl: urls.fr, roots },
    ma: { own: ma.id, home: join(folder, 'ma'), databaseUrl: urls.ma, roots },
  };
}

async function blindKeyOf(folder: string, party: PartyId): Promise<BlindKeyTerms> {
  const keystore = new Keystore(join(folder, party, 'keys'), nodeCrypto);
  const station = { keystore, group: await sodiumGroup(), parts: { crypto: nodeCrypto } };
  const key = await makeBlindKey(station, relation, purpose, 1);
  return { party, epoch: 1, key: key.toBase64() };
}

async function partyOf(id: PartyId): Promise<Party> {
  const root = generateRoot(nodeCrypto);
  const founded = await generateKeys(nodeCrypto, id, root, 1);
  const spare = await generateKeys(nodeCrypto, id, root, 2);
  const { ed25519, mldsa44 } = founded.keyset.root;
  const terms: PartyTerms = {
    id,
    name: { fr: id, ar: id === 'fr' ? 'فرنسا' : 'المغرب', en: id },
    root: { ed25519: ed25519.toBase64(), mldsa44: mldsa44.toBase64() },
    keyset: hashOf(keysetPayloadType, founded.signed),
    spareKeyset: hashOf(keysetPayloadType, spare.signed),
    signing: { rpId: `${id}.example`, origins: [`https://${id}.example`] },
    calendar: id,
  };
  return { id, root, founded, terms };
}

async function settle(
  folder: string,
  url: string,
  own: Party,
  counterpart: Party,
  parties: readonly Party[],
  accord: Uint8Array,
): Promise<void> {
  await new Keystore(join(folder, own.id, 'keys'), nodeCrypto).writeRelation(relation, own.founded.keys);
  const keysets = parties.map(({ id, founded: { signed } }) => ({
    party: id,
    number: 1,
    hash: hashOf(keysetPayloadType, signed),
    envelope: signed,
  }));
  const papers = { accords: [{ hash: hashOf(accordPayloadType, accord), envelope: accord }], keysets };
  const database = await openDatabase(url, 1);
  await migrate(database);
  await transact(database, (transaction) =>
    insertRelation(transaction, { name: relation, own: own.id, counterpart: counterpart.id }, papers),
  );
  await database.end();
}

function hashOf(type: string, dsse: Uint8Array): Sha256Hex {
  return nodeCrypto.sha256Hex(readDsse(dsse, type, 'envelope-malformed', 4 * 1024 * 1024).payload);
}

function fingerprintOf({ founded }: Party): Sha256Hex {
  return rootFingerprint(nodeCrypto, founded.keyset.root);
}
