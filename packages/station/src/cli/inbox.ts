import type { JsonObject } from '@entente/protocol';
import { officerOptions } from './act-options.ts';
import { apiOf } from './api.ts';
import type { Command, Outcome } from './command.ts';
import type { Option } from './option.ts';
import { table } from './table.ts';

const filters: Readonly<Record<string, Option>> = {
  track: { value: 'NAME', describe: 'of one track' },
  state: { value: 'NAME', describe: 'in one state' },
  limit: { value: 'N', describe: 'how many at most (50)' },
};

/** Dossiers by their next deadline. */
export const inbox: Command = listing('inbox', 'Show dossiers by their next deadline');
export const dossierList: Command = listing('dossier list', 'List dossiers, those with a deadline first');

function listing(name: string, summary: string): Command {
  return {
    name,
    summary,
    options: { ...officerOptions, ...filters },
    examples: [`${name} --relation fr-ma`, `${name} --relation fr-ma --track leads --state requested --json`],
    async run(input, context): Promise<Outcome> {
      const relation = input.relation();
      const api = await apiOf(context, input, relation);
      const query = new URLSearchParams({ limit: input.optional('limit') ?? '50' });
      for (const filter of ['track', 'state']) {
        const value = input.optional(filter);
        if (value !== undefined) query.set(filter, value);
      }
      const answer = await api.get(`/v1/relations/${relation}/inbox?${query.toString()}`);
      const dossiers = Array.isArray(answer['dossiers']) ? (answer['dossiers'] as readonly JsonObject[]) : [];
      const rows = dossiers.map((one) =>
        ['deadline', 'dossier', 'track', 'state', 'opener', 'changed'].map((member) => String(one[member] ?? '-')),
      );
      return { text: table(rows, 'No dossier.'), json: answer };
    },
  };
}
