import type { ActId, Sha256Hex } from '@entente/protocol';
import { orUnreadable } from '@entente/protocol';
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

/** What an approval was found to be: its acts, and whether its signature holds. */
interface Checked {
  readonly acts: ReadonlySet<ActId>;
  readonly holds: boolean;
}

/** What is needed to check whoever signed: its key as it was announced last, and where its party's officers sign. */
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
  /** By all that the answer depends on: the approval, the accord that says where officers sign, the key and its kind. */
  readonly #checked = new Map<string, Checked>();
  #last: (ActSignature & { readonly accord: Sha256Hex; readonly kind: string; readonly checked: Checked }) | undefined;
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

  /** Whether a signature of an act holds under an accord, which says where officers sign, if this is whose key it names. */
  holds(act: ActId, { approval, key }: ActSignature, accord: Sha256Hex, signatory: Signatory | undefined): boolean {
    // A key announced later makes the same approval hold then; only a final answer is remembered.
    if (signatory === undefined) return false;
    const kind = kindOf(signatory.key);
    const last = this.#last;
    // The acts of one approval mostly come one after the other: no name is put together for each.
    const isLast = last?.approval === approval && last.accord === accord && last.key === key && last.kind === kind;
    const checked = isLast ? last.checked : this.#check(approval, `${approval} ${accord} ${key} ${kind}`, signatory);
    if (checked === undefined) return false;
    if (!isLast) this.#last = { approval, accord, key, kind, checked };
    return checked.holds && checked.acts.has(act);
  }

  #check(hash: Sha256Hex, name: string, signatory: Signatory): Checked | undefined {
    const known = this.#checked.get(name);
    if (known !== undefined) return known;
    const bytes = this.#bytes.get(hash);
    if (bytes === undefined) return undefined;
    const approval = orUnreadable(() => readApproval(bytes));
    const checked = {
      acts: new Set(approval?.acts),
      holds: approval !== undefined && this.#verify(approval, signatory),
    };
    this.#checked.set(name, checked);
    this.#actsHeld += weightOf(checked);
    for (const [oldest, one] of this.#checked) {
      if (this.#actsHeld <= actsRemembered || oldest === name) break;
      this.#checked.delete(oldest);
      this.#actsHeld -= weightOf(one);
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

/** A key can be announced again as one of another kind: what was found of it as it was says nothing of it as it is. */
function kindOf(key: ApproverKey): string {
  return key.kind === 'officer' ? `officer ${key.keyKind} ${key.algorithm}` : key.kind;
}

/** An approval that cannot be read takes room as well. */
function weightOf({ acts }: Checked): number {
  return Math.max(1, acts.size);
}
