import { evaluateInput, randomScalar } from '@entente/matching';
import { randomBytes } from 'node:crypto';
import { sodiumGroup } from '../../packages/station/src/adapters/sodium-group.ts';
import { type Bench, percentile } from './bench.ts';
import { atMost, besides, type Figure } from './figure.ts';

/** What `@openmined/psi.js` takes for each item of the answering set, in µs, measured apart: it does not install everywhere. */
const psi = 454;

/** Blind checks: a set published and its table taken over, checks asked one by one, and the bare group beside our own work. */
export const blind: Bench = {
  name: 'blind',
  async run({ fr, ma }, quick) {
    const count = quick ? 5_000 : 1_000_000;
    const runs = quick ? 20 : 200;
    const { seconds, tags, pages } = await ma.station.ask<Published>('blindPublish', count);
    const taken = await fr.station.ask<number>('blindTable', pages);
    await fr.station.ask('blindAsk', { runs: 5, watched: count });
    const times = await fr.station.ask<readonly number[]>('blindAsk', { runs, watched: count });
    const item = { name: 'blind, published, each item', value: (seconds * 1e6) / tags, unit: 'µs', n: tags };
    const whole = { name: `blind, ${count} persons published`, value: seconds, unit: 's', n: tags };
    return [
      atMost(item, psi / 5),
      atMost(whole, (tags * psi) / 5 / 1e6),
      atMost({ name: 'blind, table taken over', value: taken, unit: 's', n: pages }, 60),
      atMost({ name: 'blind check, half within', value: percentile(times, 0.5), unit: 'ms', n: runs }, 100),
      atMost({ name: 'blind check, 95 of 100 within', value: percentile(times, 0.95), unit: 'ms', n: runs }, 250),
      await shareOfGroup(quick ? 2_000 : 20_000),
    ];
  },
};

interface Published {
  readonly seconds: number;
  readonly tags: number;
  readonly pages: number;
}

/** Evaluating an input is one hash to the group and one multiplication: all we add is hashing and copying. */
async function shareOfGroup(runs: number): Promise<Figure> {
  const group = await sodiumGroup();
  const secret = randomScalar(group, (length) => new Uint8Array(randomBytes(length)));
  const inputs = Array.from({ length: runs }, (_, run) => new TextEncoder().encode(`MT+SLMN@1984-3-${run}`));
  const uniform = new Uint8Array(randomBytes(64));
  let bare = 0;
  let ours = 0;
  // By turns, so that what else the machine does falls on both alike.
  for (let at = 0; at < runs; at += 100) {
    const begun = performance.now();
    for (const _ of inputs.slice(at, at + 100)) group.multiply(secret, group.elementFromHash(uniform));
    const between = performance.now();
    for (const input of inputs.slice(at, at + 100)) evaluateInput(group, secret, input);
    bare += between - begun;
    ours += performance.now() - between;
  }
  const measured = { name: 'blind, evaluated by one thread', value: (runs / ours) * 1000, unit: 'items/s', n: runs };
  return besides(measured, { name: 'bare group operations of the same library', value: (runs / bare) * 1000 }, 0.7);
}
