import type { Field } from '@entente/protocol';

/** The act that is spoken of. */
export const of: Field = { name: 'of', kind: 'act', required: true };

/** Earlier acts whose items this one takes up: computed gates read their codes and permissions. */
export const reuses: Field = { name: 'reuses', kind: 'list', maximum: 100, of: { kind: 'act' } };
