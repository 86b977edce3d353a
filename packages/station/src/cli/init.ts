import { houseKeys } from '../adapters/keystore.ts';
import { mkdir } from 'node:fs/promises';
import { Refusal } from '@entente/protocol';
import {
  generateSealingIdentity,
  publicKeysOf,
  rootFingerprint,
  sealingRecipientOf,
  writeSpokenFingerprint,
} from '@entente/wire';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { generateRoot, seedsOf } from '../custody/found-relation.ts';
import type { Command, Outcome } from './command.ts';
import { readIfThere, writePrivate } from './home.ts';
import { writeStation } from './station-file.ts';

/** Founds a station: root keys, backup key, `station.json`. */
export const init: Command = {
  name: 'init',
  summary: 'Found a station: its root keys and its home folder',
  options: {
    party: { value: 'NAME', describe: 'short name in accords: lowercase letters, digits, hyphens' },
    'name-fr': { value: 'TEXT', describe: 'name in French' },
    'name-ar': { value: 'TEXT', describe: 'name in Arabic; else the French one' },
    'name-en': { value: 'TEXT', describe: 'name in English; else the French one' },
    country: { value: 'CC', describe: 'country, for the calendar' },
    zone: { value: 'ZONE', describe: 'time zone, for the calendar' },
    'rp-id': { value: 'DOMAIN', describe: 'relying-party id of the officers’ signing keys' },
    origin: { value: 'URL', multiple: true, describe: 'origin of the desk on which officers sign' },
    'api-port': { value: 'PORT', describe: 'port of the HTTP API on this machine (8460)' },
    'peer-host': { value: 'HOST', describe: 'address on which counterparts dial in (0.0.0.0)' },
    'peer-port': { value: 'PORT', describe: 'port on which counterparts dial in (8461)' },
  },
  examples: [
    'init --party fr --name-fr "Direction nationale" --country FR --zone Europe/Paris --rp-id sign.example.fr --origin https://sign.example.fr',
  ],
  async run(input, { home }): Promise<Outcome> {
    if ((await readIfThere(home.path('station.json'))) !== undefined)
      throw new Refusal('already-exists', { what: home.folder });
    const party = input.party('party');
    const [first, ...more] = input.list('origin');
    if (first === undefined) throw new Refusal('usage', { what: '--origin is missing' });
    const french = input.required('name-fr');
    const country = input.required('country');
    const zone = input.required('zone');
    const rpId = input.required('rp-id');
    const api = { host: '127.0.0.1', port: input.port('api-port', 8460) };
    const peer = { host: input.optional('peer-host') ?? '0.0.0.0', port: input.port('peer-port', 8461) };
    await mkdir(home.folder, { recursive: true, mode: 0o700 });
    const root = generateRoot(nodeCrypto);
    await home.rootKeys.writeHybrid('root', 'present', root.present);
    await home.rootKeys.writeHybrid('root', 'next', root.next);
    const identity = await generateSealingIdentity();
    const storage = await generateSealingIdentity();
    await home.keystore.addSealing(houseKeys, {
      number: 1,
      identity: storage,
      recipient: await sealingRecipientOf(storage),
    });
    await writePrivate(`${home.rootFolder}/backup.identity`, `${identity}\n`);
    await writeStation(home, {
      v: 1,
      party,
      name: { fr: french, ar: input.optional('name-ar') ?? french, en: input.optional('name-en') ?? french },
      country,
      zone,
      signing: { rpId, origins: [first, ...more] },
      api,
      peer,
      backup: await sealingRecipientOf(identity),
      relations: [],
    });
    const fingerprint = rootFingerprint(nodeCrypto, publicKeysOf(nodeCrypto, seedsOf(root.present)));
    const text = [
      `Station of ${party} in ${home.folder}.`,
      `Root keys and the backup key are in ${home.rootFolder}: take that folder offline, and keep a copy in a safe.`,
      'Fingerprint of the root, to be read aloud to counterparts:',
      writeSpokenFingerprint(fingerprint),
    ].join('\n');
    return { text, json: { party, home: home.folder, root: home.rootFolder, fingerprint } };
  },
};
