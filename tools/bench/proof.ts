import type { LogSize, PartyId } from '@entente/protocol';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { proveEntry } from '../../packages/station/src/custody/prove-entry.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { readEntries } from '../../packages/station/src/store/entries.ts';
import { type Bench, percentile } from './bench.ts';
import { atMost } from './figure.ts';
import { fillTo } from './passes.ts';

/** A `tlog-proof` for any act against the newest cosigned head, when the channel is long. */
export const proof: Bench = {
  name: 'proof',
  async run(stations, quick) {
    const size = await fillTo(stations, quick ? 10_000 : 1_000_000);
    const { database } = stations.fr;
    const channel = await readChannel(database, 1, 'fr' as PartyId);
    const other = await readChannel(database, 1, 'ma' as PartyId);
    const runs = 200;
    const times: number[] = [];
    for (let run = -20; run < runs; run++) {
      const index = Math.floor(Math.random() * size) as LogSize;
      const [entry] = await readEntries(database, channel, index, (index + 1) as LogSize);
      if (entry === undefined) throw new Error(`no entry ${index}`);
      const begun = performance.now();
      await proveEntry(database, nodeCrypto, channel, other, entry);
      if (run >= 0) times.push(performance.now() - begun);
    }
    return [
      atMost({ name: `proof, half within, at ${size} acts`, value: percentile(times, 0.5), unit: 'ms', n: runs }, 5),
      atMost(
        { name: `proof, 99 of 100 within, at ${size} acts`, value: percentile(times, 0.99), unit: 'ms', n: runs },
        5,
      ),
    ];
  },
};
