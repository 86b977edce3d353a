import {
  appendLeaves,
  emptyFrontier,
  type Frontier,
  inclusionProofFromTiles,
  type Signer,
  rootOf,
  signCheckpoint,
  writeTlogProof,
} from '@entente/c2sp';
import {
  type ActId,
  type Head,
  type Instant,
  type JsonObject,
  type Leaf,
  type LogSize,
  type PartyId,
  relationDossier,
  writeBody,
  writeHead,
} from '@entente/protocol';
import {
  approveByKey,
  c2spCryptoOf,
  originOf,
  type ParcelEntry,
  type ParcelItem,
  seal,
  writeApproval,
  writeEnvelope,
  writeParcel,
  writeParcelHeader,
} from '@entente/wire';
import { leafOf } from '../../packages/station/src/exchange/weigh-entry.ts';
import type { TestStation } from './two-parties.fixtures.ts';

/** What a hostile counterpart writes into an act instead of the truth. */
export interface Lie {
  readonly head?: Partial<Head>;
  readonly inputs?: JsonObject;
  readonly fields?: JsonObject;
  readonly body?: Uint8Array;
  /** Signed by this seed instead of the station's. */
  readonly secretSeed?: Uint8Array;
  /** Named and not sent. */
  readonly withoutApproval?: true;
}

/** What stands in its log: an entry, and the approvals it names. */
interface Written {
  readonly entry: ParcelEntry;
  readonly approvals: readonly Uint8Array[];
}

/**
 * A counterpart that holds its real keys and writes whatever it wants: no rule of the station's own code is between it and
 * the bytes. Its log begins empty and is its own; the station whose keys it has keeps out of the way.
 */
export class HostileCounterpart {
  readonly #keys: TestStation;
  readonly #victim: TestStation;
  readonly #log: Written[] = [];

  constructor(keys: TestStation, victim: TestStation) {
    this.#keys = keys;
    this.#victim = victim;
  }

  get party(): PartyId {
    return this.#keys.relation.own;
  }

  get size(): number {
    return this.#log.length;
  }

  /** Another counterpart with the same keys and the same log up to a size: a fork. */
  fork(size: number): HostileCounterpart {
    const other = new HostileCounterpart(this.#keys, this.#victim);
    other.#log.push(...this.#log.slice(0, size));
    return other;
  }

  /** Appends an act to its log. @param leaf what the leaf says besides; unseen and now where nothing is said */
  say(lie: Lie = {}, leaf: { readonly seen?: Leaf['seen']; readonly time?: number } = {}): ActId {
    const { parts, relation } = this.#keys;
    const { crypto } = parts;
    const body =
      lie.body ??
      writeBody({ nonce: crypto.randomBytes(32).toBase64(), fields: lie.fields ?? { filler: 'x' }, attachments: [] });
    const head = writeHead({
      v: 1,
      type: 'relation/exercise',
      trackVersion: 1,
      from: relation.own,
      to: relation.counterpart,
      relation: relation.name,
      accord: relation.authority.accord(relation.own).hash,
      dossier: relationDossier,
      basis: [],
      handling: { codes: [] },
      inputs: lie.inputs ?? {},
      gates: [],
      author: { function: 'station', pseudonym: 'station' },
      body: crypto.sha256Hex(body),
      ...lie.head,
    });
    const act = crypto.sha256Hex(head) as ActId;
    const seed = lie.secretSeed ?? relation.keys.station.secretSeed;
    const approval = writeApproval(approveByKey(crypto, 'station', [act], seed));
    const key = crypto.sha256Hex(crypto.ed25519.publicKeyOf(seed));
    const envelope = writeEnvelope(head, [{ key, approval: crypto.sha256Hex(approval) }]);
    this.put({ envelope, body, ...this.#leaf(leaf) }, lie.withoutApproval === true ? [] : [approval]);
    return act;
  }

  /** Appends any bytes as an entry. */
  put(entry: ParcelEntry, approvals: readonly Uint8Array[] = []): void {
    this.#log.push({ entry, approvals });
  }

  /** An entry that is no act at all. */
  putBytes(bytes: string): void {
    this.put({ envelope: new TextEncoder().encode(bytes), body: null, ...this.#leaf({}) });
  }

  /** Seals entries `start` to before `end` of its log, under a head of its log at `head`; correct where nothing is said. */
  async parcel({
    start = 0,
    end = this.size,
    entries,
    to = this.#victim.relation.ownKeyset.keys.sealing,
    header = {},
    signer = this.#keys,
  }: {
    readonly start?: number;
    readonly end?: number;
    readonly entries?: readonly ParcelEntry[];
    readonly to?: string;
    readonly header?: { readonly to?: string; readonly relation?: string };
    readonly signer?: TestStation;
  } = {}): Promise<Uint8Array> {
    const { parts, relation } = this.#keys;
    const { ed25519, checkpoint } = this.#head(end, signer);
    const headerNote = writeParcelHeader(ed25519, {
      kind: 'run',
      from: relation.own,
      to: (header.to ?? relation.counterpart) as typeof relation.own,
      relation: (header.relation ?? relation.name) as typeof relation.name,
      epoch: 1,
      start: start as LogSize,
      end: end as LogSize,
    });
    const items: ParcelItem[] = [];
    for (const [at, { entry, approvals }] of this.#log.slice(start, end).entries()) {
      for (const approval of approvals) items.push({ kind: 'approval', approval });
      items.push({ kind: 'entry', ...(entries?.[at] ?? entry) });
    }
    return seal(parts.crypto, [to], writeParcel({ kind: 'run', header: headerNote, checkpoint, items }));
  }

  /** Seals one entry of its log ahead of its prefix, proven by a head of its log at `head`, at most 256. */
  async express(index: number, head: number = this.size): Promise<Uint8Array> {
    const { parts, relation } = this.#keys;
    const { crypto } = parts;
    const { ed25519, checkpoint } = this.#head(head, this.#keys);
    const leaves = Buffer.concat(this.#log.slice(0, head).map(({ entry }) => leafOf(crypto, entry)));
    const inclusion = inclusionProofFromTiles(c2spCryptoOf(crypto), head, index, () => leaves);
    const items = this.#log
      .slice(index, index + 1)
      .flatMap(({ entry, approvals }): ParcelItem[] => [
        ...approvals.map((approval) => ({ kind: 'approval', approval }) as const),
        { kind: 'entry', ...entry },
      ]);
    const header = writeParcelHeader(ed25519, {
      kind: 'express',
      from: relation.own,
      to: relation.counterpart,
      relation: relation.name,
      epoch: 1,
      index: index as LogSize,
    });
    const proof = writeTlogProof({ index, inclusion, note: new TextEncoder().encode(checkpoint) });
    const to = this.#victim.relation.ownKeyset.keys.sealing;
    return seal(crypto, [to], writeParcel({ kind: 'express', header, proof, items }));
  }

  entry(index: number): ParcelEntry {
    const written = this.#log[index];
    if (written === undefined) throw new Error(`no entry ${index}`);
    return written.entry;
  }

  /** Its head at a size, signed as its owner signs, and the key that signs parcels. */
  #head(size: number, { relation: { keys } }: TestStation): { readonly ed25519: Signer; readonly checkpoint: string } {
    const { parts, relation } = this.#keys;
    const named = relation.log(1);
    const as = (vkey: typeof named.ed25519.vkey, secret: Uint8Array, scheme: 'ed25519' | 'mldsa44') => ({
      vkey,
      sign: (message: Uint8Array) => parts.crypto[scheme].sign(secret, message),
    });
    const ed25519 = as(named.ed25519.vkey, keys.log.ed25519.secretSeed, 'ed25519');
    const mldsa44 = as(named.mldsa44.vkey, keys.log.mldsa44.secretSeed, 'mldsa44');
    const origin = originOf(relation.own, relation.counterpart, 1);
    const root = rootOf(parts.crypto, this.#frontier(size));
    const seconds = Math.floor(parts.clock.now() / 1000);
    const checkpoint = signCheckpoint({ origin, size, root, extension: [] }, [ed25519, mldsa44], seconds);
    return { ed25519, checkpoint };
  }

  #frontier(size: number): Frontier {
    const { crypto } = this.#keys.parts;
    const leaves = this.#log.slice(0, size).map(({ entry }) => leafOf(crypto, entry));
    return appendLeaves(crypto, emptyFrontier, leaves).frontier;
  }

  #leaf({ seen, time }: { readonly seen?: Leaf['seen']; readonly time?: number }): Pick<ParcelEntry, 'seen' | 'time'> {
    const { crypto, clock } = this.#keys.parts;
    const root = crypto.sha256Hex(new Uint8Array());
    return { seen: seen ?? { size: 0 as LogSize, root }, time: (time ?? clock.now()) as Instant };
  }
}
