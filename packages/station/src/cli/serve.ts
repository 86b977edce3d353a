import type { Command, Outcome } from './command.ts';
import { checkNotRunning } from './running.ts';

/** Runs the station. */
export const serve: Command = {
  name: 'serve',
  summary: 'Run the station until Ctrl-C',
  options: {},
  examples: ['serve', 'serve --home /var/lib/entente/fr'],
  async run(_input, context): Promise<Outcome> {
    await checkNotRunning(context.home);
    await context.serve(context);
    return { text: 'The station has stopped; everything it receipted is kept.', json: { stopped: true } };
  },
};
