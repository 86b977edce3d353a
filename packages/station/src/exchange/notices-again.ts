import type { LogSize, PartyId } from '@entente/protocol';
import type { Parts, Relation } from '../custody/relation.ts';
import { readChannel } from '../store/channels.ts';
import { sendAgain } from '../store/notices.ts';

/**
 * Has our root's notices sent once more to a counterpart whose database was restored: it may have taken them after the
 * backup, and without them reads nothing of a new epoch, nor what new keys sign. Taking one twice changes nothing.
 */
export class NoticesAgain {
  readonly #parts: Parts;
  readonly #relation: Relation;
  #have: LogSize | undefined;
  #nonce: string | undefined;
  #givenBack: LogSize | undefined;

  constructor(parts: Parts, relation: Relation) {
    this.#parts = parts;
    this.#relation = relation;
  }

  /** It says how much of our channel it holds; less than before, it was restored. @returns whether they go again */
  async noteHeld(have: LogSize): Promise<boolean> {
    const before = this.#have ?? (await this.#receipted());
    this.#have = have;
    if (have < before) await this.#sendAgain();
    return have < before;
  }

  /** It asks, with this nonce, what it lacks. @returns whether they go again */
  async noteAsks(nonce: string): Promise<boolean> {
    if (nonce === this.#nonce) return false;
    this.#nonce = nonce;
    await this.#sendAgain();
    return true;
  }

  /** It fetches a channel back from an entry on: its own from its own end, and again from there where it could not read it. */
  async noteFetchesBack(owner: PartyId, from: LogSize): Promise<void> {
    if (owner !== this.#relation.counterpart) return;
    const before = this.#givenBack;
    this.#givenBack = from;
    if (before === undefined || from <= before) await this.#sendAgain();
  }

  /** It knows us by a key that is no longer ours. */
  async noteOldKey(): Promise<void> {
    await this.#sendAgain();
  }

  async #receipted(): Promise<LogSize> {
    const { cosigned } = await readChannel(this.#parts.database, this.#relation.number, this.#relation.own);
    return cosigned?.size ?? (0 as LogSize);
  }

  async #sendAgain(): Promise<void> {
    await sendAgain(this.#parts.database, this.#relation.number, this.#relation.own);
  }
}
