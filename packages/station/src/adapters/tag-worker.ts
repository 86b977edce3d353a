import { parentPort, workerData } from 'node:worker_threads';
import { blindKeys, evaluateInput, type Identity, readScalar, tagOf } from '@entente/matching';
import { sodiumGroup } from './sodium-group.ts';

// One thread of `startTagWorkers`: takes identities, says which match keys they have, and gives the tags of those wanted.
const group = await sodiumGroup();
const secret = readScalar((workerData as { readonly secret: Uint8Array }).secret);
const encoder = new TextEncoder();
const held = new Map<number, readonly Uint8Array[]>();

interface Batch {
  readonly number: number;
  readonly identities: readonly Identity[];
}
interface Wanted {
  readonly number: number;
  /** 1 for each key whose tag is wanted, in their order. */
  readonly wanted: Uint8Array;
}

parentPort?.on('message', (asked: Batch | Wanted) => {
  if ('identities' in asked) nameKeys(asked);
  else evaluate(asked);
});

function nameKeys({ number, identities }: Batch): void {
  const inputs = identities.flatMap((identity) => blindKeys(identity, 'published')).map((key) => encoder.encode(key));
  held.set(number, inputs);
  const hashes = new Uint8Array(inputs.length * 8);
  for (const [at, input] of inputs.entries()) hashes.set(group.sha512(input).subarray(0, 8), at * 8);
  parentPort?.postMessage({ number, hashes }, [hashes.buffer]);
}

function evaluate({ number, wanted }: Wanted): void {
  const inputs = held.get(number)?.filter((_, at) => wanted[at] === 1) ?? [];
  held.delete(number);
  const tags = BigUint64Array.from(inputs, (input) => tagOf(evaluateInput(group, secret, input)));
  parentPort?.postMessage({ number, tags }, [tags.buffer]);
}
