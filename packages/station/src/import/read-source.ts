import { Refusal } from '@entente/protocol';
import type { Json } from '@entente/protocol';
import { readCsvLeads } from './csv.ts';
import { isCsv } from './csv-source.ts';
import { decodeText } from './decode-text.ts';
import { readImage } from './image.ts';
import type { ImportedDraft } from './imported-draft.ts';
import type { ImportLimits } from './import-limits.ts';
import { isObject, readJsonSource } from './json-source.ts';
import type { Source } from './lead-in-making.ts';
import { readMail } from './mail.ts';
import { mediaTypeOf } from './media-type.ts';
import { findMisp, readMisp } from './misp.ts';
import { readPdf } from './pdf.ts';
import { findStix, readStix } from './stix.ts';

/** What must be opened by hand first: what it hides would be bounded by nothing. */
const containers: Readonly<Record<string, string>> = {
  'application/zip': 'an archive: take out what is inside and import that',
  'application/x-cfb': 'a file of an office program: save a mail as .eml, a text as PDF, and import that',
};

/**
 * Reads one file into drafts, by what it contains and not by what its name says. Runs where it stands, without bounds
 * of time and memory: `readImport` calls it in a thread of its own.
 * @throws Refusal where nothing of it can be a lead
 */
export async function readSource(
  name: string,
  bytes: Uint8Array,
  limits: ImportLimits,
): Promise<readonly ImportedDraft[]> {
  const source: Source = { format: 'image', name: plainName(name), bytes };
  const mediaType = mediaTypeOf(bytes);
  checkSize(bytes, mediaType === undefined ? limits.textBytes : limits.fileBytes);
  if (mediaType === 'application/pdf') return [await readPdf({ ...source, format: 'pdf' }, limits)];
  if (mediaType?.startsWith('image/')) return [readImage(source, mediaType, limits)];
  if (mediaType !== undefined) throw unreadable(containers[mediaType] ?? mediaType);
  const text = isMail(bytes) ? undefined : decodeText(bytes).text;
  if (text === undefined) return readMail(source, limits);
  if (/^\s*[[{]/.test(text)) return readJson(text, source, limits);
  if (/\.[ct]sv$/i.test(name) || isCsv(text, limits)) return readCsvLeads(text, source, limits);
  throw unreadable('neither JSON, nor a mail, nor a table');
}

function readJson(text: string, source: Source, limits: ImportLimits): readonly ImportedDraft[] {
  const json = readJsonSource(text, limits);
  if (isSchema(json.value)) throw unreadable('a JSON schema, not data');
  const stix = findStix(json.value);
  if (stix.length > 0) return readStix(json, stix, source);
  const misp = findMisp(json.value);
  if (misp.length > 0) return readMisp(json, misp, source);
  throw unreadable('JSON that is neither a STIX object nor a MISP event');
}

function isSchema(value: Json): boolean {
  return isObject(value) && typeof value['$schema'] === 'string' && value['$schema'].includes('json-schema.org');
}

/** The headers that nearly every mail has one of; a table's first line has none. */
function isMail(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 65_536))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '');
  const block = head.split(/\r?\n\r?\n/, 1)[0] ?? '';
  const lines = block.split(/\r?\n(?![ \t])/).filter((line) => line !== '');
  return (
    lines.length > 1 &&
    lines.every((line) => /^[!-9;-~]+[ \t]*:/.test(line)) &&
    /^(?:from|to|subject|date|received|return-path|delivered-to|mime-version|message-id)[ \t]*:/im.test(block)
  );
}

export function checkSize(bytes: Uint8Array, maximum: number): void {
  if (bytes.length > maximum)
    throw new Refusal('too-large', { where: '$', what: `${bytes.length} bytes, at most ${maximum}` });
}

/** A file name that a path cannot hide in, and whose reading order is its order. */
export function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return last.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '_').slice(0, 200) || 'unnamed';
}

function unreadable(what: string): Refusal {
  return new Refusal('attachment-malformed', { where: '$', what });
}
