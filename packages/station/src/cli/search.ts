import { type JsonObject, Refusal } from '@entente/protocol';
import { officerOptions } from './act-options.ts';
import { apiOf } from './api.ts';
import type { Command, Outcome } from './command.ts';
import { isJsonObject } from './json-file.ts';
import { explanationLines, objectsIn, percent, sideText } from './match-text.ts';

/** Whom the station knows by a name in any script, or by a number. */
export const search: Command = {
  name: 'search',
  summary:
    'Look for a person or an organisation by name in any script, or for anything by its number; the search is logged',
  operands: '[NAME…]',
  options: {
    ...officerOptions,
    purpose: { value: 'TEXT', describe: 'why; it is logged' },
    for: { value: 'TRACK/PURPOSE', describe: 'whose dossiers and lists may be searched for it: leads/investigation' },
    kind: { value: 'person|organisation', describe: 'what bears the name (person)' },
    birth: { value: 'DATE', multiple: true, describe: '1984, 1984-03, 12/03/1984, ~1984, 1980/1984' },
    birthplace: { value: 'TOWN', multiple: true, describe: 'where born, in any spelling' },
    number: { value: 'KIND:NUMBER', multiple: true, describe: 'telephone:+33…, plate:…, document:…' },
    limit: { value: 'N', describe: 'how many at most (20)' },
    acknowledge: { describe: 'the restrictions of code H3 were read' },
  },
  examples: [
    'search "Mohamed Larbi Benslimane" --birth 1984 --for leads/investigation --purpose "inquiry 12/2026"',
    'search "محمد العربي بن سليمان" --for leads/investigation --purpose "inquiry 12/2026" --json',
    'search --number telephone:+33639980001 --for leads/investigation --purpose "inquiry 12/2026"',
  ],
  async run(input, context): Promise<Outcome> {
    const relation = input.relation();
    const numbers = input.list('number').map(numberIn);
    if (input.operands.length === 0 && numbers.length === 0) throw new Refusal('usage', { what: 'NAME or --number' });
    const limit = input.optional('limit');
    const wanted: JsonObject = {
      for: input.required('for'),
      kind: input.optional('kind') ?? 'person',
      ...(input.operands.length === 0 ? {} : { names: input.operands }),
      births: input.list('birth'),
      birthplaces: input.list('birthplace'),
      numbers,
      ...(limit === undefined ? {} : { limit: Number(limit) }),
    };
    const query = new URLSearchParams({
      purpose: input.required('purpose'),
      ...(input.flag('acknowledge') ? { acknowledge: 'H3' } : {}),
    });
    const api = await apiOf(context, input, relation);
    const answer = await api.send('POST', `/v1/relations/${relation}/search?${query.toString()}`, wanted);
    const text = objectsIn(answer['found']).flatMap(hitLines).join('\n');
    return { text: text === '' ? 'Nobody.' : text, json: answer };
  },
};

function hitLines({ probability, where, subject, terms, withheld }: JsonObject): readonly string[] {
  const label = isJsonObject(subject) ? String(subject['label']) : `withheld: ${withheldIn(withheld)}`;
  return [`${percent(probability)}  ${label}  ${sideText(where)}`, ...explanationLines(terms)];
}

function withheldIn(withheld: JsonObject[string] | undefined): string {
  return isJsonObject(withheld) ? `${String(withheld['why'])}, ${String(withheld['whatToDo'])}` : '';
}

function numberIn(text: string): JsonObject {
  const at = text.indexOf(':');
  if (at < 1) throw new Refusal('usage', { what: '--number KIND:NUMBER' });
  return { kind: text.slice(0, at), number: text.slice(at + 1) };
}
