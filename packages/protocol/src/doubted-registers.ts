import type { ActId, PartyId } from './identifiers.ts';
import type { LineEntry } from './line.ts';
import { PartyRegisters } from './party-registers.ts';
import type { RegisterWrite } from './relation/read-register.ts';
import { suspectRanges } from './suspect.ts';
import type { SuspectRange } from './suspect.ts';

type Write = readonly [id: ActId, entry: LineEntry, write: RegisterWrite];

/** A party's registers as a prefix of its channel reads them. */
export interface Reading {
  readonly registers: PartyRegisters;
  /** Distinguishes readings that leave different entries out; empty where none is. */
  readonly doubt: string;
}

// A stopped key stays stopped; what says where doubt begins and ends, and where an epoch does, is the root's own word.
const undoubted: ReadonlySet<RegisterWrite['kind']> = new Set(['key-stopped', 'compromise', 'confirmation', 'epoch']);

/**
 * The registers of one party, in which entries that a compromise notice makes suspect count for nothing until they are
 * confirmed (PROTOCOL §4.2). Each reading of a prefix is as the notices and confirmations within it have it, so that no
 * verdict given before a notice changes.
 */
export class DoubtedRegisters {
  readonly #party: PartyId;
  readonly #all = new PartyRegisters();
  readonly #writes: Write[] = [];
  readonly #trusted = new Map<string, PartyRegisters>();

  constructor(party: PartyId) {
    this.#party = party;
  }

  write(...write: Write): void {
    this.#all.write(...write);
    this.#writes.push(write);
    // It stands after every notice known so far, so within no range of theirs.
    for (const registers of this.#trusted.values()) registers.write(...write);
  }

  /** Everything that was written, suspect or not. */
  get all(): PartyRegisters {
    return this.#all;
  }

  /** As a prefix of the channel reads them. */
  within(size: number): Reading {
    const ranges = this.suspects(size);
    if (ranges.length === 0) return { registers: this.#all, doubt: '' };
    const doubt = ranges.map(({ from, to }) => `${from}-${to}`).join(' ');
    const known = this.#trusted.get(doubt);
    if (known !== undefined) return { registers: known, doubt };
    const registers = new PartyRegisters();
    for (const write of this.#writes) if (!isDoubted(write, ranges)) registers.write(...write);
    this.#trusted.set(doubt, registers);
    return { registers, doubt };
  }

  /** What the notices within a prefix make suspect in it, and confirmations within it do not lift again. */
  suspects(size: number): readonly SuspectRange[] {
    const { notices, confirmations } = this.#all;
    if (notices.countBefore(size) === 0) return [];
    return suspectRanges(this.#party, notices.allBefore(size), confirmations.allBefore(size));
  }
}

function isDoubted([, { index }, { kind }]: Write, ranges: readonly SuspectRange[]): boolean {
  return !undoubted.has(kind) && ranges.some(({ from, to }) => index >= from && index < to);
}
