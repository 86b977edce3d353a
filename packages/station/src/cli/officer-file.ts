// officers/<name>/<relation>.json   who: {"function":…,"key":…,"officer":…,"pseudonym":…,"token":…}
// officers/<name>/<relation>.age    the secret seed, sealed with a passphrase; opens with `age -d`
// officers/<name>/<relation>.key    or in the clear, readable by its owner alone
import { readdir } from 'node:fs/promises';
import { canonicalJson, isSha256Hex, Refusal, type RelationId, type Sha256Hex } from '@entente/protocol';
import type { KeyFile } from '@entente/wire';
import { Decrypter, Encrypter } from 'age-encryption';
import { type Home, readIfThere, readNamed, writePrivate } from './home.ts';
import type { Input } from './input.ts';
import { readWrittenObject, textIn } from './json-file.ts';
import type { Terminal } from './terminal.ts';

/** An officer as the command line knows them in one relation. */
export interface OfficerFile {
  readonly officer: number;
  readonly function: string;
  readonly pseudonym: string;
  readonly key: Sha256Hex;
  /** Access to the station's API in this officer's name. */
  readonly token: string;
}

export async function writeOfficerFile(
  home: Home,
  name: string,
  relation: RelationId,
  file: OfficerFile,
  seed: Uint8Array,
  passphrase: string | undefined,
): Promise<void> {
  const base = pathOf(home, name, relation);
  const text = new TextEncoder().encode(`${seed.toBase64()}\n`);
  if (passphrase === undefined) await writePrivate(`${base}.key`, text);
  else {
    const encrypter = new Encrypter();
    encrypter.setPassphrase(passphrase);
    await writePrivate(`${base}.age`, await encrypter.encrypt(text));
  }
  await writePrivate(`${base}.json`, `${canonicalJson({ ...file })}\n`);
}

/** @throws Refusal `officer-unknown` where nobody of that name is enrolled here for the relation */
export async function readOfficerFile(home: Home, name: string, relation: RelationId): Promise<OfficerFile> {
  const bytes = await readIfThere(`${pathOf(home, name, relation)}.json`);
  if (bytes === undefined) throw new Refusal('officer-unknown', { what: `${name}, ${relation}` });
  const value = readWrittenObject(bytes, 'officer');
  const { officer, key } = value;
  if (typeof officer !== 'number' || !isSha256Hex(key)) throw new Refusal('field-malformed', { where: 'officer' });
  const text = (member: string): string => textIn(value, member, 'officer');
  return { officer, key, function: text('function'), pseudonym: text('pseudonym'), token: text('token') };
}

/** The signing key, once its passphrase was given. @throws Refusal `key-malformed` for a wrong passphrase */
export async function openOfficerKey(
  home: Home,
  name: string,
  relation: RelationId,
  input: Input,
  terminal: Terminal,
): Promise<KeyFile> {
  const base = pathOf(home, name, relation);
  const plain = await readIfThere(`${base}.key`);
  const sealed = plain === undefined ? await readIfThere(`${base}.age`) : undefined;
  if (plain === undefined && sealed === undefined) throw new Refusal('keystore-missing', { where: `${base}.age` });
  const text = plain ?? (await opened(sealed ?? new Uint8Array(), await passphraseOf(input, terminal, false)));
  const secretSeed = Uint8Array.fromBase64(new TextDecoder().decode(text).trim());
  return { algorithm: 'ed25519', secretSeed };
}

/** The passphrase from a file, else typed without being shown; a new one is typed twice. */
export async function passphraseOf(input: Input, terminal: Terminal, isNew: boolean): Promise<string> {
  const file = input.optional('passphrase-file');
  if (file !== undefined) return new TextDecoder().decode(await readNamed(file)).trimEnd();
  const typed = await terminal.askSecret('Passphrase of the signing key: ');
  if (isNew && (await terminal.askSecret('The same again: ')) !== typed)
    throw new Refusal('usage', { what: 'two different passphrases' });
  if (typed === '') throw new Refusal('usage', { what: 'an empty passphrase' });
  return typed;
}

/** The only officer enrolled here for the relation, or the one named with --as. @throws Refusal `usage`, `officer-unknown` */
export async function officerNamed(home: Home, input: Input, relation: RelationId): Promise<string> {
  const named = input.optional('as');
  if (named !== undefined) return named;
  const folders = await readdir(home.path('officers')).catch(() => []);
  const enrolled: string[] = [];
  for (const folder of folders) {
    if ((await readIfThere(home.path('officers', folder, `${relation}.json`))) !== undefined) enrolled.push(folder);
  }
  const [only, ...more] = enrolled;
  if (only === undefined) throw new Refusal('officer-unknown', { what: `${relation}: entente officer enrol` });
  if (more.length > 0) throw new Refusal('usage', { what: `--as: one of ${enrolled.join(', ')}` });
  return only;
}

async function opened(sealed: Uint8Array, passphrase: string): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    return await decrypter.decrypt(sealed);
  } catch (cause) {
    throw new Refusal('key-malformed', { where: 'signing key', what: 'the passphrase does not open it' }, { cause });
  }
}

/** A name as a folder: letters and digits of any script, the rest as hyphens. */
function pathOf(home: Home, name: string, relation: RelationId): string {
  const folder = name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  if (folder === '') throw new Refusal('usage', { what: '--name: letters or digits' });
  return home.path('officers', folder, relation);
}
