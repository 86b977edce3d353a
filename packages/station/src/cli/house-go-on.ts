import { userInfo } from 'node:os';
import { goOnAfterLoss } from '../custody/sign-house.ts';
import type { Command, Outcome } from './command.ts';
import { openStation } from './open-station.ts';

/** Lets a house log be signed again after entries of it were lost. */
export const houseGoOn: Command = {
  name: 'house go-on',
  summary: 'Let a house log be signed again that was cut back, after a restore; what is lost is written into it',
  options: {
    by: { value: 'NAME', describe: 'who orders it, for the house log; else the user of this machine' },
    yes: { describe: 'do not ask' },
  },
  examples: ['house go-on --by "A. Martin"'],
  async run(input, { home, databaseUrl, terminal }): Promise<Outcome> {
    const { station, parts, close } = await openStation(home, databaseUrl);
    try {
      terminal.say(
        'Only after a restore, or once you know who cut entries off. Your auditor holds heads that this house log will not extend: say so.',
      );
      await terminal.confirm('Is it signed again?', input.flag('yes'));
      const by = input.optional('by') ?? userInfo().username;
      const { size } = await goOnAfterLoss(parts, station.party, by);
      const text = `The house log no longer makes its head of size ${size}; that stands in it now. Next: entente house head.`;
      return { text, json: { lost: size, by } };
    } finally {
      await close();
    }
  },
};
