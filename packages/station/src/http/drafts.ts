import { type DossierId, type Instant, readInstant, Refusal, writeInstant } from '@entente/protocol';
import { checkDraft, type Draft, tracks } from '@entente/tracks';
import { deleteDraft, insertDraft, type KeptDraft, listDrafts, readDraft, updateDraft } from '../store/drafts.ts';
import { findRelation } from '../store/relation-queries.ts';
import { type Call, type Handlers, json, nothing } from './call.ts';
import type { HttpParts } from './parts.ts';

interface DraftBody {
  readonly content: Draft;
  readonly dossier?: DossierId;
}

export function draftHandlers({ database, clock }: HttpParts): Handlers {
  const relationOf = async ({ caller, parameter }: Call): Promise<number> =>
    (await findRelation(database, parameter('relation'), caller)).relation;
  return {
    listDrafts: async (call) => json({ drafts: (await listDrafts(database, await relationOf(call))).map(writeDraft) }),
    createDraft: async (call) => {
      const { content, dossier } = call.body<DraftBody>();
      checkTrack(content);
      const draft = { content, dossier, officer: call.caller.officer };
      return json(writeDraft(await insertDraft(database, await relationOf(call), clock.now(), draft)));
    },
    readDraft: async (call) =>
      json(writeDraft(await readDraft(database, await relationOf(call), call.parameter('draft')))),
    updateDraft: async (call) => {
      const { content, dossier, changed } = call.body<DraftBody & { readonly changed: string }>();
      checkTrack(content);
      const draft = { content, dossier, officer: call.caller.officer };
      const since = readInstantAt(changed, '$.changed');
      const relation = await relationOf(call);
      return json(
        writeDraft(await updateDraft(database, relation, call.parameter('draft'), since, clock.now(), draft)),
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
