import { type Instant, Refusal } from '@entente/protocol';
import type { DropVisit } from './link/exchange-by-drop.ts';
import { linkAnswered, linkFailed, type LinkState, newLink } from './link/link-state.ts';
import type { Wakeable } from './wakeable.ts';

/** How a station keeps visiting a dead drop. */
export interface DropTerms {
  readonly visit: () => Promise<DropVisit>;
  readonly woken: Wakeable;
  readonly now: () => Instant;
  readonly chance: () => number;
  readonly onState: (state: LinkState) => void;
  readonly onDefect: (error: unknown) => void;
}

// Nobody rings when the counterpart has left something.
const lookAgain = 20_000;

/** Visits a dead drop whenever something waits, and regularly besides, until stopped. */
export class DropExchange {
  readonly #terms: DropTerms;
  readonly #stop = new AbortController();
  #link: LinkState;
  #loop: Promise<void> | undefined;

  constructor(terms: DropTerms) {
    this.#terms = terms;
    this.#link = newLink(terms.now());
  }

  get link(): LinkState {
    return this.#link;
  }

  start(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { visit, woken, now, chance, onDefect } = this.#terms;
    while (!this.#stop.signal.aborted) {
      const seen = woken.count;
      let moved = false;
      try {
        const { taken, left } = await visit();
        moved = taken > 0 || left > 0;
        this.#become(linkAnswered(this.#link, now()));
      } catch (error) {
        if (!(error instanceof Refusal)) onDefect(error);
        const code = error instanceof Refusal ? error.code : 'link-down';
        this.#become(linkFailed(this.#link, code, now(), { chance: chance() }));
      }
      if (!moved) await woken.wait(AbortSignal.any([this.#stop.signal, AbortSignal.timeout(lookAgain)]), seen);
    }
  }

  #become(link: LinkState): void {
    if (link === this.#link) return;
    this.#link = link;
    this.#terms.onState(link);
  }
}
