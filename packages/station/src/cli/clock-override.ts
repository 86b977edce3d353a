import { Refusal } from '@entente/protocol';
import { sayByAdministration } from '../release/administration-act.ts';
import type { Command, Outcome } from './command.ts';
import { withRelation } from './opened-relation.ts';

/** Confirms by an act that our clock is right although the counterpart's differs. */
export const clockOverride: Command = {
  name: 'clock override',
  summary: 'Confirm by an act that our clock is right though the counterpart’s differs by so many seconds',
  options: {
    relation: { value: 'NAME', describe: 'the relation; else the station’s only one' },
    difference: { value: 'S', describe: 'seconds by which ours is ahead, below 0 where it is behind; 0 ends it' },
    yes: { describe: 'do not ask' },
  },
  examples: ['clock override --relation fr-ma --difference 600', 'clock override --relation fr-ma --difference=-600'],
  run: (input, context): Promise<Outcome> =>
    withRelation(input, context, async ({ parts, relation }) => {
      const wanted = input.required('difference');
      if (!/^-?\d{1,9}$/.test(wanted)) throw new Refusal('usage', { what: '--difference: whole seconds' });
      const difference = Number(wanted);
      const question = `Was this machine’s clock held against a third one, and is it right? ${difference} s ahead of ${relation.counterpart}’s are then allowed.`;
      await context.terminal.confirm(question, input.flag('yes'));
      const act = await sayByAdministration(parts, relation, 'clock-override', { difference });
      const text = `A difference of ${difference} s is confirmed by act ${act}.`;
      return { text, json: { relation: relation.name, act, difference } };
    }),
};
