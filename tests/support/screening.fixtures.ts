import type { JsonObject } from '@entente/protocol';
import { LikenessSearch } from '../../packages/station/src/screening/likeness-search.ts';
import { screenDue, type ScreeningParts } from '../../packages/station/src/screening/screen-due.ts';
import {
  importWatchList,
  type ListImported,
  type WatchListFile,
} from '../../packages/station/src/screening/watch-list/import-watch-list.ts';
import { type MatchFilter, type MatchSummary, pageMatches } from '../../packages/station/src/store/matches.ts';
import type { Reader } from '../../packages/station/src/store/read-content.ts';
import type { Wanted } from './officers.fixtures.ts';
import { request } from './officers.fixtures.ts';
import type { TestStation } from './two-parties.fixtures.ts';

/** Screening at one station, done when a test says so. */
export interface TestScreening extends ScreeningParts {
  readonly station: TestStation;
  /** Compares all that is due. @returns how many subjects */
  screen(): Promise<number>;
  matches(filter?: Partial<MatchFilter>): Promise<readonly MatchSummary[]>;
  take(file: Partial<WatchListFile> & { readonly text: string }): Promise<ListImported>;
  stop(): Promise<void>;
}

export function screeningAt(station: TestStation): TestScreening {
  const { parts, relation } = station;
  const { connectionString } = parts.database.options as { readonly connectionString: string };
  const likeness = new LikenessSearch(connectionString);
  const screening: ScreeningParts = { parts, relations: [relation], likeness };
  return {
    ...screening,
    station,
    screen: async () => {
      let compared = 0;
      for (let some = await screenDue(screening); some > 0; some = await screenDue(screening)) compared += some;
      return compared;
    },
    matches: async (filter = {}) => {
      const all = { state: undefined, dossier: undefined, draft: undefined, before: undefined };
      const wanted = { relation: relation.number, all: true, ...all, limit: 100, ...filter };
      return (await pageMatches(parts.database, wanted)).items;
    },
    take: async ({ text, ...file }) => {
      const bytes = (async function* () {
        yield Buffer.from(text);
      })();
      const usual = { name: 'wanted', purposes: ['leads/investigation'], format: 'csv' } as const;
      return importWatchList(parts, { ...usual, bytes, ...file }, undefined);
    },
    stop: () => likeness.stop(),
  };
}

/** A person as an act says it. */
export function person(
  given: string,
  family: string,
  births: readonly string[] = [],
  more: JsonObject = {},
): JsonObject {
  const script = /\p{Script=Arabic}/u.test(given) ? 'Arab' : 'Latn';
  return {
    kind: 'person',
    category: 'suspect',
    names: [{ given, family, script, nameKind: 'civil' }],
    births,
    ...qualified,
    ...more,
  };
}

export function telephone(number: string): JsonObject {
  return { kind: 'telephone', number, ...qualified };
}

const qualified = { standing: 'fact', source: 'B', information: '2', codes: ['H0'] } as const;

/** A request about these subjects. */
export function requestAbout(subjects: readonly JsonObject[], inputs: JsonObject = {}): Wanted {
  return { ...request, inputs: { ...request.inputs, ...inputs }, fields: { ...request.fields, subjects } };
}

export function readerOf({ parts }: TestStation, purpose = 'inquiry 12/2026', acknowledged = false): Reader {
  return { caller: undefined, time: parts.clock.now(), day: '2026-11-23', purpose, acknowledged };
}
