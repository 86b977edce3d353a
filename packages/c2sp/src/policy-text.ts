// log <vkey> [<url>]
// witness <name> <vkey> [<url>]
// group <name> all|any|<k> <name>...
// quorum <name>|none
import { readUtf8, writeUtf8 } from './bytes.ts';
import type { Hasher } from './crypto.ts';
import { readDecimal } from './decimal.ts';
import { FormatError } from './errors.ts';
import type { Policy, PolicyGroup, PolicyLog, PolicyParts, PolicyWitness } from './policy.ts';
import { type KeyType, type KnownVerifierKey, readKnownVkey } from './vkey.ts';

/** Enough for some seventy ML-DSA-44 keys; the specification asks for 32 logs, 32 witnesses and 32 groups. */
const POLICY_BYTES = 256 * 1024;

const LOG_TYPES: readonly KeyType[] = [1, 6];
const WITNESS_TYPES: readonly KeyType[] = [4, 6];

/** Reads a policy file and checks every rule of c2sp.org/tlog-policy. @throws FormatError naming the line */
export function readPolicy(crypto: Hasher, bytes: Uint8Array, limit: number = POLICY_BYTES): Policy {
  if (bytes.length > limit) throw new FormatError('size-limit', 'policy');
  const lines = readOctets(bytes, 'policy').split('\n');
  if (lines.pop() !== '') throw new FormatError('policy-line', 'last line');
  const logs: PolicyLog[] = [];
  const witnesses: PolicyWitness[] = [];
  const groups: PolicyGroup[] = [];
  const quorums: string[] = [];
  const defined = new Set<string>();
  const members = new Set<string>();
  for (const [at, line] of lines.entries()) {
    const where = `line ${at + 1}`;
    const [keyword, ...items] = line.split(/[ \t]+/).filter((item) => item !== '');
    if (keyword === undefined || keyword.startsWith('#')) continue;
    switch (keyword) {
      case 'log':
        logs.push(readLog(crypto, items, where));
        break;
      case 'witness': {
        const witness = readWitness(crypto, items, where);
        defineOnce(defined, witness.name, where);
        witnesses.push(witness);
        break;
      }
      case 'group': {
        const group = readGroup(items, where);
        for (const member of group.members) {
          if (!defined.has(member) || members.has(member)) throw new FormatError('policy-name', where);
          members.add(member);
        }
        defineOnce(defined, group.name, where);
        groups.push(group);
        break;
      }
      case 'quorum':
        quorums.push(readQuorum(items, defined, where));
        break;
      default:
        throw new FormatError('policy-line', where);
    }
  }
  const [quorum, ...more] = quorums;
  if (quorum === undefined || more.length > 0) throw new FormatError('policy-quorum', 'policy');
  checkKeys(
    logs.map(({ vkey }) => vkey),
    witnesses.map(({ vkey }) => vkey),
  );
  const policy: PolicyParts = {
    logs: Object.freeze(logs),
    witnesses: Object.freeze(witnesses),
    groups: Object.freeze(groups),
    quorum,
  };
  return Object.freeze(policy) as Policy;
}

/** Writes a policy file that `readPolicy` accepts. @throws FormatError naming the line it refuses */
export function writePolicy(crypto: Hasher, parts: PolicyParts): Uint8Array {
  const vkeyText = ({ text }: KnownVerifierKey) => readOctets(writeUtf8(text, 'vkey'), 'vkey');
  const lines = [
    ...parts.logs.map(({ vkey, url }) => ['log', vkeyText(vkey), url]),
    ...parts.witnesses.map(({ name, vkey, url }) => ['witness', name, vkeyText(vkey), url]),
    ...parts.groups.map(({ name, threshold, members }) => ['group', name, String(threshold), ...members]),
    ['quorum', parts.quorum],
  ].map((items) => items.filter((item) => item !== undefined));
  if (lines.flat().some((item) => item === '' || /[ \t\n]/.test(item))) throw new FormatError('policy-line', 'policy');
  const bytes = writeOctets(lines.map((items) => `${items.join(' ')}\n`).join(''));
  const again = readPolicy(crypto, bytes);
  if (again.quorum !== parts.quorum) throw new FormatError('policy-line', 'policy');
  return bytes;
}

function readLog(crypto: Hasher, items: readonly string[], where: string): PolicyLog {
  const [vkey, url, ...more] = items;
  if (vkey === undefined || more.length > 0) throw new FormatError('policy-line', where);
  return Object.freeze({ vkey: readPolicyVkey(crypto, vkey, LOG_TYPES, where), ...(url !== undefined && { url }) });
}

function readWitness(crypto: Hasher, items: readonly string[], where: string): PolicyWitness {
  const [name, vkey, url, ...more] = items;
  if (name === undefined || vkey === undefined || more.length > 0) throw new FormatError('policy-line', where);
  return Object.freeze({
    name,
    vkey: readPolicyVkey(crypto, vkey, WITNESS_TYPES, where),
    ...(url !== undefined && { url }),
  });
}

function readGroup(items: readonly string[], where: string): PolicyGroup {
  const [name, rule, ...members] = items;
  if (name === undefined || rule === undefined) throw new FormatError('policy-line', where);
  const threshold = rule === 'all' ? members.length : rule === 'any' ? 1 : readDecimal(rule, where);
  if (threshold < 1 || threshold > members.length) throw new FormatError('policy-threshold', where);
  return Object.freeze({ name, threshold, members: Object.freeze(members) });
}

function readQuorum(items: readonly string[], defined: ReadonlySet<string>, where: string): string {
  const [name, ...more] = items;
  if (name === undefined || more.length > 0) throw new FormatError('policy-line', where);
  if (name !== 'none' && !defined.has(name)) throw new FormatError('policy-name', where);
  return name;
}

function defineOnce(defined: Set<string>, name: string, where: string): void {
  if (name === 'none' || defined.has(name)) throw new FormatError('policy-name', where);
  defined.add(name);
}

function readPolicyVkey(crypto: Hasher, octets: string, types: readonly KeyType[], where: string): KnownVerifierKey {
  const vkey = readKnownVkey(crypto, readUtf8(writeOctets(octets), where), where);
  if (!types.includes(vkey.type)) throw new FormatError('vkey-type', where);
  return vkey;
}

function checkKeys(logs: readonly KnownVerifierKey[], witnesses: readonly KnownVerifierKey[]): void {
  for (const keys of [logs, witnesses]) {
    if (new Set(keys.map(({ publicKey }) => publicKey.toHex())).size !== keys.length) {
      throw new FormatError('policy-duplicate', 'policy');
    }
  }
  // One signature line must never point at two keys: verifying it with the wrong one would refuse a good note.
  const keys = new Map<string, string>();
  for (const { name, keyId, text } of [...logs, ...witnesses]) {
    const pointer = `${name}+${keyId}`;
    if ((keys.get(pointer) ?? text) !== text) throw new FormatError('policy-duplicate', 'policy');
    keys.set(pointer, text);
  }
}

function readOctets(bytes: Uint8Array, where: string): string {
  const allowed = (octet: number) => octet === 0x09 || octet === 0x0a || (octet >= 0x20 && octet !== 0x7f);
  if (!bytes.every(allowed)) throw new FormatError('control-character', where);
  return Array.from(bytes, (octet) => String.fromCharCode(octet)).join('');
}

function writeOctets(octets: string): Uint8Array {
  return Uint8Array.from(octets, (character) => {
    const octet = character.codePointAt(0) ?? 0;
    if (octet > 0xff) throw new FormatError('policy-line', 'policy');
    return octet;
  });
}
