import { Refusal } from '@entente/protocol';
import { officerOptions } from './act-options.ts';
import { apiOf } from './api.ts';
import type { Command, Outcome } from './command.ts';
import { draftOptions, requestFromOptions } from './draft-from-options.ts';
import { writePrivate } from './home.ts';
import { readActs, writeActs } from './sign-acts.ts';
import { uploadFile } from './upload.ts';

/** Has the station draw up the exact bytes of an act, for signing elsewhere. */
export const actPrepare: Command = {
  name: 'act prepare',
  summary: 'Draw up the exact bytes of an act, to be signed by one officer or two',
  operands: 'TRACK/TYPE',
  options: { ...officerOptions, ...draftOptions, out: { value: 'FILE', describe: 'where to write it (act.json)' } },
  examples: ['act prepare leads/request --relation fr-ma --file request.json --out act.json'],
  async run(input, context): Promise<Outcome> {
    const [track, type] = input.operand(0, 'TRACK/TYPE').split('/');
    if (track === undefined || type === undefined) throw new Refusal('usage', { what: 'TRACK/TYPE, as leads/request' });
    const relation = input.relation();
    const api = await apiOf(context, input, relation);
    const attachments = [];
    for (const path of input.list('attach')) attachments.push(await uploadFile(api, relation, path, context.terminal));
    const request = await requestFromOptions(input, track, type, context.language, attachments);
    const prepared = await api.send('POST', `/v1/relations/${relation}/acts/prepare`, { acts: [request] });
    const file = readActs({ ...prepared, relation });
    const out = input.optional('out') ?? 'act.json';
    await writePrivate(out, `${JSON.stringify(writeActs(file))}\n`);
    return {
      text: `${out}: entente act sign ${out}, then entente act send ${out}`,
      json: { file: out, acts: file.acts.map(({ id }) => id) },
    };
  },
};
