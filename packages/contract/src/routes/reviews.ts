import type { Route } from '../route.ts';
import { dossierId, flag, hex64, instant, listOf, objectOf, oneOf, type Schema, textOf, word } from '../schema.ts';

/** Gates of a floor act that were waived at its release, to be looked at within a day. */
export const review: Schema = objectOf({
  act: hex64,
  dossier: dossierId,
  type: textOf(130),
  gates: listOf(word, 32),
  released: instant,
  due: instant,
  late: flag,
});

const finding = objectOf({ gate: word, result: oneOf(['passed', 'failed']), reasoning: textOf(4000) });

export const reviewRoutes: readonly Route[] = [
  {
    name: 'closeReview',
    method: 'POST',
    path: '/v1/relations/{relation}/reviews/{act}',
    summary: 'Closes the review of an act that passed by the floor, with a finding on each gate it had waived',
    access: 'acts.write',
    body: { kind: 'json', maximum: 262_144, schema: objectOf({ gates: listOf(finding, 32) }) },
    answer: { kind: 'nothing', status: 204 },
    refusals: ['relation-unknown', 'officer-unknown', 'act-unknown', 'already-exists', 'gate-open'],
  },
];
