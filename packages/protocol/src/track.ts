import type { AuthorKind, LinedAct, NotedReason } from './act.ts';
import type { Json, JsonObject } from './json.ts';
import type { Field } from './field.ts';
import type { Words } from './accord.ts';
import type { Handling } from './handling.ts';
import type { ActId } from './identifiers.ts';

/** Who of the two may say it, seen from the dossier: the party that opened it, the other one, either, the owner of the act it names. */
export type Side = 'opener' | 'other' | 'either' | 'owner';

/** How concurrent acts of a type meet (PROTOCOL §3.4). */
export type Effect = 'union' | 'strictest' | 'owner-only' | 'transition';

/** One act type of a track, as data. The fold, the API, the command line and the desk read this table and nothing else. */
export interface ActType {
  readonly name: string;
  readonly author: AuthorKind;
  readonly by: Side;
  readonly effect: Effect;
  /** States in which it may be said; empty for the act that opens a dossier; `'any'` for what is always possible. */
  readonly from: readonly string[] | 'any';
  /** The state it leads to; absent where the state stays. */
  readonly to?: string;
  /** Of two concurrent transitions the higher precedence stands; equal: the first in line. */
  readonly precedence?: number;
  /** Names the act it speaks of in `inputs.of`, which must be an act of the same dossier. */
  readonly speaksOf?: 'any' | 'own' | 'theirs';
  /** Passes every lane, closed or not (recall, correction, acknowledgement…). */
  readonly passesLanes?: true;
  /** Carries data to the counterpart: needs a legal basis and makes a transfer record. */
  readonly transfers?: true;
  readonly inputs: readonly Field[];
  readonly fields: readonly Field[];
  readonly gates: readonly string[];
  /** What it does to clocks of its dossier. */
  readonly clocks?: readonly ClockMove[];
}

/** A move on a clock. `when` compares a member of inputs, so that urgency chooses its clock. */
export interface ClockMove {
  readonly clock: string;
  readonly move: 'start' | 'stop' | 'resume' | 'end' | 'extend';
  readonly when?: { readonly input: string; readonly is: Json };
}

/** What a clock of a dossier has gone through, by acts only: instants come from effective times (PROTOCOL §3.5). */
export interface ClockRun {
  readonly clock: string;
  /** The act whose receipt started it. */
  readonly trigger: ActId;
  readonly moves: readonly { readonly move: ClockMove['move']; readonly act: ActId }[];
}

/** What the fold knows of one act of a dossier. */
export interface FoldedAct {
  readonly id: ActId;
  readonly type: string;
  readonly from: string;
  readonly effect: 'effective' | 'noted';
  readonly reason?: NotedReason;
  /** The act that overtook it. */
  readonly by?: ActId;
  /** Taken back by its owner: the counterpart's answers in line order. */
  readonly recalled?: SpokenOf;
  /** Its erasure was asked. */
  readonly erased?: SpokenOf;
  /** The handling as narrowed by later acts; absent where none did. */
  readonly handling?: Handling;
}

/** What was said of an act by a recall or an erasure, and what the counterpart answered. */
export interface SpokenOf {
  readonly by: ActId;
  readonly answers: readonly { readonly act: ActId; readonly answer: string; readonly ground?: string }[];
}

/** The state of one dossier at a cut: JSON, so that both stations' bytes can be compared. */
export interface DossierState {
  readonly dossier: string;
  readonly track: string;
  readonly trackVersion: number;
  readonly opener: string;
  readonly state: string;
  /** The act that led to the present state. */
  readonly since: ActId;
  readonly acts: readonly FoldedAct[];
  readonly clocks: readonly ClockRun[];
  /** The track's own registers: grants, taken-in-charge, outcomes… */
  readonly data: JsonObject;
}

/** A track of cooperation: data for states, types, clocks, gates, counters; one plain function for the rest. */
export interface Track {
  readonly name: string;
  readonly version: number;
  readonly states: readonly string[];
  /** States in which nothing more is awaited. */
  readonly closed: readonly string[];
  readonly acts: readonly ActType[];
  readonly clocks: readonly string[];
  readonly gates: readonly { readonly name: string; readonly computed: boolean }[];
  readonly counters: readonly Counter[];
  readonly initialData: JsonObject;
  /**
   * The track's own part of the fold: total, deterministic, heads only. Called for each act that has effect, the common
   * ones included; the state it is given has not yet listed its acts.
   */
  readonly fold: (data: JsonObject, act: LinedAct, state: DossierState) => JsonObject;
  readonly words: Readonly<Record<string, Words>>;
}

/** A figure with its numerator named: counts dossiers whose state or data satisfies the predicate. */
export interface Counter {
  readonly name: string;
  readonly counts: (state: DossierState) => boolean;
}
