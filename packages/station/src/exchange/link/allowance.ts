import { Refusal } from '@entente/protocol';
import type { PeerLimits } from './peer-limits.ts';

/**
 * What one relation still may ask at this moment: requests at once, requests a second, bytes of bodies in memory. Each
 * relation has its own, so that no counterpart can use up another's. Time is an argument, in milliseconds.
 */
export class Allowance {
  readonly #limits: PeerLimits;
  #running = 0;
  #bodyBytes = 0;
  #tokens: number;
  #countedAt: number;

  constructor(limits: PeerLimits, now: number) {
    this.#limits = limits;
    this.#tokens = limits.requestsInBurst;
    this.#countedAt = now;
  }

  /** Begins a request; what is returned ends it. @throws Refusal `quota-exceeded` */
  enter(now: number): () => void {
    const { requestsAtOnce, requestsPerSecond, requestsInBurst } = this.#limits;
    const gained = (Math.max(0, now - this.#countedAt) / 1000) * requestsPerSecond;
    this.#tokens = Math.min(requestsInBurst, this.#tokens + gained);
    this.#countedAt = now;
    if (this.#running >= requestsAtOnce) throw exceeded('requests at once');
    if (this.#tokens < 1) throw exceeded('requests a second');
    this.#tokens -= 1;
    this.#running += 1;
    return () => {
      this.#running -= 1;
    };
  }

  /** Makes room for a body; what is returned gives the room back. @throws Refusal `quota-exceeded` */
  hold(bytes: number): () => void {
    if (this.#bodyBytes + bytes > this.#limits.bodyBytesAtOnce) throw exceeded('bytes at once');
    this.#bodyBytes += bytes;
    return () => {
      this.#bodyBytes -= bytes;
    };
  }
}

function exceeded(what: string): Refusal {
  return new Refusal('quota-exceeded', { what, retryAfter: 1 });
}
