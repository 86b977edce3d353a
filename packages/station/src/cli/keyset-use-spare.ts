import { Refusal } from '@entente/protocol';
import type { Command, Outcome } from './command.ts';
import { installKeyset } from './keyset-install.ts';
import { withRelation } from './opened-relation.ts';
import { readSpare } from './spare-keyset.ts';

/** Puts the spare keyset of the accord in force. */
export const keysetUseSpare: Command = {
  name: 'keyset use-spare',
  summary: 'Put the accord’s spare keyset in force: new keys for log, mirror, TLS, station and sealing, within minutes',
  options: {
    relation: { value: 'NAME', describe: 'the relation; else the station’s only one' },
    out: { value: 'FILE', describe: 'where to write the notice (NAME-keyset-spare.notice)' },
    yes: { describe: 'do not ask' },
  },
  examples: ['keyset use-spare --relation fr-ma --root /media/root'],
  run: (input, context): Promise<Outcome> =>
    withRelation(input, context, async (opened) => {
      const { relation } = opened;
      const { id, signed, name } = await readSpare(context.home, relation);
      const own = relation.keysets.filter(({ keyset }) => keyset.party === relation.own);
      // Run again after a failure it is still the last one, and what is missing is made up for.
      if (own.slice(0, -1).some((one) => one.id === id)) {
        throw new Refusal('already-exists', {
          what: 'the spare keyset was used before: entente keyset spare, or next',
        });
      }
      const question = `The keys of ${relation.name} are replaced for good by those in ${context.home.rootFolder}. Go on?`;
      await context.terminal.confirm(question, input.flag('yes'));
      const out = input.optional('out') ?? `${relation.name}-keyset-spare.notice`;
      return installKeyset(opened, context, { signed, name, out });
    }),
};
