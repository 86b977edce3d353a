import { SaxesParser } from 'saxes';
import { Refusal } from '@entente/protocol';
import { textOf } from './lines.ts';
import { rowLimits } from './row-read.ts';

/** An element with its text and the elements in it. */
export interface Element {
  readonly name: string;
  readonly text: string;
  readonly children: readonly Element[];
}

interface Found {
  readonly line: number;
  readonly element: Element;
  /** It holds more than a row may: what is beyond the bound was not kept. */
  readonly tooLong: boolean;
}

interface Growing {
  readonly name: string;
  text: string;
  readonly children: Growing[];
}

const deepest = 32;
const piece = 64 * 1024;

/**
 * The elements of these names, one by one, from a stream in bounded memory. A document type is refused before anything of
 * it is read: no entity is ever defined, so none can grow; the five that XML itself has are all there are.
 * @throws Refusal `list-malformed`
 */
export async function* elementsOf(bytes: AsyncIterable<Uint8Array>, names: readonly string[]): AsyncGenerator<Found> {
  const found: Found[] = [];
  const open: Growing[] = [];
  let depth = 0;
  let began = 0;
  let size = 0;
  let unended = 0;
  const parser = new SaxesParser();
  const refuse = (what: string): Refusal => new Refusal('list-malformed', { where: `line ${parser.line}`, what });
  const grow = (length: number): boolean => (size += length) <= rowLimits.bytes;
  parser.on('error', (error) => {
    throw refuse(error.message.slice(0, 200));
  });
  parser.on('doctype', () => {
    throw refuse('a document type: not accepted');
  });
  parser.on('opentag', ({ name }) => {
    unended = 0;
    depth += 1;
    if (depth > deepest) throw refuse(`more than ${deepest} elements within each other`);
    if (open.length === 0 && !names.includes(name)) return;
    if (open.length === 0) [began, size] = [parser.line, 0];
    const element: Growing = { name, text: '', children: [] };
    if (grow(name.length)) open.at(-1)?.children.push(element);
    open.push(element);
  });
  const onText = (text: string): void => {
    const inner = open.at(-1);
    if (inner !== undefined && grow(text.length)) inner.text += text;
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('closetag', () => {
    unended = 0;
    depth -= 1;
    const closed = open.pop();
    if (closed !== undefined && open.length === 0)
      found.push({ line: began, element: closed, tooLong: size > rowLimits.bytes });
  });
  for await (const text of textOf(bytes)) {
    for (let at = 0; at < text.length; at += piece) {
      parser.write(text.slice(at, at + piece));
      // The parser keeps what it has not seen the end of: a text, a name, a comment.
      unended += piece;
      if (unended > rowLimits.bytes + piece) throw refuse('a text that does not end');
    }
    yield* found.splice(0);
  }
  parser.close();
  yield* found.splice(0);
}

/** The text of the first element of that name in another; undefined where there is none or it is empty. */
export function textIn(element: Element, name: string): string | undefined {
  return textsIn(element, name)[0];
}

export function textsIn(element: Element, name: string): readonly string[] {
  return element.children
    .filter((child) => child.name === name)
    .map(({ text }) => text.trim().slice(0, rowLimits.details))
    .filter((text) => text !== '');
}
