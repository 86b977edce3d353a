import { join } from 'node:path';
import { Refusal } from '@entente/protocol';
import type { Command, Outcome } from './command.ts';
import { readIfThere } from './home.ts';
import { openStation, relationNamed } from './open-station.ts';
import { writeExport } from './write-export.ts';

/** Writes both channels of a relation as text, with everything that verifies them. */
export const exportChannel: Command = {
  name: 'export channel',
  summary: 'Write both channels of a relation to a folder that entente verify checks without a database',
  operands: 'DIR',
  options: {
    relation: { value: 'NAME', describe: 'the relation; else the station’s only one' },
    bodies: { describe: 'with content; the house log says so' },
    purpose: { value: 'TEXT', describe: 'with --bodies: what the content is for' },
    to: { value: 'TEXT', describe: 'with --bodies: who receives it' },
  },
  examples: [
    'export channel --relation fr-ma /srv/audit/fr-ma',
    'export channel --relation fr-ma --bodies --purpose "migration 2027" --to "own archive" /srv/archive/fr-ma',
  ],
  async run(input, { home, databaseUrl, terminal }): Promise<Outcome> {
    const name = input.relation();
    const folder = input.operand(0, 'DIR');
    if ((await readIfThere(join(folder, 'accords/1.json'))) !== undefined)
      throw new Refusal('already-exists', { what: folder });
    const { parts, relations, close } = await openStation(home, databaseUrl);
    try {
      const relation = relationNamed(relations, name);
      const disclosure = input.flag('bodies')
        ? { purpose: input.required('purpose'), to: input.required('to') }
        : undefined;
      const sizes = await writeExport(folder, parts, relation, disclosure, (owner, done, whole) =>
        terminal.progress(owner, done, whole),
      );
      const counted = Object.entries(sizes)
        .map(([owner, size]) => `${owner} ${size} entries`)
        .join(', ');
      return { text: `${folder}: ${counted}. Check it with entente verify ${folder}`, json: { folder, sizes } };
    } finally {
      await close();
    }
  },
};
