import type { ActId, Head } from '@entente/protocol';

// Two pieces of a folding, about 2 KB each.
const most = 4096;

/**
 * Heads of the acts of a relation that were read last, by id: an act that was just authorised, released or accepted is not
 * read again to be released or folded. An id is the hash of the head's bytes, so none can be another's.
 */
export class RecentHeads {
  #newer = new Map<ActId, Head>();
  #older = new Map<ActId, Head>();

  keep(id: ActId, head: Head): void {
    if (this.#newer.size >= most / 2) {
      this.#older = this.#newer;
      this.#newer = new Map();
    }
    this.#newer.set(id, head);
  }

  get(id: ActId): Head | undefined {
    return this.#newer.get(id) ?? this.#older.get(id);
  }
}
