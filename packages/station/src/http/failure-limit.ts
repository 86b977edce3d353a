import { Refusal } from '@entente/protocol';

const allowed = 10;
const refill = 6000;
// Addresses remembered at once; the one unseen longest is forgotten first.
const remembered = 10_000;

/** Slows down whoever tries tokens: ten failures from one address, then one every six seconds. */
export class FailureLimit {
  readonly #left = new Map<string, { readonly left: number; readonly at: number }>();

  /** @throws Refusal `quota-exceeded` where the address has failed too often; `now` in milliseconds */
  check(address: string, now: number): void {
    const left = this.#leftOf(address, now);
    if (left >= 1) return;
    throw new Refusal('quota-exceeded', {
      where: 'authorization',
      retryAfter: Math.ceil(((1 - left) * refill) / 1000),
    });
  }

  /** Counts a failure. */
  failed(address: string, now: number): void {
    const left = Math.max(0, this.#leftOf(address, now) - 1);
    this.#left.delete(address);
    this.#left.set(address, { left, at: now });
    const oldest = this.#left.keys().next();
    if (this.#left.size > remembered && oldest.done !== true) this.#left.delete(oldest.value);
  }

  #leftOf(address: string, now: number): number {
    const known = this.#left.get(address);
    if (known === undefined) return allowed;
    return Math.min(allowed, known.left + Math.max(0, now - known.at) / refill);
  }
}
