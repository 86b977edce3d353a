import { mayCompare, screeningOf, type ScreeningTerms } from '@entente/protocol';
import type { Relation } from '../custody/relation.ts';
import type { Candidate } from '../store/candidates.ts';

/** The side that asks: a subject of an act or a draft, or an officer's search in a relation. */
export interface Asking {
  readonly relation: number;
  readonly purpose: string;
  readonly act?: string | null;
  readonly draft?: string | null;
  readonly dossier?: string | null;
}

/** What the accords in force let be compared. */
export class ComparedPurposes {
  readonly #terms: ReadonlyMap<number, ScreeningTerms>;

  constructor(relations: readonly Pick<Relation, 'number' | 'own' | 'authority'>[]) {
    this.#terms = new Map(
      relations.map(({ number, own, authority }) => [number, screeningOf(authority.accord(own).accord)]),
    );
  }

  /** @throws Error for a relation that this station does not hold: a defect */
  termsOf(relation: number): ScreeningTerms {
    const terms = this.#terms.get(relation);
    if (terms === undefined) throw new Error(`no accord for relation ${relation}`);
    return terms;
  }

  /** The relations whose dossiers may be searched: its own and, where both accords say so, others. */
  relationsFor({ relation }: Asking): readonly number[] {
    if (!this.termsOf(relation).acrossRelations) return [relation];
    return [...this.#terms]
      .filter(([other, terms]) => other === relation || terms.acrossRelations)
      .map(([number]) => number);
  }

  /** Whether a subject may be compared with a candidate: another dossier, or a watch list, for a purpose that allows it. */
  may(asking: Asking, candidate: Candidate): boolean {
    const { relation, purpose } = asking;
    if (candidate.list !== null) return candidate.purposes?.includes(purpose) === true;
    if (candidate.relation === null || candidate.purpose === null || isSame(asking, candidate)) return false;
    if (!this.relationsFor(asking).includes(candidate.relation)) return false;
    return [relation, candidate.relation].every((one) =>
      mayCompare(this.termsOf(one), purpose, candidate.purpose ?? ''),
    );
  }
}

/** What stands in one act, one draft or one dossier is known to belong together. */
function isSame({ relation, act, draft, dossier }: Asking, candidate: Candidate): boolean {
  if (candidate.relation !== relation) return false;
  const same = (one: string | null | undefined, other: string | null): boolean =>
    (one ?? null) !== null && one === other;
  return same(act, candidate.act) || same(draft, candidate.draft) || same(dossier, candidate.dossier);
}
