import { type JsonObject, Refusal } from '@entente/protocol';
import { officerOptions } from './act-options.ts';
import { apiOf } from './api.ts';
import type { Command, Outcome } from './command.ts';

/** Says what was found of gates that the floor had waived. */
export const reviewClose: Command = {
  name: 'review close',
  summary: 'Close the review of an act that passed by the floor, with a finding on each gate it had waived',
  operands: 'ACT',
  options: {
    ...officerOptions,
    passed: { value: 'GATE=REASONING', multiple: true, describe: 'a gate that would have been passed, and why' },
    failed: { value: 'GATE=REASONING', multiple: true, describe: 'a gate that would not have been, and why' },
  },
  examples: [
    "review close --relation fr-ma 51bcce84… --passed 'neutrality=no political matter' --failed 'torture-risk=not assessed'",
  ],
  async run(input, context): Promise<Outcome> {
    const relation = input.relation();
    const act = input.act(0);
    const gates = (['passed', 'failed'] as const).flatMap((result) =>
      input.list(result).map((text) => readFinding(text, result)),
    );
    const api = await apiOf(context, input, relation);
    await api.send('POST', `/v1/relations/${relation}/reviews/${act}`, { gates });
    const failed = gates.some(({ result }) => result === 'failed');
    const next = failed ? ' A gate failed: recall or narrow the act.' : '';
    return { text: `The review of ${act} is closed.${next}`, json: { relation, act, gates } };
  },
};

function readFinding(text: string, result: 'passed' | 'failed'): JsonObject {
  const [, gate, reasoning] = /^([a-z][a-z0-9-]{0,62})=(.+)$/su.exec(text) ?? [];
  if (gate === undefined || reasoning === undefined) {
    throw new Refusal('usage', { what: `--${result}: GATE=REASONING, not ${text}` });
  }
  return { gate, result, reasoning };
}
