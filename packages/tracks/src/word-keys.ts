import { commonActs } from '@entente/protocol';
import type { Field, FieldKind } from '@entente/protocol';
import type { DeclaredTrack } from './declared-track.ts';

/**
 * Every key for which a track owes words, each once, sorted:
 *
 *     track                      its name                     gate.<gate>          clock.<clock>
 *     state.<state>                                           counter.<counter>    figure.<figure>
 *     act.<type>                                              escalation.<name>    rung.<who is rung>
 *     field.<field>              one meaning wherever it stands
 *     choice.<field>.<value>     a value of a choice
 *     kind.<field>.<variant>     a shape of a variant, by the list or field that holds it
 *
 * A track's own decisions add keys of their own (leads: `why.…`, `to-do.…`).
 */
export function wordKeys(track: DeclaredTrack): readonly string[] {
  const acts = [...track.acts, ...commonActs];
  const keys = [
    'track',
    ...track.states.map((state) => `state.${state}`),
    ...acts.map((type) => `act.${type.name}`),
    ...acts.flatMap((type) => [...type.inputs, ...type.fields]).flatMap(keysOfField),
    ...track.gates.map((gate) => `gate.${gate.name}`),
    ...track.clocks.map((clock) => `clock.${clock}`),
    ...track.counters.map((counter) => `counter.${counter.name}`),
    ...track.figures.map((figure) => `figure.${figure.name}`),
    ...track.escalations.flatMap(({ name, to }) => [`escalation.${name}`, `rung.${to}`]),
  ];
  return [...new Set(keys)].sort();
}

function keysOfField(field: Field): readonly string[] {
  return [`field.${field.name}`, ...keysOfKind(field.name, field)];
}

function keysOfKind(name: string, kind: FieldKind): readonly string[] {
  switch (kind.kind) {
    case 'choice':
    case 'choices':
      return kind.of.map((value) => `choice.${name}.${value}`);
    case 'group':
      return kind.fields.flatMap(keysOfField);
    case 'list':
      return keysOfKind(name, kind.of);
    case 'variant':
      return Object.entries(kind.of).flatMap(([shape, fields]) => [
        `kind.${name}.${shape}`,
        ...fields.flatMap(keysOfField),
      ]);
    default:
      return [];
  }
}
