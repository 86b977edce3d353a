import { accordInForce } from './accord-in-force.ts';
import type { LinedAct } from './act.ts';
import type { ActId, PartyId, Sha256Hex } from './identifiers.ts';
import type { LaneSetting } from './lanes.ts';
import type { Cut, Parties } from './line.ts';
import { DoubtedRegisters } from './doubted-registers.ts';
import type { Reading } from './doubted-registers.ts';
import { readRegister } from './relation/read-register.ts';
import type { OfficerKey, SealingKey } from './relation/read-register.ts';
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
  /** The author's last keyset; undefined where the accord's own counts. */
  readonly keyset: () => Sha256Hex | undefined;
  /** Settings for what the author sends on a track: its own `out`, and the counterpart's `in`. */
  readonly lanes: (track: string) => { readonly out: LaneSetting; readonly into: LaneSetting };
  /** The recipient to which the author would seal for itself: what the counterpart seals to once it has seen it. */
  readonly sealingKey: () => SealingKey | undefined;
  /** The author's last announced key for blind checks of a purpose; undefined where the accord's own counts. */
  readonly blindKey: (purpose: string) => { readonly epoch: number; readonly key: string } | undefined;
  /** A proposal of the counterpart that the author had seen. */
  readonly proposal: (id: ActId) => { readonly accord: Sha256Hex; readonly previous: Sha256Hex } | undefined;
}

/** The registers of one relation. Built from its effective acts in causal order, and only growing, so any past can be viewed. */
export class Registers {
  readonly #parties: Parties;
  readonly #first: Sha256Hex;
  readonly #of: readonly [DoubtedRegisters, DoubtedRegisters];
  readonly #accords = new Map<string, Sha256Hex>();

  /** @param first SHA-256 of the relation's first accord */
  constructor(parties: Parties, first: Sha256Hex) {
    this.#parties = parties;
    this.#first = first;
    this.#of = [new DoubtedRegisters(parties[0]), new DoubtedRegisters(parties[1])];
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
    const past = [this.#of[channel].within(index), this.#of[channel === 0 ? 1 : 0].within(seen)] as const;
    const [{ registers: own }, { registers: theirs }] = past;
    return {
      author,
      accord:
        channel === 0
          ? this.#accordInForce(past, [index, seen])
          : this.#accordInForce([past[1], past[0]], [seen, index]),
      officerKey: (key) => own.officers.get(key)?.before(index),
      isStopped: (key) => own.isStopped(key, index),
      keyset: () => own.keysets.before(index)?.keyset,
      lanes: (track) => ({ out: own.lane(track, 'out', index), into: theirs.lane(track, 'in', seen) }),
      sealingKey: () => own.sealing.before(index),
      blindKey: (purpose) => own.blindKeys.get(purpose)?.before(index),
      proposal: (id) => {
        const proposal = theirs.proposals.get(id);
        return proposal !== undefined && proposal.entry.index < seen ? proposal : undefined;
      },
    };
  }

  /** What the compromise notices within a cut make suspect in it, and confirmations do not lift again. */
  suspects(cut: Cut): readonly SuspectRange[] {
    return [...this.#of[0].suspects(cut.sizes[0]), ...this.#of[1].suspects(cut.sizes[1])];
  }

  /** The epoch of a party's channel within a prefix of it, and the last size common to it and the epoch before. */
  epoch(party: PartyId, size: number): { readonly epoch: number; readonly common: number } {
    return this.#of[this.#channelOf(party)].all.epochs.before(size) ?? { epoch: 0, common: 0 };
  }

  /** Both arguments in the order of the accord's parties. */
  #accordInForce(past: readonly [Reading, Reading], limits: readonly [number, number]): Sha256Hex {
    const counts = ([0, 1] as const).map((by) => past[by].registers.acceptances.countBefore(limits[by]));
    if (counts.every((count) => count === 0)) return this.#first;
    const name = [...counts, ...past.map(({ doubt }) => doubt)].join();
    const known = this.#accords.get(name);
    if (known !== undefined) return known;
    const accepted = ([0, 1] as const).flatMap((by) =>
      past[by].registers.acceptances
        .allBefore(limits[by])
        .map(({ value }) => ({ ...value, proposedByFirst: by === 1 })),
    );
    const accord = accordInForce(this.#first, accepted);
    this.#accords.set(name, accord);
    return accord;
  }

  #channelOf(party: PartyId): 0 | 1 {
    return party === this.#parties[0] ? 0 : 1;
  }
}
