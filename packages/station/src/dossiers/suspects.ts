import { Registers, type SuspectRange } from '@entente/protocol';
import type { Crypto } from '@entente/wire';
import type { Relation } from '../custody/relation.ts';
import { readAct } from '../exchange/weigh-entry.ts';
import type { Queryable } from '../store/database.ts';
import type { HeldChannels, Sizes } from '../store/folding.ts';
import { readRegisterEntries } from '../store/register-entries.ts';
import { cutOf } from './sizes.ts';

/**
 * Which entries a cut makes suspect (PROTOCOL §4.2), from registers of its own: those that judge entries may hold what a
 * transaction has not committed. Used by one folding at a time.
 */
export class Suspects {
  readonly #crypto: Crypto;
  readonly #relation: Relation;
  #registers: Registers;
  #taken: Sizes = { own: 0, theirs: 0 };
  #epochs = '';

  constructor(crypto: Crypto, relation: Relation) {
    this.#crypto = crypto;
    this.#relation = relation;
    this.#registers = this.#empty();
  }

  /** Takes in the registers of all that is held, then reads those of a cut within it. */
  async at(queryable: Queryable, channels: HeldChannels, cut: Sizes): Promise<readonly SuspectRange[]> {
    await this.#catchUp(queryable, channels);
    return this.#registers.suspects(cutOf(this.#relation, cut));
  }

  async #catchUp(queryable: Queryable, channels: HeldChannels): Promise<void> {
    const epochs = `${channels.own.epoch} ${channels.theirs.epoch}`;
    if (epochs !== this.#epochs) {
      // A new epoch takes entries back that were taken in, and others count as having seen less.
      this.#registers = this.#empty();
      this.#taken = { own: 0, theirs: 0 };
      this.#epochs = epochs;
    }
    const held = { own: channels.own.size, theirs: channels.theirs.size };
    if (held.own === this.#taken.own && held.theirs === this.#taken.theirs) return;
    const rows = await readRegisterEntries(queryable, this.#relation.number, channels, this.#taken, held);
    for (const { own, index, seen, envelope } of rows) {
      const { id, head } = readAct(this.#crypto, envelope, undefined);
      if (head === undefined) continue;
      const { owner: party, epoch } = own ? channels.own : channels.theirs;
      this.#registers.apply({ id, head, position: { party, epoch, index }, seen, verdict: { kind: 'effective' } });
    }
    this.#taken = held;
  }

  #empty(): Registers {
    return new Registers(this.#relation.parties, this.#relation.authority.accord(this.#relation.own).hash);
  }
}
