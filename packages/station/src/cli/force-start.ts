import { userInfo } from 'node:os';
import { forceStart } from '../custody/caught-up.ts';
import { tellRelease } from '../exchange/wake.ts';
import { readChannel } from '../store/channels.ts';
import type { Command, Outcome } from './command.ts';
import { withRelation } from './opened-relation.ts';

/** Lets a station that has not caught up append all the same. */
export const forceStartCommand: Command = {
  name: 'force-start',
  summary: 'Let our channel go on although it has not caught up: the counterpart will see two histories and stop it',
  options: {
    relation: { value: 'NAME', describe: 'the relation; else the station’s only one' },
    by: { value: 'NAME', describe: 'who orders it, for the house log; else the user of this machine' },
    yes: { describe: 'do not ask' },
  },
  examples: ['force-start --relation fr-ma --by "A. Martin"'],
  run: (input, context): Promise<Outcome> =>
    withRelation(input, context, async ({ parts, relation }) => {
      const { size } = await readChannel(parts.database, relation.number, relation.own);
      const { name, counterpart } = relation;
      context.terminal.say(
        [
          `Our channel goes on from entry ${size}. If ${counterpart} holds more of it:`,
          '  - it will see two histories, keep both as proof, and stop our channel: only acts of the floor pass, unwitnessed;',
          '  - our root must then order a new epoch, and what either history holds beyond the last common head is left behind.',
          `It stands in the house log, in an alarm, and in the high-water mark set aside. Only where waiting for ${counterpart} costs more.`,
        ].join('\n'),
      );
      await context.terminal.confirm('Is it forced?', input.flag('yes'));
      const by = input.optional('by') ?? userInfo().username;
      await forceStart(parts, relation, by);
      await tellRelease(parts.database, relation.number);
      const text = `Our channel goes on from entry ${size}. Tell ${counterpart} now; next: entente epoch open --relation ${name}.`;
      return { text, json: { relation: name, from: size, by } };
    }),
};
