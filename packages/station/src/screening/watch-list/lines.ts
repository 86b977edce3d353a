import { Refusal } from '@entente/protocol';
import { rowLimits } from './row-read.ts';

/** A line of a text file, from 1; `text` undefined where it is longer than a row may be. */
export interface Line {
  readonly line: number;
  readonly text: string | undefined;
}

/** Splits a stream of UTF-8 into lines in bounded memory. @throws Refusal `list-malformed` for what is no UTF-8 */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let line = 1;
  let rest = '';
  let tooLong = false;
  for await (const text of textOf(bytes)) {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      yield { line, text: tooLong || part.length > rowLimits.bytes ? undefined : part.replace(/\r$/, '') };
      tooLong = false;
      line += 1;
    }
    if (rest.length > rowLimits.bytes) {
      tooLong = true;
      rest = '';
    }
  }
  if (rest !== '' || tooLong) yield { line, text: tooLong ? undefined : rest };
}

/** Decodes UTF-8 piece by piece, without its byte order mark. @throws Refusal `list-malformed` */
export async function* textOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
    yield decoder.decode();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new Refusal('list-malformed', { what: 'not UTF-8: save the file as UTF-8' }, { cause });
  }
}
