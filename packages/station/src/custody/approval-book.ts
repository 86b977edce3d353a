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

// An approval covers up to 1,000 acts: this many stay ready for the parcels that follow.
const remembered = 4096;

/** The approvals of a relation, each read and verified once however many acts name it. */
export class ApprovalBook {
  readonly #crypto: Crypto;
  readonly #checked = new Map<Sha256Hex, Checked | undefined>();
  readonly #bytes = new Map<Sha256Hex, Uint8Array>();

  constructor(crypto: Crypto) {
    this.#crypto = crypto;
  }

  /** Takes an approval that came with a parcel or was just made; returns its hash. */
  add(bytes: Uint8Array): Sha256Hex {
    const hash = this.#crypto.sha256Hex(bytes);
    this.#bytes.set(hash, bytes);
    forgetOldest(this.#bytes);
    return hash;
  }

  /** Loads approvals that acts name and that are not at hand. @returns those found nowhere */
  async load(queryable: Queryable, relation: number, hashes: Iterable<Sha256Hex>): Promise<readonly Sha256Hex[]> {
    const wanted = [...new Set(hashes)].filter((hash) => !this.#bytes.has(hash));
    const found = await readApprovals(queryable, relation, wanted);
    for (const bytes of found.values()) this.add(bytes);
    return wanted.filter((hash) => !found.has(hash));
  }

  /** Whether a signature of an act holds, given the keys known by their hash. */
  holds(act: ActId, signature: ActSignature, signatoryOf: (key: Sha256Hex) => Signatory | undefined): boolean {
    const checked = this.#check(signature.approval, signatoryOf);
    return checked !== undefined && checked.holds && checked.key === signature.key && checked.acts.has(act);
  }

  #check(hash: Sha256Hex, signatoryOf: (key: Sha256Hex) => Signatory | undefined): Checked | undefined {
    const known = this.#checked.get(hash);
    if (known !== undefined) return known;
    const bytes = this.#bytes.get(hash);
    const approval = bytes && orUnreadable(() => readApproval(bytes));
    if (approval === undefined) return undefined;
    const signatory = signatoryOf(approval.by.key);
    // A key announced later makes the same approval hold then; only a final answer is remembered.
    if (signatory === undefined) return undefined;
    const checked = { acts: new Set(approval.acts), key: approval.by.key, holds: this.#verify(approval, signatory) };
    this.#checked.set(hash, checked);
    forgetOldest(this.#checked);
    return checked;
  }

  #verify(approval: Approval, { key, terms }: Signatory): boolean {
    return orUnreadable(() => verifyApproval(this.#crypto, approval, key, terms)) !== undefined;
  }
}

function forgetOldest(map: Map<Sha256Hex, unknown>): void {
  if (map.size <= remembered) return;
  const oldest = map.keys().next();
  if (oldest.done !== true) map.delete(oldest.value);
}

function orUnreadable<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
