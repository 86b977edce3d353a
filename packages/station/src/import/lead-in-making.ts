import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { handlingCodes } from '@entente/protocol';
import type { HandlingCode, Json, JsonObject } from '@entente/protocol';
import { buildItem } from './build-item.ts';
import type { Refused } from './build-item.ts';
import type { Candidate, Marks } from './candidate.ts';
import { proposeCrimeArea } from './crime-area.ts';
import { joinLines } from './free-text.ts';
import type { ImportedDraft, ImportedFile, ImportFormat, Property, Proposal } from './imported-draft.ts';
import { factsField, importedType, maximumStatements, maximumSubjects } from './lead-fields.ts';
import { Ledger } from './ledger.ts';
import { unmarked } from './marking-table.ts';

/** What is being imported. */
export interface Source {
  readonly format: ImportFormat;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly place?: string;
}

// A body may have 1 MiB; what the officer adds must still fit.
const budget = 900_000;

/** A draft lead while a source is read: rules hand in candidates, the ledger accounts for every property. */
export class LeadInMaking {
  readonly ledger: Ledger;
  readonly #source: Source;
  readonly #subjects: JsonObject[] = [];
  readonly #statements: JsonObject[] = [];
  readonly #files: ImportedFile[] = [];
  readonly #proposed: Proposal[] = [];
  readonly #restrictions = new Set<string>();
  readonly #codes = new Set<HandlingCode>(['H0']);
  readonly #areaWords: { place: string; text: string }[] = [];
  #marked = false;
  #facts = '';
  #factsLanguage = 'und';
  #spent = 0;

  constructor(source: Source, properties: readonly Property[]) {
    this.#source = source;
    this.ledger = new Ledger(properties);
  }

  /** Puts a candidate into the draft, or keeps its properties with the reason. */
  enter(candidate: Candidate, marks: Marks): void {
    const free = {
      ...candidate,
      saidBy: candidate.saidBy.filter((place) => this.ledger.free(place) !== undefined),
      entries: candidate.entries.filter(({ place }) => this.ledger.free(place) !== undefined),
      lines: candidate.lines.filter(({ place }) => this.ledger.free(place) !== undefined),
    };
    if (candidate.into === 'facts') return this.#say(free, marks);
    const built = buildItem(free, marks);
    if (!('item' in built)) return this.#keep(built);
    this.#keep(built.refused);
    const isStatement = candidate.into === 'statement';
    const list = isStatement ? this.#statements : this.#subjects;
    const maximum = isStatement ? maximumStatements : maximumSubjects;
    const size = Buffer.byteLength(JSON.stringify(built.item));
    if (list.length >= maximum || this.#spent + size > budget) {
      const why = list.length >= maximum ? `a lead holds at most ${maximum}` : 'the body of the lead is full';
      return this.#keep([...built.taken.keys()].map((place) => ({ place, why })));
    }
    const at = `/fields/${isStatement ? 'statements' : 'subjects'}/${list.length}`;
    list.push(built.item);
    this.#spent += size;
    for (const [place, to] of built.taken)
      this.ledger.take(
        place,
        to.map((pointer) => at + pointer),
      );
    this.#mark(`${at}/codes`, marks);
  }

  /** A file of the source that becomes an attachment. */
  attach(
    place: string,
    file: Pick<ImportedFile, 'name' | 'mediaType' | 'bytes'>,
    more: readonly Property[] = [],
  ): void {
    const at = `/attachments/${this.#files.length}`;
    const sha256 = createHash('sha256').update(file.bytes).digest('hex');
    this.#files.push({ ...file, size: file.bytes.length, sha256 });
    this.ledger.take(place, [at]);
    for (const { place } of more) this.ledger.take(place, [`${at}/name`]);
  }

  get attached(): number {
    return this.#files.length;
  }

  /** Words of the source that may tell the area of crime; they stay where they are. */
  hint(place: string, text: Json | undefined): void {
    if (typeof text === 'string') this.#areaWords.push({ place, text });
  }

  finish(): ImportedDraft {
    const area = proposeCrimeArea(this.#areaWords);
    if (area !== undefined) this.#proposed.push(area);
    const restriction = [...this.#restrictions].join('\n');
    // Where nothing was marked, nothing is known to be free.
    if (!this.#marked) for (const code of unmarked) this.#codes.add(code);
    const codes = handlingCodes.filter((code) => this.#codes.has(code));
    const { name, format, bytes, place } = this.#source;
    return {
      track: 'leads',
      type: importedType,
      inputs: area === undefined ? {} : { crimeArea: area.value },
      fields: {
        ...(this.#facts === '' ? {} : { facts: { language: this.#factsLanguage, text: this.#facts } }),
        ...(this.#subjects.length === 0 ? {} : { subjects: this.#subjects }),
        ...(this.#statements.length === 0 ? {} : { statements: this.#statements }),
        ...(restriction === '' ? {} : { restriction: { language: 'en', text: restriction } }),
      },
      handling: { codes },
      attachments: this.#files,
      ...this.ledger.close(),
      proposed: [{ to: '/handling/codes', value: codes, from: [], says: 'all items together' }, ...this.#proposed],
      source: {
        kind: 'imported',
        format,
        name,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        ...(place === undefined ? {} : { place }),
      },
    };
  }

  #say({ lines, language, saidBy }: Candidate, marks: Marks): void {
    assert.ok(factsField.kind === 'free-text');
    const made = joinLines(factsField, lines, this.#facts);
    this.#keep(made.refused);
    if (made.places.length === 0) return;
    this.#facts = made.text;
    for (const place of [...made.places, ...saidBy]) this.ledger.take(place, ['/fields/facts/text']);
    if (language !== undefined && this.#factsLanguage === 'und') {
      this.#factsLanguage = language.value;
      this.ledger.take(language.place, ['/fields/facts/language']);
    }
    for (const line of lines) this.hint(line.place, line.value);
    this.#mark('/handling/codes', marks);
  }

  #mark(to: string, { codes, restrictions, from, says }: Marks): void {
    this.#marked = true;
    for (const code of codes) this.#codes.add(code);
    for (const restriction of restrictions) this.#restrictions.add(restriction);
    this.#proposed.push({ to, value: codes, from, says: says.join(', ') || 'nothing: the most careful codes' });
  }

  #keep(refused: readonly Refused[]): void {
    for (const { place, why } of refused) this.ledger.keep(place, why);
  }
}
