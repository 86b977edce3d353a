import type { JsonObject, Language } from '@entente/protocol';
import { officerOptions } from './act-options.ts';
import { apiOf } from './api.ts';
import type { Command, Outcome } from './command.ts';
import type { Option } from './option.ts';
import { possibleMatches } from './match-text.ts';
import { table } from './table.ts';
import { say, trackName, trackWord } from './words/say.ts';

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
      const { language } = context;
      const rows = dossiers.map((one) => {
        const [track, state] = [String(one['track']), String(one['state'])];
        const [deadline, dossier, opener, changed] = ['deadline', 'dossier', 'opener', 'changed'].map((member) =>
          String(one[member] ?? '-'),
        );
        const said = [trackName(language, track), trackWord(language, track, `state.${state}`)];
        return [deadline, dossier, ...said, opener, changed, possibleMatches(one['matches'], language)].map(String);
      });
      const text = [...reviewLines(answer['reviews'], language), table(rows, say(language, 'no-dossier'))].join('\n');
      return { text, json: answer };
    },
  };
}

/** Acts that passed by the floor come first: each is to be looked at within a day. */
function reviewLines(reviews: JsonObject[string] | undefined, language: Language): readonly string[] {
  const open = Array.isArray(reviews) ? (reviews as readonly JsonObject[]) : [];
  return open.map(({ act, type, gates, due, late }) => {
    const [track = '', name = ''] = String(type).split('/');
    return say(language, late === true ? 'review-late' : 'review', {
      due: String(due),
      type: trackWord(language, track, `act.${name}`),
      act: String(act),
      gates: Array.isArray(gates)
        ? gates.map((gate) => trackWord(language, track, `gate.${String(gate)}`)).join(', ')
        : '',
    });
  });
}
