import { signingOptions } from './act-options.ts';
import type { Command, Outcome } from './command.ts';
import { readNamed, writePrivate } from './home.ts';
import { parseJsonObject } from './json-file.ts';
import { readActs, signActs, writeActs } from './sign-acts.ts';

/** Adds an officer's approval to prepared acts. Needs the key alone, no station. */
export const actSign: Command = {
  name: 'act sign',
  summary:
    'Show prepared acts as their bytes say and sign them with an enrolled key; a second officer signs the same file',
  operands: 'FILE',
  options: signingOptions,
  examples: ['act sign act.json --as "A. Martin"'],
  async run(input, context): Promise<Outcome> {
    const path = input.operand(0, 'FILE');
    const signed = await signActs(readActs(parseJsonObject(await readNamed(path), path)), input, context);
    await writePrivate(path, `${JSON.stringify(writeActs(signed))}\n`);
    const { approvals, acts } = signed;
    const text = `${path}: ${acts.length} acts, ${approvals.length} approvals. Next: entente act send ${path}`;
    return { text, json: { file: path, acts: acts.map(({ id }) => id), approvals: approvals.length } };
  },
};
