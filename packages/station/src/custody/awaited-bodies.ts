import { type LogSize, Refusal } from '@entente/protocol';
import { acceptParcel } from '../exchange/accept-parcel.ts';
import { readItems } from '../exchange/open-counterpart-parcel.ts';
import { leafOf } from '../exchange/weigh-entry.ts';
import { takeOwnSubjects } from '../screening/take-subjects.ts';
import { fillBodies, nextAwaited } from '../store/awaited-bodies.ts';
import { type Channel, readChannel } from '../store/channels.ts';
import { transact } from '../store/database.ts';
import { readEntries } from '../store/entries.ts';
import type { Giver } from './catch-up.ts';
import { nameFiles } from './name-files.ts';
import { openGivenBack } from './open-given-back.ts';
import type { Parts, Relation } from './relation.ts';

// A piece may hold a parcel's worth: whoever keeps bodies back is not asked for the whole channel again and again.
const mostPieces = 4;
const askAgain = 3_600_000;

/** Has the counterpart asked, now and then, for bodies that did not come: of its acts, and of ours that a restore lost. */
export class AwaitedBodies {
  readonly #parts: Parts;
  readonly #relation: Relation;
  #asked: number | undefined;

  constructor(parts: Parts, relation: Relation) {
    this.#parts = parts;
    this.#relation = relation;
  }

  /** Asks where anything is awaited, once an hour. @throws Refusal as `askBodies` */
  async ask(giver: Pick<Giver, 'fetchHeld'>): Promise<void> {
    const now = this.#parts.clock.now();
    if (this.#asked !== undefined && now - this.#asked < askAgain) return;
    this.#asked = now;
    await askBodies(this.#parts, this.#relation, giver);
  }
}

/**
 * Asks for the entries of awaited bodies once more and fills in what comes, each held to the hash in its head.
 * @throws Refusal where what comes is not what we hold
 */
export async function askBodies(parts: Parts, relation: Relation, giver: Pick<Giver, 'fetchHeld'>): Promise<void> {
  const { database } = parts;
  for (const owner of [relation.own, relation.counterpart]) {
    let after = -1;
    for (let piece = 0; piece < mostPieces; piece++) {
      const channel = await readChannel(database, relation.number, owner);
      const index = await nextAwaited(database, channel, after);
      if (index === undefined) break;
      const other = owner === relation.own ? relation.counterpart : relation.own;
      const { size } = await readChannel(database, relation.number, other);
      const sealed = await giver.fetchHeld(owner, index, size);
      if (sealed === undefined) break;
      if (owner === relation.own) await fillOwn(parts, relation, channel, index, sealed);
      else await acceptParcel(parts, relation, sealed);
      after = index;
    }
  }
}

async function fillOwn(
  parts: Parts,
  relation: Relation,
  own: Channel,
  from: LogSize,
  sealed: Uint8Array,
): Promise<void> {
  const { crypto, database } = parts;
  const parcel = await openGivenBack(parts, relation, own, from, sealed);
  const { entries } = readItems(relation, parcel);
  await transact(database, async (transaction) => {
    const held = await readEntries(transaction, own, from, parcel.header.end);
    const come = held.flatMap(({ act, leaf }, at) => {
      const entry = entries[at];
      if (entry === undefined) return [];
      if (Buffer.compare(leafOf(crypto, entry), leaf) !== 0)
        throw new Refusal('hash-mismatch', { where: `entry ${from + at} given back` });
      return entry.body === null ? [] : [{ act, body: entry.body }];
    });
    const filled = await fillBodies(transaction, relation.number, come);
    await nameFiles(transaction, relation, true, filled);
    await takeOwnSubjects(transaction, crypto, relation.number, filled);
  });
}
