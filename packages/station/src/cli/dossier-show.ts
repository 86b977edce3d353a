import type { JsonObject } from '@entente/protocol';
import { officerOptions } from './act-options.ts';
import { type Api, apiOf } from './api.ts';
import type { Command, Outcome } from './command.ts';
import { isJsonObject } from './json-file.ts';
import { table } from './table.ts';

/** One dossier: state, clocks, acts; their content only for a purpose, which is logged. */
export const dossierShow: Command = {
  name: 'dossier show',
  summary: 'Show a dossier with its clocks, acts and receipts; with --purpose also the content, each read logged',
  operands: 'DOSSIER',
  options: {
    ...officerOptions,
    purpose: { value: 'TEXT', describe: 'read the content too; the purpose is logged' },
    acknowledge: { describe: 'the restriction of code H3 was read' },
  },
  examples: ['dossier show --relation fr-ma 0f3c…', 'dossier show --relation fr-ma 0f3c… --purpose "inquiry 12/2026"'],
  async run(input, context): Promise<Outcome> {
    const relation = input.relation();
    const dossier = input.operand(0, 'DOSSIER');
    const api = await apiOf(context, input, relation);
    const answer = await api.get(`/v1/relations/${relation}/dossiers/${dossier}`);
    const acts = objectsIn(answer['acts']);
    const purpose = input.optional('purpose');
    const contents: JsonObject[] = [];
    if (purpose !== undefined) {
      const held = acts.filter(({ body }) => body === 'held');
      for (const { act } of held)
        contents.push(await contentOf(api, relation, String(act), purpose, input.flag('acknowledge')));
    }
    const { summary } = answer;
    const rows = acts.map(({ head, from, index, time, effect, reason, receipt, act }) => [
      String(time),
      String(from),
      `#${String(index)}`,
      isJsonObject(head) ? String(head['type']) : '',
      effect === 'effective' ? '' : `noted: ${String(reason)}`,
      isJsonObject(receipt) ? `receipted ${String(receipt['time'])}` : 'no receipt yet',
      String(act).slice(0, 16),
    ]);
    const clocks = objectsIn(answer['clocks']).map(
      ({ clock, ...reading }) => `  ${String(clock)}: ${JSON.stringify(reading)}`,
    );
    const text = [
      isJsonObject(summary)
        ? `${String(summary['track'])}, ${String(summary['state'])}, opened by ${String(summary['opener'])} ${String(summary['opened'])}`
        : '',
      ...clocks,
      table(rows, 'no act'),
      ...contents.map((content) => JSON.stringify(content, undefined, 2)),
    ].join('\n');
    return { text, json: purpose === undefined ? answer : { ...answer, contents } };
  },
};

function contentOf(
  api: Api,
  relation: string,
  act: string,
  purpose: string,
  acknowledged: boolean,
): Promise<JsonObject> {
  const query = new URLSearchParams({ purpose, ...(acknowledged ? { acknowledge: 'H3' } : {}) });
  return api.get(`/v1/relations/${relation}/acts/${act}/content?${query.toString()}`);
}

function objectsIn(value: JsonObject[string] | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
