import { isRole, type Role, roles, scopesOfRole } from '@entente/contract';
import { type Instant, Refusal } from '@entente/protocol';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { transact } from '../store/database.ts';
import { keepOfficerKey } from '../store/officer-keys.ts';
import { enterOfficer, listOfficers } from '../store/officers.ts';
import { issueToken } from '../store/tokens.ts';
import { sayByAdministration } from '../release/administration-act.ts';
import type { Command, Outcome } from './command.ts';
import { passphraseOf, writeOfficerFile } from './officer-file.ts';
import { openStation, relationNamed } from './open-station.ts';

const tokenLife = 365 * 86_400_000;

/** Makes a signing key for an officer and binds it in the channel. */
export const officerEnrol: Command = {
  name: 'officer enrol',
  summary: 'Make a signing key for an officer, bind it in the channel, and enter the officer',
  options: {
    relation: { value: 'NAME', describe: 'the relation; else the station’s only one' },
    name: { value: 'TEXT', describe: 'name; stays in this house, the channel knows a pseudonym' },
    function: { value: 'TEXT', describe: 'function as the counterpart reads it: duty-officer' },
    role: { value: 'ROLE', multiple: true, describe: `${roles.join(', ')} (officer)` },
    unit: { value: 'NAME', describe: 'unit, for the roster (desk)' },
    'passphrase-file': { value: 'FILE', describe: 'the passphrase that seals the key; else it is asked for' },
    'no-passphrase': { describe: 'leave the key readable by this user alone' },
  },
  examples: ['officer enrol --relation fr-ma --name "A. Martin" --function duty-officer --role officer'],
  async run(input, { home, databaseUrl, terminal }): Promise<Outcome> {
    const relationName = input.relation();
    const name = input.required('name');
    const post = input.required('function');
    const chosen = rolesIn(input.list('role'));
    const passphrase = input.flag('no-passphrase') ? undefined : await passphraseOf(input, terminal, true);
    const { parts, relations, close } = await openStation(home, databaseUrl);
    try {
      const relation = relationNamed(relations, relationName);
      const { crypto, database } = parts;
      const now = parts.clock.now();
      const known = (await listOfficers(database)).find((officer) => officer.name === name && officer.revoked === null);
      const unit = input.optional('unit') ?? 'desk';
      const entering = { name, function: post, roles: chosen, unit, deputy: undefined };
      const officer =
        known ??
        (await transact(database, (transaction) => enterOfficer(transaction, crypto, now, entering, undefined)));
      const { publicKey, secretSeed } = crypto.ed25519.generate();
      const key = crypto.sha256Hex(publicKey);
      const pseudonym = `o-${crypto.randomBytes(4).toHex()}`;
      const bound = {
        algorithm: 'ed25519',
        publicKey: publicKey.toBase64(),
        kind: 'key-file',
        pseudonym,
        function: post,
      };
      const act = await sayByAdministration(parts, relation, 'officer-key', { key, ...bound });
      const scopes = [...new Set(chosen.flatMap((role) => scopesOfRole[role]))];
      const token = await transact(database, async (transaction) => {
        await keepOfficerKey(transaction, {
          relation: relation.number,
          key,
          officer: officer.officer,
          pseudonym,
          kind: 'key-file',
        });
        const terms = {
          name: 'command line',
          scopes,
          expires: (now + tokenLife) as Instant,
          officer: officer.officer,
          relation: relation.number,
        };
        return issueToken(transaction, nodeCrypto, now, terms, undefined);
      });
      const file = { officer: officer.officer, function: post, pseudonym, key, token: token.secret };
      await writeOfficerFile(home, name, relationName, file, secretSeed, passphrase);
      const text = `${name} is enrolled in ${relationName} as ${pseudonym} (${post}); the key is bound by act ${act}.`;
      return { text, json: { officer: officer.officer, relation: relationName, pseudonym, key, act } };
    } finally {
      await close();
    }
  },
};

function rolesIn(names: readonly string[]): readonly Role[] {
  const wrong = names.find((name) => !isRole(name));
  if (wrong !== undefined) throw new Refusal('usage', { what: `--role ${wrong}: one of ${roles.join(', ')}` });
  return names.length === 0 ? ['officer'] : names.filter(isRole);
}
