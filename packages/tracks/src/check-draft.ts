import { commonActs, readFields } from '@entente/protocol';
import type { ActType, FieldFault, Handling, Json, JsonObject, LegalBasis, Track } from '@entente/protocol';
import type { DeclaredTrack, Requirement } from './declared-track.ts';
import type { Draft } from './draft.ts';
import { itemCodes } from './item-codes.ts';

export const draftFaultCodes = [
  'act-type-unknown',
  'legal-basis-missing',
  'purpose-code-missing',
  'handling-looser-than-item',
] as const;

/** One thing that keeps a draft from being an act: which rule, where, what was expected. Never the value. */
export interface DraftFault {
  readonly code: FieldFault['code'] | (typeof draftFaultCodes)[number];
  readonly where: string;
  readonly what: string;
}

/** What of a draft the check reads. */
export type Checked = Pick<Draft, 'type' | 'inputs' | 'fields' | 'handling' | 'legalBasis'>;

/**
 * Compares a draft with what its act type declares and returns every fault at once, each with its place (`$.inputs.…`,
 * `$.fields.…`, `$.handling`, `$.legalBasis`); empty where the act may be signed. Gates and states are others' to check.
 */
export function checkDraft(track: DeclaredTrack, draft: Checked): readonly DraftFault[] {
  const type = findActType(track, draft.type);
  if (type === undefined) return [fault('act-type-unknown', '$.type', `an act of ${track.name}`)];
  return [
    ...readFields(type.inputs, draft.inputs, '$.inputs'),
    ...readFields(type.fields, draft.fields, '$.fields'),
    ...requiredFaults(track.requirements, type, draft),
    ...handlingFaults(type, draft.handling, draft.fields),
    ...legalBasisFaults(type, draft.legalBasis),
  ];
}

/** The act type of a track by its name: its own, or one common to all tracks. */
export function findActType(track: Track, name: string): ActType | undefined {
  return track.acts.find((type) => type.name === name) ?? commonActs.find((type) => type.name === name);
}

function requiredFaults(requirements: readonly Requirement[], type: ActType, draft: Checked): readonly DraftFault[] {
  return requirements
    .filter((requirement) => isOf(requirement, type) && isCalledFor(requirement, draft))
    .filter(({ field }) => !Object.hasOwn(draft.fields, field))
    .map(({ field }) => fault('field-missing', `$.fields.${field}`, 'called for by what the act says elsewhere'));
}

function isOf({ types, field }: Requirement, type: ActType): boolean {
  return types === 'any' ? type.fields.some(({ name }) => name === field) : types.includes(type.name);
}

function isCalledFor({ when }: Requirement, draft: Checked): boolean {
  return 'code' in when
    ? draft.handling.codes.some((code) => code === when.code)
    : isSame(draft.inputs[when.input], when.is);
}

function isSame(one: Json | undefined, other: Json): boolean {
  return one === other;
}

/** The head carries the strictest handling of all its items: nobody who reads heads alone may take one for freer. */
function handlingFaults(type: ActType, handling: Handling, fields: JsonObject): readonly DraftFault[] {
  const looser = itemCodes(fields).filter((code) => !handling.codes.some((own) => own === code));
  return [
    ...(type.transfers && !handling.codes.includes('H0') ? [fault('purpose-code-missing', '$.handling', 'H0')] : []),
    ...looser.map((code) => fault('handling-looser-than-item', '$.handling', code)),
  ];
}

function legalBasisFaults(type: ActType, legalBasis: LegalBasis | undefined): readonly DraftFault[] {
  if (!type.transfers || legalBasis !== undefined) return [];
  return [fault('legal-basis-missing', '$.legalBasis', 'an act that carries data names its legal basis')];
}

function fault(code: DraftFault['code'], where: string, what: string): DraftFault {
  return { code, where, what };
}
