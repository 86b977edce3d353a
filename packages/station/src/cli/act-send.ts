import { officerOptions } from './act-options.ts';
import { type Api, apiOf } from './api.ts';
import type { Command, Outcome } from './command.ts';
import { readNamed } from './home.ts';
import { parseJsonObject } from './json-file.ts';
import { type ActsFile, readActs, writeActs } from './sign-acts.ts';

/** Hands signed acts to the station. */
export const actSend: Command = {
  name: 'act send',
  summary: 'Hand signed acts to the station, which verifies everything and releases them',
  operands: 'FILE',
  options: officerOptions,
  examples: ['act send act.json'],
  async run(input, context): Promise<Outcome> {
    const path = input.operand(0, 'FILE');
    const file = readActs(parseJsonObject(await readNamed(path), path));
    return sendActs(await apiOf(context, input, file.relation), file);
  },
};

export async function sendActs(api: Api, file: ActsFile): Promise<Outcome> {
  const { relation: _, ...body } = writeActs(file);
  const { acts } = await api.send('POST', `/v1/relations/${file.relation}/acts/authorise`, body);
  const lines = (Array.isArray(acts) ? acts : []).map((act) => {
    const { act: id, repeated } = act as { readonly act: string; readonly repeated: boolean };
    return `${id}  ${repeated ? 'was authorised before; nothing was done' : 'authorised; it goes with the next parcel'}`;
  });
  return { text: lines.join('\n'), json: { acts: acts ?? [] } };
}
