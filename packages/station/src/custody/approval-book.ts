import type { ActId, Sha256Hex } from '@entente/protocol';
import { Refusal } from '@entente/protocol';
import {
  type ActSignature,
  type Approval,
  type ApproverKey,
  type Crypto,
  readApproval,
  type SigningTerms,
  verifyApproval,
} from '@entente/wire';
import { readApprovals } from '../store/approvals.ts';
import type { Queryable } from '../store/database.ts';

/** What an approval was found to be: its acts and signer, and whether its signature holds. */
interface Checked {
  readonly acts: ReadonlySet<ActId>;
  readonly key: Sha256Hex;
  readonly holds: boolean;
}

/** What is needed to check whoever signed: its key wherever it was announced, and where its party's officers sign. */
export interface Signatory {
  readonly key: ApproverKey;
  readonly terms: SigningTerms;
}

// What stays at hand for the parcels that follow, besides what the run under judgement names: bytes of approvals as they
// came, acts of those that were checked (a set of 64,000 ids takes 8 MB).
const bytesRemembered = 8 * 1024 * 1024;
const actsRemembered = 64_000;

/** The approvals of a relation, each read and verified once however many acts name it. */
export class ApprovalBook {
  readonly #crypto: Crypto;
  /** By the approval and the accord under which it was checked: that says where officers sign. */
  readonly #checked = new Map<string, Checked>();
  /** The one used longest ago first. */
  readonly #bytes = new Map<Sha256Hex, Uint8Array>();
  #bytesHeld = 0;
  #actsHeld = 0;

  constructor(crypto: Crypto) {
    this.#crypto = crypto;
  }

  /** Takes an approval that came with a parcel or was just made; returns its hash. */
  add(bytes: Uint8Array): Sha256Hex {
    const hash = this.#crypto.sha256Hex(bytes);
    this.#use(hash, bytes);
    return hash;
  }

  /** Loads approvals that acts name and that are not at hand, and forgets older ones. @returns those found nowhere */
  async load(queryable: Queryable, relation: number, hashes: Iterable<Sha256Hex>): Promise<readonly Sha256Hex[]> {
    const named = new Set(hashes);
    const wanted: Sha256Hex[] = [];
    for (const hash of named) {
      const bytes = this.#bytes.get(hash);
      if (bytes === undefined) wanted.push(hash);
      else this.#use(hash, bytes);
    }
    const found = await readApprovals(queryable, relation, wanted);
    for (const bytes of found.values()) this.add(bytes);
    this.#forgetOldest(named.size);
    return wanted.filter((hash) => !found.has(hash));
  }

  /** Whether a signature of an act holds under an accord, which says where officers sign, given the keys by their hash. */
  holds(
    act: ActId,
    signature: ActSignature,
    accord: Sha256Hex,
    signatoryOf: (key: Sha256Hex) => Signatory | undefined,
  ): boolean {
    const checked = this.#check(signature.approval, accord, signatoryOf);
    return checked !== undefined && checked.holds && checked.key === signature.key && checked.acts.has(act);
  }

  #check(
    hash: Sha256Hex,
    accord: Sha256Hex,
    signatoryOf: (key: Sha256Hex) => Signatory | undefined,
  ): Checked | undefined {
    const name = `${hash} ${accord}`;
    const known = this.#checked.get(name);
    if (known !== undefined) return known;
    const bytes = this.#bytes.get(hash);
    const approval = bytes && orUnreadable(() => readApproval(bytes));
    if (approval === undefined) return undefined;
    const signatory = signatoryOf(approval.by.key);
    // A key announced later makes the same approval hold then; only a final answer is remembered.
    if (signatory === undefined) return undefined;
    const checked = { acts: new Set(approval.acts), key: approval.by.key, holds: this.#verify(approval, signatory) };
    this.#checked.set(name, checked);
    this.#actsHeld += checked.acts.size;
    for (const [oldest, { acts }] of this.#checked) {
      if (this.#actsHeld <= actsRemembered || oldest === name) break;
      this.#checked.delete(oldest);
      this.#actsHeld -= acts.size;
    }
    return checked;
  }

  #use(hash: Sha256Hex, bytes: Uint8Array): void {
    if (!this.#bytes.delete(hash)) this.#bytesHeld += bytes.length;
    this.#bytes.set(hash, bytes);
  }

  /** What the run names was used last: it stays, however much it is. */
  #forgetOldest(named: number): void {
    for (const [hash, bytes] of this.#bytes) {
      if (this.#bytesHeld <= bytesRemembered || this.#bytes.size <= named) return;
      this.#bytes.delete(hash);
      this.#bytesHeld -= bytes.length;
    }
  }

  #verify(approval: Approval, { key, terms }: Signatory): boolean {
    return orUnreadable(() => verifyApproval(this.#crypto, approval, key, terms)) !== undefined;
  }
}

function orUnreadable<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
