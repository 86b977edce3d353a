/** Handling codes, as DOMAIN §1: what may be done with an item. They add up. */
export const handlingCodes = ['H0', 'H1', 'H2', 'H3'] as const;
export type HandlingCode = (typeof handlingCodes)[number];

/** Source evaluation of the 4×4 system, as DOMAIN §2. */
export const sourceGrades = ['A', 'B', 'C', 'X'] as const;
export type SourceGrade = (typeof sourceGrades)[number];
/** Information evaluation of the 4×4 system, as DOMAIN §2. */
export const informationGrades = ['1', '2', '3', '4'] as const;
export type InformationGrade = (typeof informationGrades)[number];

/** Legal bases of a transfer to another state: Directive (EU) 2016/680 art. 36–39; DOMAIN §5. */
export const legalBases = [
  'ADEQ-36',
  'SAFE-37a',
  'SAFE-37b',
  'DEROG-38a',
  'DEROG-38b',
  'DEROG-38c',
  'DEROG-38d',
  'DEROG-38e',
  'DIRECT-39',
] as const;
export type LegalBasis = (typeof legalBases)[number];

/** Refusal grounds, as DOMAIN §4. */
export const refusalGrounds = [
  'R1',
  'R2',
  'R3',
  'R4',
  'R5',
  'R6',
  'R7',
  'R8',
  'R9',
  'R10',
  'R11',
  'R12',
  'R13',
] as const;
export type RefusalGround = (typeof refusalGrounds)[number];

/** The handling that a head carries. H3's free text is in the body; `until` bounds retention at the receiver. */
export interface Handling {
  readonly codes: readonly HandlingCode[];
  readonly evaluation?: `${SourceGrade}${InformationGrade}`;
  /** Last day of retention at the receiver, `2027-11-23`. */
  readonly until?: string;
}

/** The stricter of two handlings: all codes of both, the earlier retention. Never loosened by a concurrent act. */
export function strictestHandling(one: Handling, other: Handling): Handling {
  const codes = handlingCodes.filter((code) => one.codes.includes(code) || other.codes.includes(code));
  const until = [one.until, other.until].filter((day) => day !== undefined).sort()[0];
  const evaluation = one.evaluation ?? other.evaluation;
  return { codes, ...(evaluation === undefined ? {} : { evaluation }), ...(until === undefined ? {} : { until }) };
}
