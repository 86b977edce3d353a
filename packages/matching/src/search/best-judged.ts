import type { Held } from './held-identities.ts';

/** Whoever may be meant, by a first judgement. */
export type Judged = Held & {
  /** In nats; the best are compared in full. */
  readonly judgement: number;
  /** Its part that the name has. */
  readonly nameJudgement: number;
};

/** The best of those judged, each record once, so that nothing is made or sorted of the thousands that are not. */
export class BestJudged {
  readonly #most: number;
  readonly #farthest: number;
  readonly #kept: Judged[] = [];

  /** @param farthest behind the best, in nats, that anyone is kept */
  constructor(most: number, farthest: number) {
    this.#most = most;
    this.#farthest = farthest;
  }

  /** Best first. */
  get kept(): readonly Judged[] {
    return this.#kept;
  }

  /** What must be exceeded to be kept, in nats. */
  get least(): number {
    const behind = (this.#kept[0]?.judgement ?? Number.NEGATIVE_INFINITY) - this.#farthest;
    const last = this.#kept.length < this.#most ? undefined : this.#kept.at(-1);
    return last === undefined ? behind : Math.max(behind, last.judgement);
  }

  add(judged: Judged): void {
    if (judged.judgement <= this.least) return;
    const before = this.#kept.findIndex((kept) => kept.offset === judged.offset && kept.records === judged.records);
    if (before >= 0) {
      if ((this.#kept[before]?.judgement ?? 0) >= judged.judgement) return;
      this.#kept.splice(before, 1);
    }
    let place = this.#kept.length;
    while (place > 0 && (this.#kept[place - 1]?.judgement ?? 0) < judged.judgement) place--;
    this.#kept.splice(place, 0, judged);
    if (this.#kept.length > this.#most) this.#kept.pop();
  }
}
