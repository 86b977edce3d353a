import { type ActId, type PartyId, readRegister, Refusal, type Sha256Hex } from '@entente/protocol';
import {
  type AccordAt,
  accordAt,
  type AccordChain,
  type AgreedAccord,
  type ApproverKey,
  type Crypto,
  keyIdOf,
  type Keyset,
  readApproval,
  verifyApproval,
} from '@entente/wire';
import type { OpenedEntry } from './opened-entry.ts';

/** How the signatures of a channel's acts came out. What does not hold is no fraud by itself: such an act is noted. */
export interface SignatureCount {
  readonly verified: number;
  readonly failed: number;
  /** Acts that name an accord which was not in force for their author where they stand. */
  readonly otherAccord: number;
  /** Where the first of them stand. */
  readonly places: readonly string[];
}

interface Checked {
  readonly acts: ReadonlySet<ActId>;
  readonly key: Sha256Hex;
  /** As found under the accord of this id, which says where officers sign. */
  found: { readonly under: Sha256Hex; readonly holds: boolean } | undefined;
  readonly bytes: Uint8Array;
}

// An approval covers up to 1,000 acts, which may stand in several parcels.
const remembered = 4096;
const shown = 20;

/** Verifies approvals with the keys known so far in one channel: those of keysets, and of officers as they are bound. */
export class SignatureBook {
  readonly #crypto: Crypto;
  readonly #party: PartyId;
  readonly #accordAt: AccordAt;
  readonly #keys = new Map<Sha256Hex, ApproverKey>();
  readonly #approvals = new Map<Sha256Hex, Checked>();
  readonly #count = { verified: 0, failed: 0, otherAccord: 0 };
  readonly #places: string[] = [];
  #entries = 0;

  constructor(crypto: Crypto, party: PartyId, chain: AccordChain, keysets: readonly Keyset[]) {
    this.#crypto = crypto;
    this.#party = party;
    this.#accordAt = accordAt(chain);
    for (const { keys, root } of keysets) {
      this.#learn({ kind: 'station', publicKey: keys.station });
      this.#learn({ kind: 'administration', publicKey: keys.administration });
      this.#learn({ kind: 'root', root });
    }
  }

  take(bytes: Uint8Array): void {
    const hash = this.#crypto.sha256Hex(bytes);
    if (this.#approvals.has(hash)) return;
    const { acts, by } = readApproval(bytes);
    this.#approvals.set(hash, { acts: new Set(acts), key: by.key, found: undefined, bytes });
    const [oldest] = this.#approvals.keys();
    if (this.#approvals.size > remembered && oldest !== undefined) this.#approvals.delete(oldest);
  }

  /** Entries are checked in the channel's order, from its first. */
  check({ id, head, signatures, seen }: OpenedEntry): void {
    const index = this.#entries++;
    const inForce = this.#accordAt(this.#party, index, seen);
    if (head !== undefined && head.accord !== inForce.id) this.#count.otherAccord += 1;
    for (const { approval, key } of signatures) {
      const checked = this.#approvals.get(approval);
      if (checked !== undefined && checked.found?.under !== inForce.id)
        checked.found = { under: inForce.id, holds: this.#verify(checked, inForce) };
      if (checked?.found?.holds === true && checked.key === key && checked.acts.has(id)) this.#count.verified += 1;
      else {
        this.#count.failed += 1;
        if (this.#places.length < shown) this.#places.push(`entry ${index}, act ${id}`);
      }
    }
    const written = head && readRegister(head);
    if (written?.kind !== 'officer-key') return;
    const { algorithm, publicKey, kind } = written.officer;
    if (algorithm !== 'ed25519' && algorithm !== 'p256') return;
    this.#learn({ kind: 'officer', keyKind: kind, algorithm, publicKey: Uint8Array.fromBase64(publicKey) });
  }

  get count(): SignatureCount {
    return { ...this.#count, places: this.#places };
  }

  #learn(key: ApproverKey): void {
    this.#keys.set(keyIdOf(this.#crypto, key), key);
  }

  #verify({ key, bytes }: Checked, { accord }: AgreedAccord): boolean {
    const approver = this.#keys.get(key);
    const terms = accord.parties.find(({ id }) => id === this.#party)?.signing;
    if (approver === undefined || terms === undefined) return false;
    try {
      verifyApproval(this.#crypto, readApproval(bytes), approver, terms);
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }
}
