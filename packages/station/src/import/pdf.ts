import { getDocumentProxy } from 'unpdf';
import type { Json } from '@entente/protocol';
import { startFileLead, unreadableFile } from './file-lead.ts';
import type { ImportedDraft, Property } from './imported-draft.ts';
import type { ImportLimits } from './import-limits.ts';
import { step } from './json-source.ts';
import type { Source } from './lead-in-making.ts';
import { readMarks } from './markings.ts';

const mediaType = 'application/pdf';
const mostPages = 2_000;
const mostCharacters = 200_000;
/** Entries of the document's information that become lines of the facts. */
const said: ReadonlySet<string> = new Set(['Title', 'Author', 'Subject', 'Keywords', 'CreationDate', 'ModDate']);

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/** Makes a draft of a PDF: the file attached, its own description as facts, the text of its pages as statements. */
export async function readPdf(source: Source, limits: ImportLimits): Promise<ImportedDraft> {
  let properties: readonly Property[];
  try {
    // The library takes the bytes it is given for its own. Errors alone: it would speak to the console.
    const pdf = await getDocumentProxy(source.bytes.slice(), { verbosity: 0, stopAtErrors: false, enableXfa: false });
    properties = await readProperties(pdf, limits);
    await pdf.cleanup();
  } catch (cause) {
    // Whatever a hostile file makes the library throw means the same: its text cannot be read.
    return unreadableFile(source, mediaType, cause instanceof Error ? cause.message.slice(0, 200) : 'unreadable');
  }
  const lead = startFileLead(source, mediaType, properties);
  const marks = readMarks([]);
  const lines = properties
    .filter(({ place, value }) => said.has(place.replace(/^\/info\//, '')) && value !== '')
    .map(({ place, value }) => ({ place, value, label: place.slice('/info/'.length) }));
  lead.enter({ into: 'facts', saidBy: [], constants: {}, entries: [], lines }, marks);
  for (const { place, value } of properties) {
    if (!place.startsWith('/pages/') || String(value).trim() === '') continue;
    const label = `page ${place.slice('/pages/'.length)}`;
    lead.enter({ into: 'statement', saidBy: [], constants: {}, entries: [], lines: [{ place, value, label }] }, marks);
  }
  return lead.finish();
}

async function readProperties(pdf: Pdf, limits: ImportLimits): Promise<readonly Property[]> {
  const properties: Property[] = [];
  const { info, metadata } = await pdf.getMetadata();
  for (const [name, value] of Object.entries(info as Readonly<Record<string, unknown>>))
    properties.push({ place: `/info${step(name)}`, value: asJson(value) });
  const described: unknown = (metadata as { readonly getAll?: () => unknown } | null)?.getAll?.();
  for (const [name, value] of Object.entries(described ?? {}))
    properties.push({ place: `/metadata${step(name)}`, value: asJson(value) });
  for (let number = 1; number <= Math.min(pdf.numPages, mostPages, limits.properties); number += 1)
    properties.push({ place: `/pages/${number}`, value: await textOf(pdf, number) });
  return properties;
}

/** The text of one page; a page that cannot be read is empty, the others count. */
async function textOf(pdf: Pdf, number: number): Promise<string> {
  try {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const pieces = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''));
    page.cleanup();
    return pieces.join('').slice(0, mostCharacters).toWellFormed().trim();
  } catch (cause) {
    if (cause instanceof Error) return '';
    throw cause;
  }
}

function asJson(value: unknown): Json {
  const text = typeof value === 'string' ? value.toWellFormed() : (JSON.stringify(value ?? null) ?? 'null');
  return typeof value === 'number' || typeof value === 'boolean' || value === null
    ? value
    : text.slice(0, mostCharacters);
}
