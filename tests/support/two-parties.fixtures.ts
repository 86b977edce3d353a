import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Instant,
  type PartyId,
  type PartyTerms,
  type RelationId,
  type Sha256Hex,
  writeAccord,
} from '@entente/protocol';
import { acceptAccord, proposeAccord, rootFingerprint } from '@entente/wire';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../packages/station/src/adapters/embedded-postgres.ts';
import { Keystore } from '../../packages/station/src/adapters/keystore.ts';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { proposeCalendar } from '../../packages/station/src/adapters/propose-calendar.ts';
import { draftAccord } from '../../packages/station/src/custody/draft-accord.ts';
import {
  type FoundedKeys,
  generateKeys,
  generateRoot,
  type RootKeysOfParty,
  seedsOf,
} from '../../packages/station/src/custody/found-relation.ts';
import { HighWater } from '../../packages/station/src/custody/high-water.ts';
import { loadRelation } from '../../packages/station/src/custody/load-relation.ts';
import type { Parts, Relation } from '../../packages/station/src/custody/relation.ts';
import { type Database, openDatabase, transact } from '../../packages/station/src/store/database.ts';
import { migrate } from '../../packages/station/src/store/migrate.ts';
import { insertRelation, listRelations } from '../../packages/station/src/store/relations.ts';
import type { Clock } from '../../packages/station/src/adapters/clock.ts';

/** A clock that a test moves. */
export class TestClock implements Clock {
  #now = Date.parse('2026-11-23T08:00:00.000Z');
  now(): Instant {
    return this.#now as Instant;
  }
  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}

/** One party's station without its edges: the verbs, over a real database. */
export interface TestStation {
  readonly parts: Parts & { readonly clock: TestClock };
  readonly relation: Relation;
  readonly folder: string;
  /** Its party's root and spare keyset: kept offline, here at hand. */
  readonly root: RootKeysOfParty;
  readonly spare: FoundedKeys;
  /** Opens what is sealed to the party's offline recipient. */
  readonly offlineIdentity: string;
}

export interface TwoParties {
  readonly fr: TestStation;
  readonly ma: TestStation;
  close(): Promise<void>;
}

interface Founded {
  readonly root: RootKeysOfParty;
  readonly founded: FoundedKeys;
  readonly spare: FoundedKeys;
  readonly terms: PartyTerms;
}

/**
 * Founds a relation between two parties with databases of their own, in one PostgreSQL.
 * @param witnesses verifier keys of neutral witnesses that the accord names
 */
export async function twoParties(witnesses: readonly string[] = []): Promise<TwoParties> {
  const folder = await mkdtemp(join(tmpdir(), 'entente-test-'));
  // PostgreSQL runs as another user where the tests run as root.
  await chmod(folder, 0o711);
  const postgres = await startEmbeddedPostgres(join(folder, 'postgres'));
  const fr = await found('fr' as PartyId);
  const ma = await found('ma' as PartyId);
  const accord = signedAccord(fr, ma, witnesses);
  const stations = [
    await station(folder, postgres, 'fr' as PartyId, 'ma' as PartyId, fr, ma, accord),
    await station(folder, postgres, 'ma' as PartyId, 'fr' as PartyId, ma, fr, accord),
  ] as const;
  return {
    fr: stations[0],
    ma: stations[1],
    close: async () => {
      await Promise.all(stations.map(({ parts }) => parts.database.end()));
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function found(party: PartyId): Promise<Founded> {
  const root = generateRoot(nodeCrypto);
  const founded = await generateKeys(nodeCrypto, party, root, 1);
  const spare = await generateKeys(nodeCrypto, party, root, 2);
  const { ed25519, mldsa44 } = founded.keyset.root;
  const terms: PartyTerms = {
    id: party,
    name: { fr: party, ar: party === 'fr' ? 'فرنسا' : 'المغرب', en: party },
    root: { ed25519: ed25519.toBase64(), mldsa44: mldsa44.toBase64() },
    keyset: nodeCrypto.sha256Hex(payloadOf(founded.signed)),
    spareKeyset: nodeCrypto.sha256Hex(payloadOf(spare.signed)),
    signing: { rpId: `${party}.example`, origins: [`https://${party}.example`] },
    calendar: party,
  };
  return { root, founded, spare, terms };
}

function payloadOf(dsse: Uint8Array): Uint8Array {
  const { payload } = JSON.parse(Buffer.from(dsse).toString()) as { payload: string };
  return Buffer.from(payload, 'base64');
}

function signedAccord(fr: Founded, ma: Founded, witnesses: readonly string[]): Uint8Array {
  const hours = { from: '08:00', to: '18:00' };
  const accord = draftAccord({
    relation: 'fr-ma' as RelationId,
    parties: [fr.terms, ma.terms],
    calendars: {
      fr: proposeCalendar({ country: 'FR', zone: 'Europe/Paris', from: 2026, to: 2027, language: 'fr', hours }),
      ma: proposeCalendar({ country: 'MA', zone: 'Africa/Casablanca', from: 2026, to: 2027, language: 'fr', hours }),
    },
    officerKeys: ['passkey', 'key-file'],
    witnesses,
  });
  const proposal = proposeAccord(nodeCrypto, writeAccord(accord), seedsOf(fr.root.present));
  return acceptAccord(nodeCrypto, proposal, fingerprintOf(fr), seedsOf(ma.root.present));
}

function fingerprintOf({ founded }: Founded): Sha256Hex {
  return rootFingerprint(nodeCrypto, founded.keyset.root);
}

async function station(
  folder: string,
  postgres: EmbeddedPostgres,
  own: PartyId,
  counterpart: PartyId,
  ours: Founded,
  theirs: Founded,
  accord: Uint8Array,
): Promise<TestStation> {
  const home = join(folder, own);
  const keystore = new Keystore(join(home, 'keys'), nodeCrypto);
  await keystore.writeRelation('fr-ma', ours.founded.keys);
  const database = await freshDatabase(postgres, own);
  const keysets = [ours, theirs].map(({ founded }) => ({
    party: founded.keyset.party,
    number: 1,
    hash: nodeCrypto.sha256Hex(payloadOf(founded.signed)),
    envelope: founded.signed,
  }));
  await transact(database, (transaction) =>
    insertRelation(
      transaction,
      { name: 'fr-ma' as RelationId, own, counterpart },
      { accords: [{ hash: nodeCrypto.sha256Hex(payloadOf(accord)), envelope: accord }], keysets },
    ),
  );
  const [record] = await listRelations(database);
  if (record === undefined) throw new Error('just inserted');
  const roots = [fingerprintOf(ours), fingerprintOf(theirs)] as const;
  const relation = await loadRelation(database, nodeCrypto, keystore, record, roots);
  const highWater = new HighWater(join(home, 'high-water'));
  return {
    parts: { database, crypto: nodeCrypto, clock: new TestClock(), highWater },
    relation,
    folder: home,
    root: ours.root,
    spare: ours.spare,
    offlineIdentity: ours.founded.offlineIdentity,
  };
}

async function freshDatabase(postgres: EmbeddedPostgres, name: string): Promise<Database> {
  const admin = await openDatabase(postgres.url, 1);
  await admin.query(`create database "${name}"`);
  await admin.end();
  const database = await openDatabase(postgres.url.replace(/entente$/, name));
  await migrate(database);
  return database;
}
