import { firstInvisible } from '@entente/protocol';
import type { FieldKind, Json } from '@entente/protocol';
import type { Line } from './candidate.ts';

/** A text made of lines, the places it was made of, and the lines that did not go in. */
export interface MadeText {
  readonly text: string;
  readonly places: readonly string[];
  readonly refused: readonly { readonly place: string; readonly why: string }[];
}

/** Joins lines while they fit the field; line ends become line feeds. Values that are not text are spelled as JSON. */
export function joinLines(field: FieldKind & { kind: 'free-text' }, lines: readonly Line[], before = ''): MadeText {
  let text = before;
  const places: string[] = [];
  const refused: { place: string; why: string }[] = [];
  for (const { place, value, label } of lines) {
    const said = spelled(value);
    const line = label === undefined ? said : `${label}: ${said}`;
    const next = text === '' ? line : `${text}\n${line}`;
    const invisible = firstInvisible(line, true);
    if (said.trim() === '') refused.push({ place, why: 'empty' });
    else if (invisible !== undefined) refused.push({ place, why: `text-invisible-characters: ${invisible}` });
    else if (next.length > field.maximum)
      refused.push({ place, why: `too-large: at most ${field.maximum} characters` });
    else {
      text = next;
      places.push(place);
    }
  }
  return { text, places, refused };
}

function spelled(value: Json): string {
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').replace(/\s+$/, '') : JSON.stringify(value);
}
