import type { AuthorKind } from '../act.ts';
import type { Field } from '../field.ts';
import type { ActType } from '../track.ts';

/** One of the relation's own acts: either party may say it, at any time, through every lane; it needs no gate. */
export function relationAct(
  name: string,
  author: AuthorKind,
  inputs: readonly Field[],
  fields: readonly Field[] = [],
): ActType {
  return { name, author, by: 'either', effect: 'union', from: 'any', passesLanes: true, inputs, fields, gates: [] };
}

/** A number of entries or an index: 0 to 2^53 − 1. */
export function count(name: string): Field {
  return { name, kind: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER, required: true };
}

/** A head of a channel: its size and root. */
export function channelHead(name: string): Field {
  return {
    name,
    kind: 'group',
    required: true,
    fields: [count('size'), { name: 'root', kind: 'sha256', required: true }],
  };
}
