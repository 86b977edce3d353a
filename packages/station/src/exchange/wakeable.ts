/** What sleeps until there is something to do. A call while nobody sleeps is not lost: the next sleeper wakes at once. */
export class Wakeable {
  readonly #sleepers = new Set<() => void>();
  #called = 0;

  wake(): void {
    this.#called += 1;
    for (const wake of this.#sleepers) wake();
  }

  /** How often it was called: to notice a call made while one was looking. */
  get count(): number {
    return this.#called;
  }

  /** Sleeps until called or given up; at once if it was called since `seen`. */
  async wait(over: AbortSignal, seen: number = this.#called): Promise<void> {
    if (over.aborted || this.#called !== seen) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        this.#sleepers.delete(end);
        over.removeEventListener('abort', end);
        resolve();
      };
      this.#sleepers.add(end);
      over.addEventListener('abort', end);
    });
  }
}
