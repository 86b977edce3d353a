import type { Identity } from '@entente/matching';
import { startTagWorkers } from '../adapters/tag-workers.ts';

// A tenth of a second of work: at the end no thread waits long for another.
const batchLength = 100;

/**
 * The tags of all keys of all identities, each once, in rising order: two persons who share a key are not told apart by it.
 * Batches go to the threads as they come, so memory holds tags and a few batches, never the identities.
 */
export async function evaluateSet(secret: Uint8Array, identities: AsyncIterable<Identity>): Promise<BigUint64Array> {
  const workers = startTagWorkers(secret);
  const tags = new GrowingTags();
  const under: Promise<BigUint64Array>[] = [];
  let batch: Identity[] = [];
  try {
    for await (const identity of identities) {
      batch.push(identity);
      if (batch.length < batchLength) continue;
      under.push(workers.tagsOf(batch));
      batch = [];
      if (under.length >= workers.width) tags.add(await under.shift());
    }
    if (batch.length > 0) under.push(workers.tagsOf(batch));
    while (under.length > 0) tags.add(await under.shift());
  } finally {
    await workers.close();
  }
  return distinct(tags.all());
}

/** Tags in one buffer that doubles as it fills. */
class GrowingTags {
  #tags = new BigUint64Array(1 << 16);
  #length = 0;

  add(made: BigUint64Array = new BigUint64Array()): void {
    const length = this.#length + made.length;
    if (length > this.#tags.length) {
      const larger = new BigUint64Array(Math.max(this.#tags.length * 2, length));
      larger.set(this.#tags.subarray(0, this.#length));
      this.#tags = larger;
    }
    this.#tags.set(made, this.#length);
    this.#length = length;
  }

  all(): BigUint64Array {
    return this.#tags.subarray(0, this.#length);
  }
}

function distinct(tags: BigUint64Array): BigUint64Array {
  tags.sort();
  let count = 0;
  for (let at = 0; at < tags.length; at += 1) {
    const tag = tags[at] ?? 0n;
    if (count > 0 && tags[count - 1] === tag) continue;
    tags[count] = tag;
    count += 1;
  }
  return tags.subarray(0, count);
}
