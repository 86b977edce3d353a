/** What a match may be proposed for: entries of watch lists, other dossiers, one request by two roads, an officer's search. */
export const screeningUses = ['watch-list', 'dossier', 'other-road', 'search'] as const;
export type ScreeningUse = (typeof screeningUses)[number];

/** What the parties agreed on comparing the subjects of acts with what a station holds. */
export interface ScreeningTerms {
  /** The least probability, in [0, 1], at which two subjects are proposed to an officer as one. */
  readonly thresholds: Readonly<Record<ScreeningUse, number>>;
  /** Sets of `track/purpose` that may be compared with each other; what stands in none is compared with itself only. */
  readonly comparable: readonly (readonly string[])[];
  /** Whether dossiers of this relation may be compared with those of others whose accord says the same. */
  readonly acrossRelations: boolean;
  /** Two requests about one subject are held to be one by two roads if they were opened within so many days. */
  readonly otherRoadDays: number;
}

/** What holds under an accord that says nothing of screening: each purpose by itself, no other relation. */
export const defaultScreening: ScreeningTerms = {
  thresholds: { 'watch-list': 0.5, dossier: 0.5, 'other-road': 0.5, search: 0.05 },
  comparable: [],
  acrossRelations: false,
  otherRoadDays: 30,
};

export function screeningOf({ screening }: { readonly screening?: ScreeningTerms }): ScreeningTerms {
  return screening ?? defaultScreening;
}

/** Whether what serves one purpose may be searched for another; each is spelled `track/purpose`. */
export function mayCompare({ comparable }: ScreeningTerms, one: string, other: string): boolean {
  return one === other || comparable.some((purposes) => purposes.includes(one) && purposes.includes(other));
}
