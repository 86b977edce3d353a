import { listOfficers } from '../store/officers.ts';
import type { Command, Outcome } from './command.ts';
import { openDatabaseOf } from './open-station.ts';
import { table } from './table.ts';

/** Officers of this house. */
export const officerList: Command = {
  name: 'officer list',
  summary: 'List the officers of this house and how many signing keys each has',
  options: {},
  examples: ['officer list', 'officer list --json'],
  async run(_input, { home, databaseUrl }): Promise<Outcome> {
    const { database, close } = await openDatabaseOf(home, databaseUrl);
    try {
      const officers = await listOfficers(database);
      const rows = officers.map(({ officer, name, function: post, roles, unit, keys, revoked }) => [
        String(officer),
        name,
        post,
        roles.join(', '),
        unit,
        `${keys} keys`,
        revoked === null ? '' : 'revoked',
      ]);
      return {
        text: table(rows, 'No officer yet: entente officer enrol'),
        json: officers.map((officer) => ({ ...officer })),
      };
    } finally {
      await close();
    }
  },
};
