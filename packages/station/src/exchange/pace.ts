/** Lets through one call in so many milliseconds, so that two that answer each other at once never spin. */
export class Pace {
  readonly #milliseconds: number;
  readonly #now: () => number;
  #next = Number.NEGATIVE_INFINITY;

  constructor(milliseconds: number, now: () => number = () => performance.now()) {
    this.#milliseconds = milliseconds;
    this.#now = now;
  }

  /** Whether this call may pass. */
  passes(): boolean {
    const now = this.#now();
    if (now < this.#next) return false;
    this.#next = now + this.#milliseconds;
    return true;
  }
}
