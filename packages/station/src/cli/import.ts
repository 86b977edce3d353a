import { basename } from 'node:path';
import type { Json, JsonObject, RelationId } from '@entente/protocol';
import { Importer } from '../import/read-import.ts';
import type { ImportedDraft } from '../import/imported-draft.ts';
import { officerOptions } from './act-options.ts';
import { type Api, apiOf } from './api.ts';
import type { Command, Outcome } from './command.ts';
import { readNamed } from './home.ts';
import { spellInvisible, spellInvisibleIn } from './spell-invisible.ts';
import { uploadBytes } from './upload.ts';
import type { Terminal } from './terminal.ts';

/** Makes drafts of files from outside. */
export const importCommand: Command = {
  name: 'import',
  summary:
    'Make draft leads of mails, CSV, PDF, images, STIX bundles and MISP events; an officer completes and signs them',
  operands: 'FILE…',
  options: { ...officerOptions, 'dry-run': { describe: 'only say what would be mapped; needs no station' } },
  examples: ['import --relation fr-ma bundle.json mail.eml', 'import --dry-run event.json --json'],
  async run(input, context): Promise<Outcome> {
    const dry = input.flag('dry-run');
    input.operand(0, 'FILE');
    const api = dry ? undefined : await apiOf(context, input, input.relation());
    const importer = new Importer();
    const made: JsonObject[] = [];
    try {
      for (const [at, path] of input.operands.entries()) {
        for (const draft of await importer.read(basename(path), await readNamed(path))) {
          const kept = api === undefined ? undefined : await keepDraft(api, input.relation(), draft, context.terminal);
          made.push({
            file: path,
            ...accountOf(draft),
            ...(kept === undefined ? {} : { draft: kept['draft'] ?? null, faults: kept['faults'] ?? [] }),
          });
        }
        context.terminal.progress('import', at + 1, input.operands.length);
      }
    } finally {
      await importer.close();
    }
    const lines = made.map(
      ({ file, type, taken, kept, draft }) =>
        `${String(file)}: ${String(type)}, ${String(taken)} properties mapped, ${String(kept)} kept as they were${draft === undefined ? '' : `, draft ${String(draft)}`}`,
    );
    return { text: lines.join('\n'), json: made };
  },
};

function accountOf({ track, type, taken, kept, proposed, attachments }: ImportedDraft): JsonObject {
  return {
    type: `${track}/${type}`,
    taken: taken.length,
    kept: kept.length,
    proposed: proposed.length,
    attachments: attachments.length,
  };
}

async function keepDraft(
  api: Api,
  relation: RelationId,
  imported: ImportedDraft,
  terminal: Terminal,
): Promise<JsonObject> {
  const { taken: _taken, proposed: _proposed, attachments, kept, ...draft } = imported;
  const sent: JsonObject[] = [];
  for (const file of attachments) sent.push(await uploadBytes(api, relation, file, terminal));
  const shown = kept.map(({ place, value }) => ({ place: spellInvisibleIn(place), value: spellInvisible(value) }));
  const content = { ...draft, attachments: sent, kept: shown };
  return api.send('POST', `/v1/relations/${relation}/drafts`, { content } as unknown as Json);
}
