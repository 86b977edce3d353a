import assert from 'node:assert/strict';
import type { Field, FieldKind } from '@entente/protocol';
import { leads } from '@entente/tracks';

/** Imports become spontaneous information: the officer who confirms it may make a request of it. */
export const importedType = 'spontaneous';

const type = leads.acts.find(({ name }) => name === importedType);
const subjects = memberOf('subjects');
const statements = memberOf('statements');
assert.ok(subjects.kind === 'list' && subjects.of.kind === 'variant');
assert.ok(statements.kind === 'list' && statements.of.kind === 'group');
const subjectKinds = subjects.of.of;
const statementFields = statements.of.fields;

export const maximumSubjects: number = subjects.maximum;
export const maximumStatements: number = statements.maximum;
export const factsField: Field = memberOf('facts');

/** What an imported item becomes: a subject of a kind of the track, or a statement. */
export function fieldsOf(into: string): readonly Field[] {
  const fields = into === 'statement' ? statementFields : subjectKinds[into];
  assert.ok(fields !== undefined, `the leads track has no subject ${into}`);
  return fields;
}

/** The declared field at a path such as `names/civil/family`: within a list a name stands for one entry, `-` for a further one. */
export function fieldAt(fields: readonly Field[], path: string): FieldKind {
  const [name, ...rest] = path.split('/');
  let found: FieldKind | undefined = fields.find((field) => field.name === name);
  for (const part of rest) {
    if (found?.kind === 'list') found = found.of;
    else if (found?.kind === 'group') found = found.fields.find((field) => field.name === part);
    else found = undefined;
  }
  assert.ok(found !== undefined, `no field at ${path}`);
  return found;
}

function memberOf(name: string): Field {
  const field = type?.fields.find((field) => field.name === name);
  assert.ok(field !== undefined, `the leads track has no ${name}`);
  return field;
}
