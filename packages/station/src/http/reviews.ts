import { type ActId, type Instant, Refusal, writeInstant } from '@entente/protocol';
import { closeReview, type GateFinding } from '../release/close-review.ts';
import { findRelation } from '../store/relation-queries.ts';
import type { Review } from '../store/reviews.ts';
import type { Handlers } from './call.ts';
import type { HttpParts } from './parts.ts';

export function reviewHandlers(parts: HttpParts): Handlers {
  return {
    closeReview: async ({ caller, parameter, body }) => {
      const relation = await findRelation(parts.database, parameter('relation'), caller);
      if (caller.officer === undefined) throw new Refusal('officer-unknown', { where: 'authorization' });
      const { gates } = body<{ readonly gates: readonly GateFinding[] }>();
      await closeReview(parts, relation, caller.officer, parameter('act') as ActId, gates);
      return { kind: 'nothing' };
    },
  };
}

export function writeReview({ released, due, ...review }: Review, now: Instant): object {
  return { ...review, released: writeInstant(released), due: writeInstant(due), late: due <= now };
}
