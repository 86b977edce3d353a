import ExifReader from 'exifreader';
import { Refusal } from '@entente/protocol';
import type { Json } from '@entente/protocol';
import { startFileLead, unreadableFile } from './file-lead.ts';
import { imageLines, positionTags } from './image-table.ts';
import type { ImportedDraft, Property } from './imported-draft.ts';
import type { ImportLimits } from './import-limits.ts';
import { step } from './json-source.ts';
import type { Source } from './lead-in-making.ts';
import { readMarks } from './markings.ts';

/** A tag as the library gives it. */
interface Tag {
  readonly value?: unknown;
  readonly description?: unknown;
}

// A thumbnail or a colour profile is in the attached file; its thousands of numbers tell an officer nothing.
const mostNumbers = 64;
const mostCharacters = 20_000;

/** Makes a draft of an image: the file attached, where and when it was taken as a place, every other tag kept. */
export function readImage(source: Source, mediaType: string, limits: ImportLimits): ImportedDraft {
  let groups: Readonly<Record<string, unknown>>;
  try {
    groups = ExifReader.load(Buffer.from(source.bytes), { expanded: true }) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    // Whatever a hostile file makes the library throw means the same: its tags cannot be read.
    return unreadableFile(source, mediaType, cause instanceof Error ? cause.message.slice(0, 200) : 'unreadable');
  }
  const tags = Object.entries(groups).flatMap(([group, tags]) => tagsOf(group, tags));
  if (tags.length > limits.properties) throw new Refusal('too-large', { what: `more than ${limits.properties} tags` });
  const lead = startFileLead(source, mediaType, tags);
  const position = positionOf(groups['gps']);
  const known = new Set(tags.map(({ place }) => place));
  const entries = Object.entries(position).flatMap(([path, value]) =>
    (positionTags[path] ?? []).filter((place) => known.has(place)).map((place) => ({ place, value, path })),
  );
  const lines = imageLines.flatMap(({ place, label }) => {
    const value = tags.find((tag) => tag.place === place)?.value;
    return value === undefined ? [] : [{ place, value, label }];
  });
  const into = entries.length > 0 ? 'place' : 'statement';
  if (entries.length + lines.length > 0) lead.enter({ into, saidBy: [], constants: {}, entries, lines }, readMarks([]));
  return lead.finish();
}

function tagsOf(group: string, tags: unknown): readonly Property[] {
  if (typeof tags !== 'object' || tags === null || ['gps', 'composite', 'metadataRange'].includes(group)) return [];
  return Object.entries(tags as Readonly<Record<string, Tag>>).flatMap(([name, tag]) =>
    name === '_raw' || typeof tag !== 'object' || tag === null
      ? []
      : [{ place: `/${group}${step(name)}`, value: valueOf(tag) }],
  );
}

function valueOf({ value, description }: Tag): Json {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'string') return value.slice(0, mostCharacters).toWellFormed();
  if (Array.isArray(value) && value.length === 1 && typeof value[0] === 'string')
    return value[0].slice(0, mostCharacters).toWellFormed();
  if (Array.isArray(value) && value.length <= mostNumbers && value.every(isNumbers)) return value as Json;
  if (typeof description === 'string' && description !== '') return description.slice(0, mostCharacters).toWellFormed();
  return Array.isArray(value) ? `${value.length} values, in the attached file` : 'in the attached file';
}

function isNumbers(value: unknown): boolean {
  return (
    Number.isFinite(value) || (Array.isArray(value) && value.length <= mostNumbers && value.every(Number.isFinite))
  );
}

function positionOf(gps: unknown): Readonly<Record<string, number>> {
  if (typeof gps !== 'object' || gps === null) return {};
  const { Latitude: latitude, Longitude: longitude } = gps as {
    readonly Latitude?: unknown;
    readonly Longitude?: unknown;
  };
  if (!isWithin(latitude, 90) || !isWithin(longitude, 180)) return {};
  // Degrees, minutes and seconds in thirds of a thirtieth make long fractions: a tenth of a millimetre is enough.
  return { latitude: Number(latitude.toFixed(9)), longitude: Number(longitude.toFixed(9)) };
}

function isWithin(value: unknown, bound: number): value is number {
  return typeof value === 'number' && Math.abs(value) <= bound;
}
