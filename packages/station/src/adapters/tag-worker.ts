import { parentPort, workerData } from 'node:worker_threads';
import { blindKeys, evaluateInput, type Identity, readScalar, tagOf } from '@entente/matching';
import { sodiumGroup } from './sodium-group.ts';

// One thread of `startTagWorkers`: takes identities, gives the tags of all their keys.
const group = await sodiumGroup();
const secret = readScalar((workerData as { readonly secret: Uint8Array }).secret);
const encoder = new TextEncoder();

interface Asked {
  readonly number: number;
  readonly identities: readonly Identity[];
}

parentPort?.on('message', ({ number, identities }: Asked) => {
  const inputs = identities.flatMap((identity) => blindKeys(identity, 'published'));
  const tags = BigUint64Array.from(inputs, (input) => tagOf(evaluateInput(group, secret, encoder.encode(input))));
  parentPort?.postMessage({ number, tags }, [tags.buffer]);
});
