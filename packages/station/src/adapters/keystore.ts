import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, type Json, type JsonObject, readCanonicalJson, Refusal } from '@entente/protocol';
import type { Crypto, KeyPair } from '@entente/wire';

/** A role's pair of keys where both algorithms are required. */
export interface HybridKeys {
  readonly ed25519: KeyPair;
  readonly mldsa44: KeyPair;
}

/** A sealing identity of age, `AGE-SECRET-KEY-PQ-1…`, with its number; rotated by the station. */
export interface SealingKey {
  readonly number: number;
  readonly identity: string;
  readonly recipient: string;
}

/** All private keys a station holds for one relation. Distinct for log, mirror, TLS and sealing (PROTOCOL §2.7). */
export interface RelationKeys {
  readonly log: HybridKeys;
  readonly mirror: HybridKeys;
  readonly station: KeyPair;
  readonly administration: KeyPair;
  /** The certificate is a pure function of this key and the party. */
  readonly tls: KeyPair;
  /** The TLS key that this one replaced: until the counterpart has the new keyset it knows us by that one. */
  readonly tlsBefore?: KeyPair;
  /** Newest last. */
  readonly sealing: readonly SealingKey[];
}

/** The house's own keys stand beside those of its relations; no relation has this name. */
export const houseKeys = '_house';

/**
 * The folder of private keys, outside the database and its backups; one sub-folder a relation. Files are readable by
 * the station's user alone and are written whole or not at all.
 */
export class Keystore {
  readonly #folder: string;
  readonly #crypto: Crypto;

  constructor(folder: string, crypto: Crypto) {
    this.#folder = folder;
    this.#crypto = crypto;
  }

  /** @throws Refusal `keystore-missing`, naming the file */
  async readRelation(relation: string): Promise<RelationKeys> {
    const [log, mirror, station, administration, tls] = await Promise.all([
      this.readHybrid(relation, 'log'),
      this.readHybrid(relation, 'mirror'),
      this.#readKey(relation, 'station'),
      this.#readKey(relation, 'administration'),
      this.#readKey(relation, 'tls'),
    ]);
    const before = (await this.holds(relation, 'tls-before')) ? await this.#readKey(relation, 'tls-before') : undefined;
    const sealing = await this.readSealing(relation);
    return {
      log,
      mirror,
      station,
      administration,
      tls,
      ...(before === undefined ? {} : { tlsBefore: before }),
      sealing,
    };
  }

  async writeRelation(relation: string, keys: RelationKeys): Promise<void> {
    await this.writeHybrid(relation, 'log', keys.log);
    await this.writeHybrid(relation, 'mirror', keys.mirror);
    await this.#write(relation, 'station.json', { ed25519: seedOf(keys.station) });
    await this.#write(relation, 'administration.json', { ed25519: seedOf(keys.administration) });
    const before = (await this.holds(relation, 'tls')) ? await this.#readKey(relation, 'tls') : keys.tls;
    if (seedOf(before) !== seedOf(keys.tls))
      await this.#write(relation, 'tls-before.json', { ed25519: seedOf(before) });
    await this.#write(relation, 'tls.json', { ed25519: seedOf(keys.tls) });
    for (const key of keys.sealing) await this.addSealing(relation, key);
  }

  async addSealing(relation: string, key: SealingKey): Promise<void> {
    await this.#write(relation, sealingFile(key.number), { identity: key.identity, recipient: key.recipient });
  }

  /** Destroys an old sealing key; what was sealed to it can be opened by nobody any more. */
  async destroySealing(relation: string, number: number): Promise<void> {
    await rm(join(this.#folder, relation, sealingFile(number)), { force: true });
  }

  async readSealing(relation: string): Promise<readonly SealingKey[]> {
    const names = (await readdir(join(this.#folder, relation)).catch(() => [])).filter((name) =>
      /^sealing-\d{6}\.json$/.test(name),
    );
    return Promise.all(
      names.sort().map(async (name) => {
        const value = await this.#read(relation, name);
        return {
          number: Number(name.slice(8, 14)),
          identity: text(value, 'identity', name),
          recipient: text(value, 'recipient', name),
        };
      }),
    );
  }

  /** Keeps the secret of blind checks for a purpose, 32 bytes. An older epoch's stays as long as a set under it is kept. */
  async addBlind(relation: string, purpose: string, epoch: number, secret: Uint8Array): Promise<void> {
    await this.#write(relation, blindFile(purpose, epoch), { secret: secret.toBase64() });
  }

  /** @throws Refusal `keystore-missing` */
  async readBlind(relation: string, purpose: string, epoch: number): Promise<Uint8Array> {
    const name = blindFile(purpose, epoch);
    const value = await this.#read(relation, name);
    return Uint8Array.fromBase64(text(value, 'secret', name), { lastChunkHandling: 'strict' });
  }

  /** The epochs whose secrets for a purpose are here, in rising order. */
  async blindEpochs(relation: string, purpose: string): Promise<readonly number[]> {
    const names: readonly string[] = await readdir(join(this.#folder, relation)).catch(() => []);
    return names
      .map((name) => ({ name, epoch: Number(/-(\d{6,})\.json$/.exec(name)?.[1]) }))
      .filter(({ name, epoch }) => name === blindFile(purpose, epoch))
      .map(({ epoch }) => epoch)
      .toSorted((one, other) => one - other);
  }

  /** Destroys a secret of blind checks: nothing can be shown any more of sets under it. */
  async destroyBlind(relation: string, purpose: string, epoch: number): Promise<void> {
    await rm(join(this.#folder, relation, blindFile(purpose, epoch)), { force: true });
  }

  /** Whether a role's keys are here. */
  async holds(relation: string, role: string): Promise<boolean> {
    const names: readonly string[] = await readdir(join(this.#folder, relation)).catch(() => []);
    return names.includes(`${role}.json`);
  }

  async readHybrid(relation: string, role: string): Promise<HybridKeys> {
    const name = `${role}.json`;
    const value = await this.#read(relation, name);
    const { ed25519, mldsa44 } = this.#crypto;
    return {
      ed25519: pairOf(ed25519, text(value, 'ed25519', name), name),
      mldsa44: pairOf(mldsa44, text(value, 'mldsa44', name), name),
    };
  }

  async writeHybrid(relation: string, role: string, keys: HybridKeys): Promise<void> {
    await this.#write(relation, `${role}.json`, { ed25519: seedOf(keys.ed25519), mldsa44: seedOf(keys.mldsa44) });
  }

  async #readKey(relation: string, role: string): Promise<KeyPair> {
    const name = `${role}.json`;
    return pairOf(this.#crypto.ed25519, text(await this.#read(relation, name), 'ed25519', name), name);
  }

  async #read(relation: string, name: string): Promise<JsonObject> {
    const path = join(this.#folder, relation, name);
    const json = await readFile(path, 'utf8').catch((cause: unknown) => {
      throw new Refusal('keystore-missing', { where: path }, { cause });
    });
    const value = readCanonicalJson(json.trimEnd());
    if (!isObject(value)) throw new Refusal('keystore-missing', { where: path, what: 'the file is damaged' });
    return value;
  }

  async #write(relation: string, name: string, value: JsonObject): Promise<void> {
    const folder = join(this.#folder, relation);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, name);
    const file = await open(`${path}.new`, 'w', 0o600);
    try {
      await file.writeFile(`${canonicalJson(value)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
  }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sealingFile(number: number): string {
  return `sealing-${String(number).padStart(6, '0')}.json`;
}

function blindFile(purpose: string, epoch: number): string {
  return `blind-${purpose.replaceAll('/', '.')}-${String(epoch).padStart(6, '0')}.json`;
}

function seedOf(pair: KeyPair): string {
  return pair.secretSeed.toBase64();
}

function pairOf(scheme: Crypto['ed25519'], seed: string, where: string): KeyPair {
  const secretSeed = Uint8Array.fromBase64(seed, { lastChunkHandling: 'strict' });
  if (secretSeed.length !== 32) throw new Refusal('keystore-missing', { where, what: 'a seed has 32 bytes' });
  return { publicKey: scheme.publicKeyOf(secretSeed), secretSeed };
}

function text(value: JsonObject, member: string, where: string): string {
  const found = value[member];
  if (typeof found !== 'string') throw new Refusal('keystore-missing', { where, what: `no ${member}` });
  return found;
}
