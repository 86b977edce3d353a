import type { Identity } from '../identity.ts';
import { prepareIdentity } from '../score/prepared.ts';
import { compareCandidates } from './candidate.ts';
import type { Candidate, SearchOptions } from './candidate.ts';
import { readBirths } from './file-identity.ts';
import { FormAgreements } from './form-agreements.ts';
import { gatherByDocument } from './gather-by-document.ts';
import { gatherCandidates } from './gather-candidates.ts';
import { HeldIdentities } from './held-identities.ts';
import { KnownForms } from './known-forms.ts';
import { NameLookup } from './name-lookup.ts';
import { readSnapshot } from './read-snapshot.ts';
import { mostWeighed, weighCandidates } from './weigh-candidates.ts';
import { writeSnapshot } from './write-snapshot.ts';

export type IdentityIndexOptions = {
  /** Identities beyond which a put is refused; sixteen million unless said. */
  readonly most?: number;
};

const MOST_IDENTITIES = 16_000_000;
/** A query reads the tail from end to end: longer, it is felt; shorter, identities are filed too often. */
const LONGEST_TAIL = 1024;

/** An empty index. */
export function createIdentityIndex({ most = MOST_IDENTITIES }: IdentityIndexOptions = {}): IdentityIndex {
  return new IdentityIndex(new HeldIdentities(most));
}

/**
 * An index from the chunks of a `snapshot`, in their order, of any size.
 * @throws SearchRefusal `snapshot-foreign`, `snapshot-version`, `snapshot-damaged`, or `index-full` where it holds more than `most`
 */
export function restoreIdentityIndex(
  chunks: Iterable<Uint8Array>,
  { most = MOST_IDENTITIES }: IdentityIndexOptions = {},
): IdentityIndex {
  return new IdentityIndex(readSnapshot(chunks, most));
}

/**
 * Finds who may be meant among millions, by name in either script, birth date and document. It holds no truth: what it
 * answers are keys, and whoever asks reads the persons where they are kept.
 */
export class IdentityIndex {
  readonly #held: HeldIdentities;
  readonly #agreements: FormAgreements;
  #known: KnownForms;
  #lookup: NameLookup;
  #hasAnswered = false;

  constructor(held: HeldIdentities) {
    this.#held = held;
    this.#known = new KnownForms(held.vocabulary);
    this.#lookup = new NameLookup(held.vocabulary, this.#known);
    this.#agreements = new FormAgreements(held.vocabulary, this.#known);
  }

  get size(): number {
    return this.#held.size;
  }

  has(key: string): boolean {
    return this.#held.find(key) !== undefined;
  }

  /**
   * Adds an identity or replaces the one its key had; the next search finds it.
   * @throws SearchRefusal `key-empty`, `key-too-long`, `identity-without-name`, `identity-too-large` or `index-full`; the index is then as before
   */
  put(key: string, identity: Identity): void {
    this.#held.put(key, identity);
    this.#forget();
    if (this.#held.tail.count >= LONGEST_TAIL) this.#held.settle();
  }

  /** Puts many and files them at once: some twenty times faster. Whoever was put before a refusal stays. */
  putAll(entries: Iterable<readonly [string, Identity]>): void {
    this.#forget();
    try {
      for (const [key, identity] of entries) this.#held.put(key, identity);
    } finally {
      this.#held.settle();
    }
  }

  /** Whether there was one. It is not answered any more; its bytes go when its segment is next merged. */
  remove(key: string): boolean {
    this.#forget();
    return this.#held.remove(key);
  }

  /** Candidates, strongest first. What of the query cannot be read says nothing; a query costs the same whoever wrote it. */
  search(identity: Identity, { limit, atLeast = 0 }: SearchOptions): readonly Candidate[] {
    this.#hasAnswered = true;
    const names = this.#lookup.nameQueries(identity);
    const births = readBirths(identity);
    const most = mostWeighed(births);
    const judged = [
      ...gatherByDocument(this.#held, identity.documents),
      ...gatherCandidates(this.#held, names, births, this.#known, this.#agreements, most),
    ];
    return weighCandidates(prepareIdentity(identity, this.#known.rarityOf), judged, this.#known, most)
      .filter((candidate) => candidate.probability >= atLeast)
      .toSorted(compareCandidates)
      .slice(0, limit);
  }

  /** All of the index in chunks of at most four mebibytes: a head with version and digest first. Do not put while reading them. */
  snapshot(): Iterable<Uint8Array> {
    this.#held.settle();
    return writeSnapshot(this.#held);
  }

  /** Rarity follows the counts, so what was worked out from older counts goes. */
  #forget(): void {
    if (!this.#hasAnswered) return;
    this.#hasAnswered = false;
    this.#known = new KnownForms(this.#held.vocabulary);
    this.#lookup = new NameLookup(this.#held.vocabulary, this.#known);
  }
}
