import { Refusal } from '@entente/protocol';
import { seedsOf } from '../custody/found-relation.ts';
import { sayByRoot } from '../release/root-act.ts';
import { readChannel } from '../store/channels.ts';
import type { Command, Outcome } from './command.ts';
import type { Input } from './input.ts';
import { withRelation } from './opened-relation.ts';

/** Stands by entries that a compromise notice of ours made suspect. */
export const compromiseConfirm: Command = {
  name: 'compromise confirm',
  summary: 'Stand, by our root, by entries of ours that a compromise notice made suspect',
  options: {
    relation: { value: 'NAME', describe: 'the relation; else the station’s only one' },
    from: { value: 'N', describe: 'index of the first entry' },
    to: { value: 'N', describe: 'index after the last entry' },
    yes: { describe: 'do not ask' },
  },
  examples: ['compromise confirm --relation fr-ma --from 4711 --to 4720'],
  run: (input, context): Promise<Outcome> =>
    withRelation(input, context, async ({ parts, relation }) => {
      const [from, to] = [readIndex(input, 'from'), readIndex(input, 'to')];
      const { size } = await readChannel(parts.database, relation.number, relation.own);
      if (from >= to || to > size) {
        throw new Refusal('usage', { what: `--from ${from} --to ${to}: our channel holds entries 0 to ${size}` });
      }
      const question = `Are entries ${from} to ${to} of our channel ours, as they stand? They take effect.`;
      await context.terminal.confirm(question, input.flag('yes'));
      const seeds = seedsOf(await context.home.rootKeys.readHybrid('root', 'present'));
      const statement = { type: 'relation/confirmation', inputs: { from, to } };
      const act = await sayByRoot(parts, relation, seeds, statement);
      const text = `Entries ${from} to ${to} are confirmed by act ${act}; it leaves with the next parcel.`;
      return { text, json: { relation: relation.name, act, from, to } };
    }),
};

function readIndex(input: Input, name: 'from' | 'to'): number {
  const text = input.required(name);
  if (!/^\d{1,15}$/.test(text)) throw new Refusal('usage', { what: `--${name}: the index of an entry` });
  return Number(text);
}
