import { type DossierId, type Instant, readInstant, Refusal, writeInstant } from '@entente/protocol';
import { checkDraft, type Draft, tracks } from '@entente/tracks';
import { takeDraftSubjects } from '../screening/take-subjects.ts';
import { type Transaction, transact } from '../store/database.ts';
import {
  deleteDraft,
  type DraftSummary,
  insertDraft,
  type KeptDraft,
  listDrafts,
  updateDraft,
} from '../store/drafts.ts';
import { readDraft } from '../store/read-content.ts';
import { findRelation } from '../store/relation-queries.ts';
import { type Call, type Handlers, json, nothing } from './call.ts';
import type { HttpParts } from './parts.ts';

interface DraftBody {
  readonly content: Draft;
  readonly dossier?: DossierId;
}

export function draftHandlers({ database, crypto, clock }: HttpParts): Handlers {
  const relationOf = async ({ caller, parameter }: Call): Promise<number> =>
    (await findRelation(database, parameter('relation'), caller)).relation;
  /** Writes a draft and, with it, whom and what it is about. */
  const keep = (relation: number, write: (transaction: Transaction) => Promise<KeptDraft>): Promise<KeptDraft> =>
    transact(database, async (transaction) => {
      const draft = await write(transaction);
      await takeDraftSubjects(transaction, crypto, relation, draft);
      return draft;
    });
  return {
    listDrafts: async (call) =>
      json({ drafts: (await listDrafts(database, await relationOf(call))).map(writeSummary) }),
    createDraft: async (call) => {
      const { content, dossier } = call.body<DraftBody>();
      checkTrack(content);
      const draft = { content, dossier, officer: call.caller.officer };
      const relation = await relationOf(call);
      return json(
        writeDraft(await keep(relation, (transaction) => insertDraft(transaction, relation, clock.now(), draft))),
      );
    },
    readDraft: async (call) => {
      const relation = await findRelation(database, call.parameter('relation'), call.caller);
      const reader = { caller: call.caller, time: clock.now(), purpose: call.query['purpose'] ?? '' };
      return json(writeDraft(await readDraft(database, crypto, relation, call.parameter('draft'), reader)));
    },
    updateDraft: async (call) => {
      const { content, dossier, changed } = call.body<DraftBody & { readonly changed: string }>();
      checkTrack(content);
      const draft = { content, dossier, officer: call.caller.officer };
      const since = readInstantAt(changed, '$.changed');
      const relation = await relationOf(call);
      return json(
        writeDraft(
          await keep(relation, (transaction) =>
            updateDraft(transaction, relation, call.parameter('draft'), since, clock.now(), draft),
          ),
        ),
      );
    },
    deleteDraft: async (call) => {
      await deleteDraft(database, await relationOf(call), call.parameter('draft'));
      return nothing;
    },
  };
}

/** An instant in its one spelling that also stands in a calendar. @throws Refusal `field-malformed` */
export function readInstantAt(text: string, where: string): Instant {
  const instant = readInstant(text);
  if (instant === undefined) throw new Refusal('field-malformed', { where, what: 'an instant' });
  return instant;
}

function checkTrack({ track }: Draft): void {
  if (!tracks.some(({ name }) => name === track)) throw new Refusal('track-unknown', { where: '$.content.track' });
}

function writeSummary({ dossier, officer, made, changed, ...draft }: DraftSummary): object {
  return {
    ...draft,
    dossier: dossier ?? undefined,
    officer: officer ?? undefined,
    made: writeInstant(made),
    changed: writeInstant(changed),
  };
}

function writeDraft({ draft, content, dossier, officer, made, changed }: KeptDraft): Readonly<Record<string, unknown>> {
  const track = tracks.find(({ name }) => name === content.track);
  return {
    draft,
    content,
    dossier: dossier ?? undefined,
    officer: officer ?? undefined,
    made: writeInstant(made),
    changed: writeInstant(changed),
    faults: track === undefined ? [] : checkDraft(track, content),
  };
}
