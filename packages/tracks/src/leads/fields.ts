import type { Field } from '@entente/protocol';
import { place, qualification, subjects } from './subjects.ts';

const longText = (name: string): Field => ({ name, kind: 'free-text', maximum: 20_000 });

/** A statement in free text: with its language, fact or assessment, evaluation and handling. */
export const statements: Field = {
  name: 'statements',
  kind: 'list',
  maximum: 200,
  of: {
    kind: 'group',
    fields: [{ ...longText('statement'), required: true }, ...qualification],
  },
};

/** Other dossiers of the same case: a wider case is several dossiers that name each other. */
const related: Field = { name: 'related', kind: 'list', maximum: 50, of: { kind: 'dossier' } };

/** What H3 says in words; shown, and acknowledged, before anything else of the item opens. */
export const restriction: Field = longText('restriction');
export const reason: Field = longText('reason');

const content: readonly Field[] = [subjects, statements, restriction, related];

/** DOMAIN §6; crime area, purpose and urgency are inputs of the head, restrictions on use its handling codes. */
export const requestFields: readonly Field[] = [
  { ...longText('question'), required: true },
  { ...longText('facts'), required: true },
  { ...longText('link'), required: true },
  { ...longText('presence'), required: true },
  longText('urgencyReason'),
  ...content,
];

export const spontaneousFields: readonly Field[] = [{ ...longText('facts'), required: true }, ...content];

export const threatFields: readonly Field[] = [
  { ...longText('threat'), required: true },
  { name: 'where', kind: 'group', required: true, fields: place.map(requiredWindow) },
  longText('question'),
  ...content,
];

export const answerFields: readonly Field[] = [longText('answer'), ...content];
export const clarificationFields: readonly Field[] = [{ ...longText('question'), required: true }, restriction];
export const outcomeFields: readonly Field[] = [longText('report'), ...content];
export const correctionFields: readonly Field[] = [{ ...reason, required: true }, ...content];
export const noteFields: readonly Field[] = [{ ...longText('message'), required: true }, restriction];
export const reopeningFields: readonly Field[] = [{ ...reason, required: true }, longText('question'), ...content];
export const permissionAskedFields: readonly Field[] = [
  { ...reason, required: true },
  { name: 'recipient', kind: 'text', maximum: 200 },
];

/** A threat without a place and a time window cannot be acted on. */
function requiredWindow(field: Field): Field {
  return ['placeName', 'windowFrom', 'windowUntil'].includes(field.name) ? { ...field, required: true } : field;
}
