import type { LogSize } from '@entente/protocol';
import { carryOut } from '../exchange/carry-out.ts';
import type { Command, Outcome } from './command.ts';
import { custodyOf } from './custody-of.ts';
import { openStation, relationNamed } from './open-station.ts';

/** Writes what the counterpart lacks to a stick. */
export const carryOutCommand: Command = {
  name: 'carry out',
  summary: 'Write everything the counterpart is not known to hold to one sealed file for a stick; needs no network',
  operands: 'FILE',
  options: {
    relation: { value: 'NAME', describe: 'the relation; else the station’s only one' },
    all: { describe: 'the whole channel from its first entry, as for a counterpart that lost everything' },
  },
  examples: ['carry out --relation fr-ma /media/stick/fr-to-ma.age'],
  async run(input, { home, databaseUrl, terminal }): Promise<Outcome> {
    const name = input.relation();
    const file = input.operand(0, 'FILE');
    const { parts, relations, close } = await openStation(home, databaseUrl);
    try {
      const relation = relationNamed(relations, name);
      const custody = await custodyOf(home, parts, relations);
      const from = input.flag('all') ? { from: 0 as LogSize } : {};
      const onProgress = (done: number, whole: number): void => terminal.progress('sealing', done, whole);
      const carried = await carryOut({ parts, relation, custody, file, onProgress, ...from });
      const text = [
        `${file}: entries ${carried.from} to ${carried.to} in ${carried.parcels} parcels, ${carried.attachments} attachments, ${carried.bytes} bytes.`,
        `Only ${relation.counterpart}’s offline key opens it: entente carry in, or age -d -i KEY | tar -x, sha256sum -c MANIFEST.`,
      ].join('\n');
      return { text, json: { file, ...carried } };
    } finally {
      await close();
    }
  },
};
