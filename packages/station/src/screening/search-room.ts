import {
  type Candidate,
  createIdentityIndex,
  type Identity,
  type IdentityIndex,
  restoreIdentityIndex,
  searchedOrganisation,
  SearchRefusal,
} from '@entente/matching';
import type { Queryable } from '../store/database.ts';
import {
  changedSince,
  publishSnapshot,
  readRoom,
  readSnapshot,
  type RoomMark,
  roomMembers,
  writeSnapshot,
} from '../store/subject-rooms.ts';

// So many changes behind its snapshot a room is written anew; below, building it again is as quick as reading it.
const snapshotAfter = 10_000;

/** The subjects of one kind of one relation, or of one watch list, ready to be searched by likeness. */
export class SearchRoom {
  readonly #room: string;
  readonly #isOfOrganisations: boolean;
  #index: IdentityIndex = createIdentityIndex();
  /** The change up to which the tables are reflected; none before the room was read. */
  #number: number | undefined;
  /** How many identities were put since the room was last written whole, and stood in it then. */
  #since = 0;
  #isKept = false;

  constructor(room: string) {
    this.#room = room;
    this.#isOfOrganisations = room.endsWith('/organisation');
  }

  get size(): number {
    return this.#index.size;
  }

  /** Brings the room up to what is committed: from its snapshot or its tables first, then change by change. */
  async catchUp(queryable: Queryable): Promise<void> {
    const room = await readRoom(queryable, this.#room);
    if (room === undefined) return this.#empty();
    if (room.last === this.#number) return;
    let from = this.#number;
    if (from === undefined || from < room.dropped) from = await this.#load(queryable, room);
    for await (const { subject, identity } of changedSince(queryable, this.#room, from, room.last)) {
      this.#since += 1;
      if (identity === null) this.#index.remove(String(subject));
      else this.#put(String(subject), identity);
    }
    this.#number = room.last;
  }

  search(identity: Identity, limit: number, atLeast: number): readonly Candidate[] {
    return this.#index.search(identity, { limit, atLeast });
  }

  /** Writes the room down, where it is large and has changed enough since it last was. */
  async keep(queryable: Queryable): Promise<void> {
    if (this.#number === undefined || this.#index.size < snapshotAfter) return;
    if (this.#isKept && this.#since < snapshotAfter) return;
    await writeSnapshot(queryable, this.#room, this.#index.snapshot());
    if (!(await publishSnapshot(queryable, this.#room, this.#number))) return;
    [this.#isKept, this.#since] = [true, 0];
  }

  /** Nothing ever stood in it, or its list was removed. */
  #empty(): void {
    if (this.#number === undefined) return;
    this.#index = createIdentityIndex();
    this.#number = undefined;
  }

  /** @returns the change up to which the room is read */
  async #load(queryable: Queryable, { last, snapshot }: RoomMark): Promise<number> {
    const kept = snapshot === null ? undefined : await restored(queryable, this.#room);
    this.#index = kept ?? createIdentityIndex();
    this.#isKept = kept !== undefined;
    this.#since = 0;
    if (kept !== undefined && snapshot !== null) return snapshot;
    for await (const members of roomMembers(queryable, this.#room)) {
      const left = members.map(([key, identity]) => [key, this.#searched(identity)] as const).values();
      // Whoever is refused is passed over, and the rest put: the iterator stands behind the one refused.
      while (!this.#putAll({ [Symbol.iterator]: () => ({ next: () => left.next() }) }));
    }
    return last;
  }

  #putAll(members: Iterable<readonly [string, Identity]>): boolean {
    try {
      this.#index.putAll(members);
      return true;
    } catch (error) {
      if (!(error instanceof SearchRefusal) || error.code === 'index-full') throw error;
      return false;
    }
  }

  #searched(identity: Identity): Identity {
    return this.#isOfOrganisations ? searchedOrganisation(identity) : identity;
  }

  /** What says nothing that can be searched, or too much, is compared by its numbers alone. */
  #put(key: string, identity: Identity): void {
    try {
      this.#index.put(key, this.#searched(identity));
    } catch (error) {
      if (!(error instanceof SearchRefusal) || error.code === 'index-full') throw error;
      this.#index.remove(key);
    }
  }
}

/** A room from its snapshot; undefined where there is none, or only one of another version of this program. */
async function restored(queryable: Queryable, room: string): Promise<IdentityIndex | undefined> {
  const pieces = await readSnapshot(queryable, room);
  if (pieces.length === 0) return undefined;
  try {
    return restoreIdentityIndex(pieces);
  } catch (error) {
    if (!(error instanceof SearchRefusal)) throw error;
    return undefined;
  }
}
