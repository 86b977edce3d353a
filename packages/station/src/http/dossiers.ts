import { type DossierId, type Instant, isDossierId, writeInstant } from '@entente/protocol';
import { tracks } from '@entente/tracks';
import {
  type DossierAct,
  type DossierSummary,
  foldedStates,
  listDossierActs,
  pageInbox,
  readDossier,
} from '../store/dossier-queries.ts';
import { countProposed } from '../store/matches.ts';
import { readCursor } from '../store/page.ts';
import { findRelation, summariseChannels } from '../store/relation-queries.ts';
import { openReviews } from '../store/reviews.ts';
import { type Handlers, json, limitOf } from './call.ts';
import { countTrack } from './count-track.ts';
import { readInstantAt } from './drafts.ts';
import type { HttpParts } from './parts.ts';
import { writeMaybe } from './relations.ts';
import { writeReview } from './reviews.ts';

export function dossierHandlers({ database, clock, verbs }: HttpParts): Handlers {
  return {
    readInbox: async (call) => {
      const { relation } = await findRelation(database, call.parameter('relation'), call.caller);
      const { track, state, cursor } = call.query;
      const after = readCursor(cursor, [Number.isSafeInteger, Number.isSafeInteger, isDossierId]);
      const { items, next } = await pageInbox(database, relation, { track, state, after, limit: limitOf(call) });
      const filter = { relation, all: call.caller.relation === undefined };
      const matches = await countProposed(
        database,
        filter,
        items.map(({ dossier }) => dossier),
      );
      const now = clock.now();
      const reviews = (await openReviews(database, relation)).map((review) => writeReview(review, now));
      return json({ dossiers: items.map((item) => writeSummary(item, matches)), reviews, next });
    },
    readDossier: async ({ caller, parameter }) => {
      const relation = await findRelation(database, parameter('relation'), caller);
      const dossier = await readDossier(database, relation.relation, parameter('dossier') as DossierId);
      const filter = { relation: relation.relation, all: caller.relation === undefined };
      const matches = await countProposed(database, filter, [dossier.dossier]);
      const acts = await listDossierActs(database, relation.relation, dossier);
      const [clocks] = await verbs.relations.clocks(relation, [dossier.folded], clock.now());
      return json({
        summary: writeSummary(dossier, matches),
        cut: { own: dossier.ownSize, theirs: dossier.theirSize },
        state: dossier.folded,
        clocks: [...(clocks ?? [])].map(([name, reading]) => ({ clock: name, ...reading })),
        acts: acts.map(writeAct),
      });
    },
    readStatistics: async ({ caller, parameter, query }) => {
      const relation = await findRelation(database, parameter('relation'), caller);
      const { from: after, until: before } = query;
      const from = after === undefined ? (0 as Instant) : readInstantAt(after, 'query.from');
      const until = before === undefined ? (Number.MAX_SAFE_INTEGER as Instant) : readInstantAt(before, 'query.until');
      const now = clock.now();
      const counting = tracks.map(countTrack);
      for await (const states of foldedStates(database, relation.relation, from, until)) {
        const readings = await verbs.relations.clocks(relation, states, now);
        for (const [at, state] of states.entries())
          for (const { take } of counting) take(state, (name) => readings[at]?.get(name));
      }
      const channels = await summariseChannels(database, relation.relation);
      const sizeOf = (own: boolean): number => channels.find((channel) => channel.own === own)?.size ?? 0;
      return json({
        cut: { own: sizeOf(true), theirs: sizeOf(false) },
        tracks: counting.map(({ result }) => result()),
      });
    },
  };
}

function writeSummary(
  { dossier, track, state, opener, opened, changed, urgency, deadline }: DossierSummary,
  matches: ReadonlyMap<string, number>,
): object {
  return {
    dossier,
    track,
    state,
    opener,
    opened: writeInstant(opened),
    changed: writeInstant(changed),
    urgency,
    deadline: writeMaybe(deadline),
    matches: matches.get(dossier),
  };
}

function writeAct({ noted, receipt, time, ...act }: DossierAct): object {
  return {
    ...act,
    time: writeInstant(time),
    effect: noted === null ? 'effective' : 'noted',
    reason: noted ?? undefined,
    receipt: receipt && { index: receipt.index, time: writeInstant(receipt.time) },
  };
}
