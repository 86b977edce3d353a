import type { EvidenceTerm } from '@entente/matching';
import { type Language, Refusal, writeInstant } from '@entente/protocol';
import { sayTerm } from '../screening/finding-words.ts';
import { remarkWords } from '../screening/watch-list/remark-words.ts';
import { remarkReasons, watchListFormats } from '../screening/watch-list/row-read.ts';
import type { SearchHit, SearchWanted } from '../screening/search-subjects.ts';
import { transact } from '../store/database.ts';
import { decideMatch, findMatch, type MatchSide, type MatchSummary, pageMatches } from '../store/matches.ts';
import { readNumberCursor } from '../store/page.ts';
import type { Reader } from '../store/read-content.ts';
import { readMatch, type SubjectContent } from '../store/read-subjects.ts';
import { findRelation } from '../store/relation-queries.ts';
import type { RelationRecord } from '../store/relations.ts';
import { findWatchList, listWatchLists, pageRemarks, removeWatchList } from '../store/watch-lists.ts';
import { languageOf } from './accept-language.ts';
import { type Call, type Handlers, json, limitOf, nothing } from './call.ts';
import type { HttpParts } from './parts.ts';

/** Matches, search and watch lists. */
export function screeningHandlers(parts: HttpParts): Handlers {
  return { ...matchHandlers(parts), ...listHandlers(parts) };
}

function matchHandlers({ database, crypto, clock, verbs }: HttpParts): Handlers {
  const relationOf = ({ caller, parameter }: Call): Promise<RelationRecord> =>
    findRelation(database, parameter('relation'), caller);
  const readerOf = (relation: RelationRecord, { caller, query }: Call): Reader => {
    const time = clock.now();
    const day = verbs.relations.today(relation, time);
    return { caller, time, day, purpose: query['purpose'] ?? '', acknowledged: query['acknowledge'] === 'H3' };
  };
  const knownTo = ({ relation }: RelationRecord, { caller }: Call): { relation: number; all: boolean } => ({
    relation,
    all: caller.relation === undefined,
  });
  return {
    listMatches: async (call) => {
      const { state, dossier, draft, cursor } = call.query;
      const before = readNumberCursor(cursor);
      const wanted = { ...knownTo(await relationOf(call), call), state, dossier, draft, before, limit: limitOf(call) };
      const { items, next } = await pageMatches(database, wanted);
      return json({ matches: items.map(writeMatch), next });
    },
    readMatch: async (call) => {
      const relation = await relationOf(call);
      const match = Number(call.parameter('match'));
      const { terms, leftContent, rightContent, ...summary } = await readMatch(
        database,
        crypto,
        relation,
        match,
        readerOf(relation, call),
      );
      return json({
        ...writeMatch(summary),
        terms: terms.map((term) => writeTerm(term, languageIn(call))),
        leftSubject: writeSubject(leftContent),
        rightSubject: writeSubject(rightContent),
      });
    },
    decideMatch: async (call) => {
      const record = await relationOf(call);
      const decision = call.body<{ readonly state: 'confirmed' | 'rejected'; readonly reason: string }>();
      const { officer } = call.caller;
      if (officer === undefined) throw new Refusal('not-authorised', { what: 'an officer decides' });
      await transact(database, async (transaction) => {
        const found = await findMatch(transaction, knownTo(record, call), Number(call.parameter('match')));
        const by = { ...call.caller, officer };
        await decideMatch(transaction, crypto, clock.now(), found, decision, by);
      });
      return nothing;
    },
    searchSubjects: async (call) => {
      const relation = await relationOf(call);
      const hits = await verbs.screening.search(relation, call.body<SearchWanted>(), readerOf(relation, call));
      return json({ found: hits.map((hit) => writeHit(hit, languageIn(call))) });
    },
  };
}

function listHandlers({ database, crypto, clock, verbs }: HttpParts): Handlers {
  return {
    listWatchLists: async () => {
      const lists = await listWatchLists(database);
      return json({
        lists: lists.map(({ list: _list, imported, ...rest }) => ({ ...rest, imported: writeInstant(imported) })),
      });
    },
    importWatchList: async (call) => {
      const { format, purposes = '', map } = call.query;
      const known = watchListFormats.find((one) => one === format);
      if (known === undefined) throw new Refusal('field-malformed', { where: 'query.format' });
      const mapping = map === undefined ? {} : { mapping: readMapping(map) };
      const { list: _list, ...imported } = await verbs.screening.importList(
        {
          name: call.parameter('list'),
          purposes: purposes.split(','),
          format: known,
          ...mapping,
          bytes: call.stream(),
        },
        call.caller,
      );
      return json({ ...imported });
    },
    removeWatchList: async (call) => {
      await transact(database, (transaction) =>
        removeWatchList(transaction, crypto, clock.now(), call.parameter('list'), call.caller),
      );
      return nothing;
    },
    listRemarks: async (call) => {
      const { list } = await findWatchList(database, call.parameter('list'));
      const { items, next } = await pageRemarks(database, list, readNumberCursor(call.query['cursor']), limitOf(call));
      const language = languageIn(call);
      return json({ remarks: items.map((remark) => ({ ...remark, says: sayReason(remark.reason, language) })), next });
    },
  };
}

function sayReason(reason: string, language: Language): string {
  const known = remarkReasons.find((one) => one === reason);
  return known === undefined ? reason : remarkWords[known][language];
}

/** `Nom=family,Né le=birth`: what headings stand for. @throws Refusal `field-malformed` */
function readMapping(map: string): Readonly<Record<string, string>> {
  const pairs = map.split(',').map((pair) => pair.split('='));
  return Object.fromEntries(
    pairs.map(([heading = '', column = '', more]) => {
      if (heading === '' || column === '' || more !== undefined)
        throw new Refusal('field-malformed', { where: 'query.map', what: 'HEADING=COLUMN,…' });
      return [heading, column];
    }),
  );
}

function languageIn(call: Call): Language {
  return languageOf(call.header('accept-language'));
}

function writeMatch({ proposed, decided, officer, left, right, ...match }: MatchSummary): object {
  return {
    ...match,
    proposed: writeInstant(proposed),
    decided: decided === null ? undefined : writeInstant(decided),
    officer: officer ?? undefined,
    left: writeSide(left),
    right: writeSide(right),
  };
}

function writeSide(side: MatchSide): object {
  return Object.fromEntries(Object.entries(side).filter(([, value]) => value !== null));
}

function writeTerm({ about, finding, left, right, evidence }: EvidenceTerm, language: Language): object {
  return { about, finding, left, right, evidence, says: sayTerm({ about, finding }, language) };
}

function writeSubject({ kind, label, keys, identity, details }: SubjectContent): object {
  return { kind, label, keys, identity: identity ?? undefined, details: details ?? undefined };
}

function writeHit({ probability, terms, where, content }: SearchHit, language: Language): object {
  const place = { probability, where: writeSide(where) };
  if (content.kind === 'withheld') return { ...place, withheld: { why: content.why, whatToDo: content.whatToDo } };
  return { ...place, subject: writeSubject(content.content), terms: terms.map((term) => writeTerm(term, language)) };
}
