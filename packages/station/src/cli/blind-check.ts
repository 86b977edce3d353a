import { setTimeout as sleep } from 'node:timers/promises';
import { type JsonObject, legalBases, Refusal, type RelationId } from '@entente/protocol';
import { officerOptions, signingOptions } from './act-options.ts';
import { sendActs } from './act-send.ts';
import { type Api, apiOf } from './api.ts';
import { blindOptions } from './blind-station.ts';
import type { Command, Outcome } from './command.ts';
import { isJsonObject, listIn } from './json-file.ts';
import { readActs, signActs } from './sign-acts.ts';
import { table } from './table.ts';

const patience = 60_000;

/** Asks whether the counterpart knows a person, without telling it who. */
export const blindCheck: Command = {
  name: 'blind check',
  summary: 'Ask whether the counterpart knows a person, without telling it who: prepared, signed, sent, looked up here',
  operands: 'NAME…',
  options: {
    ...signingOptions,
    ...blindOptions,
    birth: {
      value: 'DATE',
      multiple: true,
      describe: 'date of birth, or the year where the names are rare: without one nobody is asked about',
    },
    'legal-basis': { value: 'BASIS', describe: legalBases.join(', ') },
  },
  examples: [
    'blind check "Abderrahmane El Fassi" --birth 1984-03-12 --purpose leads/investigation --legal-basis SAFE-37b',
    'blind check "عبد الرحمن الفاسي" --birth 1984-03-12 --purpose leads/investigation --legal-basis SAFE-37b --json',
  ],
  async run(input, context): Promise<Outcome> {
    if (input.operands.length === 0) throw new Refusal('usage', { what: 'NAME is missing' });
    const relation = input.relation();
    const api = await apiOf(context, input, relation);
    const prepared = await api.send('POST', `/v1/relations/${relation}/blind/checks`, {
      purpose: input.required('purpose'),
      legalBasis: input.required('legal-basis'),
      identity: { names: input.operands, births: input.list('birth') },
    });
    const file = readActs({ ...prepared, relation });
    await sendActs(api, await signActs(file, input, context));
    const [act] = file.acts;
    if (act === undefined) throw new Error('one check is one act');
    const check = await settled(api, relation, act.id);
    return { text: checkText(relation, check), json: check, ...(check['state'] === 'invalid' ? { failed: true } : {}) };
  },
};

async function settled(api: Api, relation: RelationId, act: string): Promise<JsonObject> {
  for (const end = performance.now() + patience; ; await sleep(50)) {
    const check = await api.get(`/v1/relations/${relation}/blind/checks/${act}`);
    if (check['state'] !== 'asked' || performance.now() > end) return check;
  }
}

function checkText(relation: string, check: JsonObject): string {
  const act = String(check['act']);
  switch (check['state']) {
    case 'hit': {
      const follow = check['follow'];
      const basis = isJsonObject(follow) ? listIn(follow['basis']).map((one) => `"${String(one)}"`) : [];
      return [
        `HIT. The counterpart knows this person (query ${act}).`,
        'Ask for the core data, due within 48 hours: put these into the draft as',
        `  {"inputs":{"followsHit":true,…},"basis":[${basis.join(',')}],…}`,
        `and: entente act request --relation ${relation} --file DRAFT`,
      ].join('\n');
    }
    case 'no-hit':
      return `No hit. The counterpart’s set holds no such person (query ${act}). Both inspectors can audit it.`;
    case 'asked':
      return `Asked (query ${act}); no answer yet. entente blind list shows it once it has come.`;
    default:
      return `${String(check['state'])}: ${String(check['reason'] ?? '')} (query ${act})`;
  }
}

/** What may be asked, what was, and what became of it. */
export const blindList: Command = {
  name: 'blind list',
  summary: 'Show budgets, sets and checks; whom a check was about is not shown',
  options: officerOptions,
  examples: ['blind list --relation fr-ma', 'blind list --json'],
  async run(input, context): Promise<Outcome> {
    const relation = input.relation();
    const api = await apiOf(context, input, relation);
    const { purposes = [] } = await api.get(`/v1/relations/${relation}/blind`);
    const { checks = [] } = await api.get(`/v1/relations/${relation}/blind/checks`);
    const rows = listIn(checks).filter(isJsonObject);
    const lines = rows.map((row) => ['made', 'purpose', 'state', 'act'].map((name) => String(row[name] ?? '')));
    const budgets = listIn(purposes)
      .filter(isJsonObject)
      .map((one) => `${String(one['purpose'])}: asked ${spent(one['asked'])}, answered ${spent(one['answered'])}`);
    const text = [...budgets, table(lines, 'No check yet.')];
    return { text: text.join('\n'), json: { purposes, checks } };
  },
};

function spent(value: JsonObject[string] | undefined): string {
  if (!isJsonObject(value)) return '';
  return `${String(value['day'])} of ${String(value['ofDay'])} today, ${String(value['month'])} of ${String(value['ofMonth'])} in 30 days`;
}
