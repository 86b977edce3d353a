import { type JsonObject, type Language, notedReasons, notedWords } from '@entente/protocol';
import { officerOptions } from './act-options.ts';
import { type Api, apiOf } from './api.ts';
import type { Command, Outcome } from './command.ts';
import { isJsonObject } from './json-file.ts';
import { possibleMatches } from './match-text.ts';
import { table } from './table.ts';
import { say, trackName, trackWord } from './words/say.ts';

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
    const { language } = context;
    const rows = acts.map(({ head, from, index, time, effect, reason, receipt, act, body }) => [
      String(time),
      String(from),
      `#${String(index)}`,
      isJsonObject(head) ? typeWord(language, String(head['type'])) : '',
      [
        ...(effect === 'effective' ? [] : [say(language, 'noted', { reason: reasonWords(reason, language) })]),
        ...(body === 'awaited' || body === 'withheld' ? [say(language, `body-${body}`)] : []),
      ].join('; '),
      isJsonObject(receipt)
        ? say(language, 'receipted', { time: String(receipt['time']) })
        : say(language, 'no-receipt'),
      String(act).slice(0, 16),
    ]);
    const clocks = objectsIn(answer['clocks']).map(
      ({ clock, ...reading }) => `  ${String(clock)}: ${JSON.stringify(reading)}`,
    );
    const text = [
      isJsonObject(summary) ? summaryLine(summary, language) : '',
      ...clocks,
      ...(isJsonObject(summary) && summary['matches'] !== undefined
        ? [`  ${possibleMatches(summary['matches'], language)}: entente match list --dossier ${dossier}`]
        : []),
      table(rows, say(language, 'no-act')),
      ...contents.map((content) => JSON.stringify(content, undefined, 2)),
    ].join('\n');
    return { text, json: purpose === undefined ? answer : { ...answer, contents } };
  },
};

function summaryLine(summary: JsonObject, language: Language): string {
  const { track, state, opener, opened } = summary;
  return say(language, 'dossier', {
    track: trackName(language, String(track)),
    state: trackWord(language, String(track), `state.${String(state)}`),
    opener: String(opener),
    opened: String(opened),
  });
}

function typeWord(language: Language, type: string): string {
  const [track = '', name = ''] = type.split('/');
  return trackWord(language, track, `act.${name}`);
}

function reasonWords(reason: JsonObject[string] | undefined, language: Language): string {
  const known = notedReasons.find((one) => one === reason);
  return known === undefined ? String(reason) : notedWords(known, language);
}

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
