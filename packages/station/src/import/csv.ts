import { Refusal } from '@entente/protocol';
import { readCsv } from './csv-source.ts';
import type { Row } from './csv-source.ts';
import { columnRules, textHeadings } from './csv-table.ts';
import type { ColumnRule } from './csv-table.ts';
import { isFormula } from './convert.ts';
import type { ImportedDraft } from './imported-draft.ts';
import type { ImportLimits } from './import-limits.ts';
import { LeadInMaking } from './lead-in-making.ts';
import type { Source } from './lead-in-making.ts';
import { maximumStatements, maximumSubjects } from './lead-fields.ts';
import { readMarks } from './markings.ts';
import { entryOf } from './rule.ts';

/** What the columns of a table speak of. */
interface Columns {
  readonly rules: readonly (ColumnRule | undefined)[];
  readonly texts: readonly boolean[];
  readonly kinds: readonly string[];
}

const constants: Readonly<Record<string, Readonly<Record<string, string>>>> = { person: { category: 'other' } };
const mostDrafts = 100;

/** Makes drafts of a table: a first line of headings, then a row a thing. A draft takes as many rows as it has room for. */
export function readCsvLeads(text: string, source: Source, limits: ImportLimits): readonly ImportedDraft[] {
  const [headings, ...rows] = readCsv(text, limits);
  if (headings === undefined) throw new Refusal('attachment-malformed', { what: 'an empty table' });
  const columns = columnsOf(headings);
  const size = Math.min(maximumStatements, Math.floor(maximumSubjects / Math.max(1, columns.kinds.length)));
  const drafts: ImportedDraft[] = [];
  for (let first = 0; first === 0 || first < rows.length; first += size) {
    if (drafts.length >= mostDrafts)
      throw new Refusal('too-large', {
        where: rows[first]?.[0]?.place ?? '',
        what: `more than ${mostDrafts} drafts of ${size} rows`,
      });
    const own = rows.slice(first, first + size);
    const place = own[0]?.[0]?.place.replace(/, column.*/, '');
    const cells = [...(first === 0 ? headings : []), ...own.flat()];
    const lead = new LeadInMaking({ ...source, format: 'csv', ...(place === undefined ? {} : { place }) }, cells);
    for (const row of own) enterRow(lead, row, columns, headings);
    drafts.push(lead.finish());
  }
  return drafts;
}

function columnsOf(headings: Row): Columns {
  const plain = headings.map(({ value }) => plainHeading(String(value)));
  const rules = plain.map((heading) =>
    columnRules.find((rule) => rule.headings.some((one) => plainHeading(one) === heading)),
  );
  const texts = plain.map((heading) => textHeadings.some((one) => plainHeading(one) === heading));
  return { rules, texts, kinds: [...new Set(rules.flatMap((rule) => rule?.into ?? []))] };
}

/** `Prénom(s)` → `prenom`, `Date_de_naissance` → `date de naissance`. */
function plainHeading(heading: string): string {
  return heading
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/\([^)]*\)/g, '')
    .toLowerCase()
    .replaceAll(/[\s_.'’:#°-]+/g, ' ')
    .trim();
}

function enterRow(lead: LeadInMaking, row: Row, { rules, texts, kinds }: Columns, headings: Row): void {
  const filled = row.map((cell, i) => ({ ...cell, i })).filter(({ value }) => String(value).trim() !== '');
  for (const into of kinds)
    lead.enter(
      {
        into,
        saidBy: [],
        constants: constants[into] ?? {},
        entries: filled.flatMap(({ place, value, i }) => {
          const rule = rules[i];
          return rule?.into === into ? [entryOf(place, value, rule.target)] : [];
        }),
        lines: [],
      },
      readMarks([]),
    );
  const lines = filled
    .filter(({ i, value }) => texts[i] === true && !isFormula(String(value)))
    .map(({ place, value, i }) => ({ place, value, label: String(headings[i]?.value ?? '') }));
  if (lines.length > 0) lead.enter({ into: 'statement', saidBy: [], constants: {}, entries: [], lines }, readMarks([]));
}
