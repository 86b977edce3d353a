import type { PartyId } from '@entente/protocol';
import type { KeyPair } from '@entente/wire';
import { type TlsIdentity, tlsIdentity } from '../adapters/tls-certificate.ts';
import type { Relation } from '../custody/relation.ts';

/** What a station shows in TLS to one counterpart: under its keyset in force, and under the one before where it is held. */
interface Shown {
  readonly present: TlsIdentity;
  readonly before: TlsIdentity | undefined;
}

/** The certificates of all relations of a station, made anew once a keyset puts another TLS key in force. */
export class TlsInForce {
  readonly #relations: readonly [Relation, ...Relation[]];
  #shown: ReadonlyMap<number, Shown> = new Map();
  /** The keys that what is shown was made of. */
  #keys = '';

  private constructor(relations: readonly [Relation, ...Relation[]]) {
    this.#relations = relations;
  }

  static async of(relations: readonly [Relation, ...Relation[]]): Promise<TlsInForce> {
    const made = new TlsInForce(relations);
    await made.renew();
    return made;
  }

  present(relation: Relation): TlsIdentity {
    return this.#of(relation).present;
  }

  before(relation: Relation): TlsIdentity | undefined {
    return this.#of(relation).before;
  }

  /** What the port shows: first what it shows to who asks for nothing. */
  all(): readonly [TlsIdentity, ...TlsIdentity[]] {
    const [first, ...rest] = this.#relations;
    const others = rest.map((relation) => this.present(relation));
    const before = this.#relations.flatMap((relation) => this.before(relation) ?? []);
    return [this.present(first), ...others, ...before];
  }

  /** @returns whether a relation has another key now */
  async renew(): Promise<boolean> {
    const keys = this.#relations
      .map(({ keys: { tls, tlsBefore } }) => [tls, tlsBefore].map(nameOf).join(' '))
      .join('\n');
    if (keys === this.#keys) return false;
    const shown = new Map<number, Shown>();
    for (const { number, own, keys: held } of this.#relations) {
      const before = held.tlsBefore && (await identityOf(own, held.tlsBefore));
      shown.set(number, { present: await identityOf(own, held.tls), before });
    }
    this.#shown = shown;
    this.#keys = keys;
    return true;
  }

  #of({ number, name }: Relation): Shown {
    const shown = this.#shown.get(number);
    if (shown === undefined) throw new Error(`relation ${name} is not of this station`);
    return shown;
  }
}

function identityOf(own: PartyId, { secretSeed }: KeyPair): Promise<TlsIdentity> {
  return tlsIdentity(own, secretSeed);
}

function nameOf(pair: KeyPair | undefined): string {
  return pair?.publicKey.toHex() ?? '-';
}
