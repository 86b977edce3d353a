import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Refusal } from '@entente/protocol';
import type { Json } from '@entente/protocol';
import type { ImportedDraft } from '../../packages/station/src/import/imported-draft.ts';
import { Importer } from '../../packages/station/src/import/read-import.ts';
import type { Family } from './family.ts';
import { Tally } from './tally.ts';

/** Real threat reports, police-like records and mails: each becomes drafts that account for every property, or is refused. */
export const ctiFamilies: readonly Family[] = [
  importFamily('STIX, MISP and mail imports', 'cti', {
    // The readers must not become so strict that everything is refused.
    'oasis-json-schemas/examples': 8,
    'stix-validator-examples': 7,
    'misp-stix/tests': 16,
    'misp-events/tests/mispevent_testfiles': 14,
    'misp-events/tests/reportlab_testfiles': 14,
    'misp-events/tests/email_testfiles': 4,
    medallion: 1,
  }),
  importFamily('malformed PDFs', 'attachments/pdf-malformed', { qpdf: 100 }),
  importFamily('hostile images', 'attachments/img-hostile', { pillow: 30 }),
];

function importFamily(name: string, folder: string, atLeast: Readonly<Record<string, number>>): Family {
  return {
    name,
    folder,
    async run(dir) {
      const tally = new Tally();
      const imported: string[] = [];
      const importer = new Importer();
      for (const path of filesIn(dir)) {
        const file = relative(dir, path);
        const bytes = new Uint8Array(readFileSync(path));
        const outcome = await importer.read(path, bytes).catch((cause: unknown) => cause);
        tally.check(
          file,
          () => isNamedRefusal(outcome) || isAccounted(file, bytes, outcome as readonly ImportedDraft[]),
        );
        if (Array.isArray(outcome)) imported.push(file);
      }
      await importer.close();
      for (const [below, least] of Object.entries(atLeast))
        tally.check(
          `${least} files of ${below} are imported`,
          () => imported.filter((file) => file.startsWith(below)).length >= least,
        );
      return tally;
    },
  };
}

function filesIn(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** A refusal says what was wrong and where; anything else thrown is a defect. */
function isNamedRefusal(outcome: unknown): boolean {
  if (outcome instanceof Refusal) return outcome.detail.what !== undefined && outcome.detail.where !== undefined;
  if (outcome instanceof Error) throw outcome;
  return false;
}

/** Every property of the source once, counted by another parser where there is one. */
function isAccounted(file: string, bytes: Uint8Array, drafts: readonly ImportedDraft[]): boolean {
  const places = drafts.flatMap(({ taken, kept }) => [...taken, ...kept].map(({ place }) => place));
  if (new Set(places).size !== places.length) throw new Error('a property stands twice');
  const counted = file.endsWith('.json') ? countLeaves(JSON.parse(Buffer.from(bytes).toString()) as Json) : undefined;
  if (counted !== undefined && counted !== places.length)
    throw new Error(`${counted} properties in the source, ${places.length} accounted for`);
  return places.length > 0;
}

function countLeaves(value: Json): number {
  if (typeof value !== 'object' || value === null) return 1;
  const members = Object.values(value) as readonly Json[];
  return members.length === 0 ? 1 : members.reduce<number>((sum, member) => sum + countLeaves(member), 0);
}
