import { isPartyId, type PartyTerms, Refusal, type RelationId } from '@entente/protocol';
import { type KeyPair, rootFingerprint, verifyKeyset, writeSpokenFingerprint } from '@entente/wire';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { proposeCalendar } from '../adapters/propose-calendar.ts';
import { type FoundedKeys, generateKeys, type RootKeysOfParty } from '../custody/found-relation.ts';
import type { Command, Outcome } from './command.ts';
import { type Home, writePrivate } from './home.ts';
import { latestSpare } from './spare-keyset.ts';
import { readStation, type StationFile, writeStation } from './station-file.ts';
import { readTerms, type TermsFile, writeTerms } from './terms-file.ts';

/** Makes all keys of this party for a relation, and the file to hand over. */
export const relationInvite: Command = {
  name: 'relation invite',
  summary: 'Make our keys for a relation, and the terms file to hand to the counterpart',
  options: {
    relation: { value: 'NAME', isNew: true, describe: 'name of the relation, the same on both sides' },
    counterpart: { value: 'PARTY', describe: 'short name of the other party' },
    address: { value: 'URL', describe: 'where to dial the counterpart, https://host:port; else it dials us' },
    'dead-drop': { value: 'DIR', describe: 'a folder that both stations reach' },
    out: { value: 'FILE', describe: 'where to write the terms file (NAME-terms-PARTY.json)' },
  },
  examples: ['relation invite --relation fr-ma --counterpart ma --address https://station.example.ma:8461'],
  async run(input, { home }): Promise<Outcome> {
    const station = await readStation(home);
    const relation = input.relation();
    const counterpart = input.required('counterpart');
    if (!isPartyId(counterpart) || counterpart === station.party)
      throw new Refusal('usage', { what: `--counterpart ${counterpart}` });
    if (station.relations.some(({ name }) => name === relation))
      throw new Refusal('already-exists', { what: relation });
    const address = input.optional('address');
    const deadDrop = input.optional('dead-drop');
    const terms = await makeTerms(home, station, relation);
    await writePrivate(home.path('relations', relation, 'ours.json'), writeTerms(terms));
    const entry = {
      name: relation,
      counterpart,
      ...(address === undefined ? {} : { address }),
      ...(deadDrop === undefined ? {} : { deadDrop }),
    };
    await writeStation(home, { ...station, relations: [...station.relations, entry] });
    const out = input.optional('out') ?? `${relation}-terms-${station.party}.json`;
    await writePrivate(out, writeTerms(terms));
    const { root: fingerprint } = readTerms(new TextEncoder().encode(writeTerms(terms)), out);
    const text = [
      `Hand ${out} to ${counterpart} by any road; it holds nothing secret.`,
      'Then compare by voice the fingerprint of our root:',
      writeSpokenFingerprint(fingerprint),
    ].join('\n');
    return { text, json: { relation, file: out, fingerprint } };
  },
};

async function makeTerms(home: Home, station: StationFile, relation: RelationId): Promise<TermsFile> {
  const { party, signing, name, country, zone } = station;
  const root: RootKeysOfParty = {
    present: await home.rootKeys.readHybrid('root', 'present'),
    next: await home.rootKeys.readHybrid('root', 'next'),
  };
  // All counterparts dial in on one port: the station shows one certificate to all.
  const [other] = station.relations;
  const tls = other === undefined ? undefined : (await home.keystore.readRelation(other.name)).tls;
  const founded = await generateKeys(nodeCrypto, party, root, 1, undefined, tls);
  const spare = await generateKeys(nodeCrypto, party, root, 2, undefined, await spareTls(home, station, founded));
  await home.keystore.writeRelation(relation, founded.keys);
  await home.rootKeys.writeRelation(`${relation}-spare`, spare.keys);
  await writePrivate(`${home.rootFolder}/${relation}.identity`, `${founded.offlineIdentity}\n`);
  await writePrivate(`${home.rootFolder}/${relation}-spare.identity`, `${spare.offlineIdentity}\n`);
  const year = new Date().getUTCFullYear();
  const { ed25519, mldsa44 } = founded.keyset.root;
  const terms: PartyTerms = {
    id: party,
    name,
    root: { ed25519: ed25519.toBase64(), mldsa44: mldsa44.toBase64() },
    keyset: idOf(founded),
    spareKeyset: idOf(spare),
    signing,
    calendar: party,
  };
  const hours = { from: '08:00', to: '18:00' };
  const calendar = proposeCalendar({ country, zone, from: year, to: year + 1, language: 'fr', hours });
  return { relation, terms, calendar, keyset: founded.signed, spare: spare.signed };
}

/** The TLS key that the latest spare keysets of our other relations have, unless it is in force by now. */
async function spareTls(home: Home, { relations }: StationFile, { keys }: FoundedKeys): Promise<KeyPair | undefined> {
  for (const { name } of relations) {
    const { tls } = await home.rootKeys.readRelation(await latestSpare(home, name));
    if (Buffer.compare(tls.publicKey, keys.tls.publicKey) !== 0) return tls;
  }
  return undefined;
}

function idOf({ signed, keyset }: FoundedKeys): PartyTerms['keyset'] {
  return verifyKeyset(nodeCrypto, signed, rootFingerprint(nodeCrypto, keyset.root)).id;
}
