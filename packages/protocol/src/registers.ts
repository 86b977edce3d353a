import { accordInForce } from './accord-in-force.ts';
import type { LinedAct } from './act.ts';
import type { ActId, PartyId, Sha256Hex } from './identifiers.ts';
import type { LaneSetting } from './lanes.ts';
import type { Cut, Parties } from './line.ts';
import { PartyRegisters } from './party-registers.ts';
import { readRegister } from './relation/read-register.ts';
import type { OfficerKey, SealingKey } from './relation/read-register.ts';
import { suspectRanges } from './suspect.ts';
import type { SuspectRange } from './suspect.ts';

/** What one author could know at a position: its own channel before it, the counterpart's as far as it had seen (PROTOCOL §3.3). */
export interface View {
  readonly author: PartyId;
  /** The accord in force for the author. */
  readonly accord: Sha256Hex;
  /** An enrolled key of the author's officers, stopped or not. */
  readonly officerKey: (key: Sha256Hex) => OfficerKey | undefined;
  /** Revoked, frozen, or named in the author's own compromise notice. */
  readonly isStopped: (key: Sha256Hex) => boolean;
  /** The author's last keyset act, with the accord it was written under; undefined where the accord's own counts. */
  readonly keyset: () => { readonly keyset: Sha256Hex; readonly accord: Sha256Hex } | undefined;
  /** Settings for what the author sends on a track: its own `out`, and the counterpart's `in`. */
  readonly lanes: (track: string) => { readonly out: LaneSetting; readonly into: LaneSetting };
  /** The recipient to which the author would seal for itself: what the counterpart seals to once it has seen it. */
  readonly sealingKey: () => SealingKey | undefined;
  /** A proposal of the counterpart that the author had seen. */
  readonly proposal: (id: ActId) => { readonly accord: Sha256Hex; readonly previous: Sha256Hex } | undefined;
}

/** The registers of one relation. Built from its effective acts in causal order, and only growing, so any past can be viewed. */
export class Registers {
  readonly #parties: Parties;
  readonly #first: Sha256Hex;
  readonly #of: readonly [PartyRegisters, PartyRegisters] = [new PartyRegisters(), new PartyRegisters()];
  readonly #accords = new Map<string, Sha256Hex>();

  /** @param first SHA-256 of the relation's first accord */
  constructor(parties: Parties, first: Sha256Hex) {
    this.#parties = parties;
    this.#first = first;
  }

  /** Takes an entry in, after its verdict. Entries of one channel come in order, each after all it has seen. */
  apply(act: Pick<LinedAct, 'id' | 'head' | 'position' | 'seen' | 'verdict'>): void {
    if (act.verdict.kind !== 'effective') return;
    const write = readRegister(act.head);
    if (write === undefined) return;
    const { party, index } = act.position;
    this.#of[this.#channelOf(party)].write(act.id, { party, index, seen: act.seen }, write);
  }

  /**
   * The author's past at a position; `Infinity` for both numbers gives the present.
   * @param index how much of the author's channel counts @param seen how much of the counterpart's
   */
  view(author: PartyId, index: number, seen: number): View {
    const channel = this.#channelOf(author);
    const own = this.#of[channel];
    const theirs = this.#of[channel === 0 ? 1 : 0];
    return {
      author,
      accord: this.#accordInForce(channel, index, seen),
      officerKey: (key) => own.officers.get(key)?.before(index),
      isStopped: (key) => own.isStopped(key, index),
      keyset: () => own.keysets.before(index),
      lanes: (track) => ({ out: own.lane(track, 'out', index), into: theirs.lane(track, 'in', seen) }),
      sealingKey: () => own.sealing.before(index),
      proposal: (id) => {
        const proposal = theirs.proposals.get(id);
        return proposal !== undefined && proposal.entry.index < seen ? proposal : undefined;
      },
    };
  }

  /** What the compromise notices within a cut make suspect in it, and confirmations do not lift again. */
  suspects(cut: Cut): readonly SuspectRange[] {
    return this.#parties.flatMap((party, i) => {
      const channel = this.#of[i === 0 ? 0 : 1];
      const size = cut.sizes[i === 0 ? 0 : 1];
      return suspectRanges(party, channel.notices.allBefore(size), channel.confirmations.allBefore(size));
    });
  }

  /** The epoch of a party's channel within a prefix of it, and the last size common to it and the epoch before. */
  epoch(party: PartyId, size: number): { readonly epoch: number; readonly common: number } {
    return this.#of[this.#channelOf(party)].epochs.before(size) ?? { epoch: 0, common: 0 };
  }

  #accordInForce(channel: 0 | 1, index: number, seen: number): Sha256Hex {
    const limits = channel === 0 ? ([index, seen] as const) : ([seen, index] as const);
    const counts = [this.#of[0].acceptances.countBefore(limits[0]), this.#of[1].acceptances.countBefore(limits[1])];
    if (counts[0] === 0 && counts[1] === 0) return this.#first;
    const known = this.#accords.get(counts.join());
    if (known !== undefined) return known;
    const accepted = ([0, 1] as const).flatMap((by) =>
      this.#of[by].acceptances.allBefore(limits[by]).map(({ value }) => ({ ...value, proposedByFirst: by === 1 })),
    );
    const accord = accordInForce(this.#first, accepted);
    this.#accords.set(counts.join(), accord);
    return accord;
  }

  #channelOf(party: PartyId): 0 | 1 {
    return party === this.#parties[0] ? 0 : 1;
  }
}
