import { type JsonObject, Refusal } from '@entente/protocol';
import { officerOptions } from './act-options.ts';
import { apiOf } from './api.ts';
import type { Command, Outcome } from './command.ts';
import type { Input } from './input.ts';
import { isJsonObject } from './json-file.ts';
import { explanationLines, objectsIn, percent, sideText } from './match-text.ts';
import { table } from './table.ts';

/** Matches that wait for an officer, or all. */
const matchList: Command = {
  name: 'match list',
  summary: 'List matches: proposals that two subjects may be one; without content',
  options: {
    ...officerOptions,
    state: { value: 'proposed|confirmed|rejected', describe: 'in one state (proposed)' },
    dossier: { value: 'DOSSIER', describe: 'of one dossier' },
    draft: { value: 'DRAFT', describe: 'of one draft' },
    limit: { value: 'N', describe: 'how many at most (50)' },
  },
  examples: ['match list --relation fr-ma', 'match list --relation fr-ma --state confirmed --json'],
  async run(input, context): Promise<Outcome> {
    const relation = input.relation();
    const api = await apiOf(context, input, relation);
    const query = new URLSearchParams({
      limit: input.optional('limit') ?? '50',
      state: input.optional('state') ?? 'proposed',
    });
    for (const filter of ['dossier', 'draft']) {
      const value = input.optional(filter);
      if (value !== undefined) query.set(filter, value);
    }
    const answer = await api.get(`/v1/relations/${relation}/matches?${query.toString()}`);
    const rows = objectsIn(answer['matches']).map(({ match, use, kind, probability, state, left, right }) => [
      String(match),
      percent(probability),
      String(use),
      String(kind),
      String(state),
      sideText(left),
      sideText(right),
    ]);
    return { text: table(rows, 'No match.'), json: answer };
  },
};

/** One match with its explanation. */
const matchShow: Command = {
  name: 'match show',
  summary: 'Show both sides of a match and what speaks for and against it; the reading is logged with its purpose',
  operands: 'MATCH',
  options: {
    ...officerOptions,
    purpose: { value: 'TEXT', describe: 'why; it is logged' },
    acknowledge: { describe: 'the restriction of code H3 was read' },
  },
  examples: ['match show 12 --purpose "inquiry 12/2026"'],
  async run(input, context): Promise<Outcome> {
    const relation = input.relation();
    const api = await apiOf(context, input, relation);
    const query = new URLSearchParams({
      purpose: input.required('purpose'),
      ...(input.flag('acknowledge') ? { acknowledge: 'H3' } : {}),
    });
    const answer = await api.get(`/v1/relations/${relation}/matches/${matchIn(input)}?${query.toString()}`);
    const text = [
      `${percent(answer['probability'])}  ${String(answer['use'])}, ${String(answer['state'])}`,
      `  ${labelIn(answer['leftSubject'])}  ${sideText(answer['left'])}`,
      `  ${labelIn(answer['rightSubject'])}  ${sideText(answer['right'])}`,
      ...explanationLines(answer['terms']),
    ].join('\n');
    return { text, json: answer };
  },
};

function labelIn(subject: JsonObject[string] | undefined): string {
  return isJsonObject(subject) ? String(subject['label']) : '';
}

function deciding(name: 'confirm' | 'reject', state: 'confirmed' | 'rejected'): Command {
  return {
    name: `match ${name}`,
    summary:
      name === 'confirm'
        ? 'Confirm that both sides of a match are one; who, when and why goes to the house log'
        : 'Reject a match: it is not proposed again while both sides say the same',
    operands: 'MATCH',
    options: { ...officerOptions, reason: { value: 'TEXT', describe: 'why; it goes to the house log' } },
    examples: [`match ${name} 12 --reason "the passport was seen"`],
    async run(input, context): Promise<Outcome> {
      const relation = input.relation();
      const match = matchIn(input);
      const reason = input.required('reason');
      const api = await apiOf(context, input, relation);
      await api.send('POST', `/v1/relations/${relation}/matches/${match}/decision`, { state, reason });
      return { text: `match ${match}: ${state}`, json: { match, state } };
    },
  };
}

function matchIn(input: Input): number {
  const match = Number(input.operand(0, 'MATCH'));
  if (!Number.isSafeInteger(match) || match < 1) throw new Refusal('usage', { what: 'MATCH: a number' });
  return match;
}

export const matchCommands: readonly Command[] = [
  matchList,
  matchShow,
  deciding('confirm', 'confirmed'),
  deciding('reject', 'rejected'),
];
