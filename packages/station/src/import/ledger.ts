import assert from 'node:assert/strict';
import type { Json } from '@entente/protocol';
import type { KeptAsIs, Property, Taken } from './imported-draft.ts';

/** The account of a source: what was taken where. What nobody took is kept, so that no property can be lost or doubled. */
export class Ledger {
  readonly #properties: ReadonlyMap<string, Json>;
  readonly #taken = new Map<string, readonly string[]>();
  readonly #reasons = new Map<string, string>();

  constructor(properties: readonly Property[]) {
    this.#properties = new Map(properties.map(({ place, value }) => [place, value]));
    assert.equal(this.#properties.size, properties.length, 'two properties at one place');
  }

  /** The property at a place while it is still free. */
  free(place: string): Json | undefined {
    return this.#taken.has(place) || this.#reasons.has(place) ? undefined : this.#properties.get(place);
  }

  take(place: string, to: readonly string[]): void {
    assert.ok(this.free(place) !== undefined, `${place} is no free property`);
    this.#taken.set(place, to);
  }

  /** Keeps a property for a reason, so that no later rule takes it. */
  keep(place: string, why: string): void {
    if (this.#properties.has(place) && !this.#taken.has(place)) this.#reasons.set(place, why);
  }

  /** The account, in the order of the source. */
  close(): { readonly taken: readonly Taken[]; readonly kept: readonly KeptAsIs[] } {
    const taken: Taken[] = [];
    const kept: KeptAsIs[] = [];
    for (const [place, value] of this.#properties) {
      const to = this.#taken.get(place);
      const why = this.#reasons.get(place);
      if (to !== undefined) taken.push({ place, to });
      else kept.push({ place, value, ...(why === undefined ? {} : { why }) });
    }
    return { taken, kept };
  }
}
