import type { HandlingCode, InformationGrade, Json, SourceGrade } from '@entente/protocol';

/** A value on its way into a field: `path` as in `lead-fields.ts`, `with` what the entry of a list also says. */
export interface Entry {
  readonly place: string;
  readonly value: Json;
  readonly path: string;
  readonly with?: Readonly<Record<string, Json>>;
  readonly choices?: Readonly<Record<string, string>>;
}

/** A value on its way into free text, as a line `label: value`; without a label, as it is. */
export interface Line {
  readonly place: string;
  readonly value: Json;
  readonly label?: string;
}

/** What a rule made of one thing of the source. What its fields refuse is kept. */
export interface Candidate {
  /** A subject kind of the leads track, `statement`, or `facts`. */
  readonly into: string;
  /** Properties that said which kind it is. */
  readonly saidBy: readonly string[];
  readonly constants: Readonly<Record<string, Json>>;
  readonly entries: readonly Entry[];
  readonly lines: readonly Line[];
  readonly language?: { readonly place: string; readonly value: string };
}

/** What the source says of handling and evaluation, as read by `markings.ts`: proposals to an officer. */
export interface Marks {
  readonly codes: readonly HandlingCode[];
  readonly source: SourceGrade;
  readonly information: InformationGrade;
  /** In words, what H3 restricts. */
  readonly restrictions: readonly string[];
  readonly from: readonly string[];
  readonly says: readonly string[];
}
