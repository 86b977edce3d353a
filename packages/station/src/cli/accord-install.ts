import type { Command, Outcome } from './command.ts';
import { readNamed } from './home.ts';
import { installAccord } from './relation-papers.ts';

/** Takes an accord that both have signed. */
export const accordInstall: Command = {
  name: 'accord install',
  summary: 'Verify all four signatures and both keysets of an accord, and install it',
  operands: 'ACCORD',
  options: { relation: { value: 'NAME', describe: 'the relation; else the station’s only one' } },
  examples: ['accord install --relation fr-ma fr-ma-accord.json'],
  async run(input, { home }): Promise<Outcome> {
    const relation = input.relation();
    const { id } = await installAccord(home, relation, await readNamed(input.operand(0, 'ACCORD')));
    return {
      text: `The accord ${id} of ${relation} is installed. Next: entente serve`,
      json: { relation, accord: id },
    };
  },
};
