import type { Identity } from '@entente/matching';
import { type JsonObject, Refusal } from '@entente/protocol';
import { publishSet } from '../blind/publish-set.ts';
import { watchedFor } from '../blind/refresh-sets.ts';
import { blindOptions, withBlind } from './blind-station.ts';
import type { Command, Outcome } from './command.ts';
import { readNamed } from './home.ts';
import { isJsonObject, listIn, parseJsonObject } from './json-file.ts';

/** Publishes whom we watch, blinded. */
export const blindPublish: Command = {
  name: 'blind publish',
  summary: 'Publish whom we watch for a purpose, blinded: the counterpart can ask about one person at a time',
  options: {
    ...blindOptions,
    file: {
      value: 'FILE',
      describe: 'one person a line, {"names":["…"],"births":["1984-03-12"]}; else our watch lists of the purpose',
    },
  },
  examples: [
    'blind publish --relation fr-ma --purpose leads/investigation',
    'blind publish --relation fr-ma --purpose leads/investigation --file watched.jsonl',
  ],
  run: (input, context): Promise<Outcome> =>
    withBlind(input, context, async ({ relation, parts }, station) => {
      const purpose = input.required('purpose');
      const path = input.optional('file');
      const identities = path === undefined ? watchedFor(parts.database, purpose) : readLines(path);
      const { act, tags, pages } = await publishSet(station, relation, purpose, identities);
      const text = [
        `Set ${act} of ${purpose}: ${tags} tags in ${pages} pages; ${relation.counterpart} learns the pages alone.`,
        'The number of tags stays in this house.',
      ].join('\n');
      return { text, json: { relation: relation.name, purpose, act, tags, pages } };
    }),
};

/** All faults stop the publishing: a person left out in silence would be a false no-hit. */
async function* readLines(path: string): AsyncGenerator<Identity, void, undefined> {
  const lines = new TextDecoder().decode(await readNamed(path)).split('\n');
  for (const [at, line] of lines.entries()) {
    if (line.trim() !== '') yield identityIn(parseJsonObject(new TextEncoder().encode(line), `line ${at + 1}`), at + 1);
  }
}

function identityIn(value: JsonObject, line: number): Identity {
  const texts = (name: string): readonly string[] => listIn(value[name]).filter((one) => typeof one === 'string');
  const names = texts('names');
  if (!isJsonObject(value) || names.length === 0) throw new Refusal('field-missing', { where: `line ${line}: names` });
  return { names, births: texts('births') };
}
