import { createReadStream } from 'node:fs';
import { Refusal } from '@entente/protocol';

// An act's body may have 1 MiB, twice that once quoted.
const longest = 4 * 1024 * 1024;

/** The lines of a file in batches, without their newlines, in constant memory. @throws Refusal `too-large` */
export async function* linesOf(
  path: string,
  onRead: (bytes: number) => void,
): AsyncGenerator<readonly Buffer[], void, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    onRead(chunk.length);
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const lines: Buffer[] = [];
    let from = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
      lines.push(bytes.subarray(from, end));
      from = end + 1;
    }
    rest = bytes.subarray(from);
    if (rest.length > longest) throw new Refusal('too-large', { where: path, what: 'a line' });
    yield lines;
  }
  if (rest.length > 0) throw new Refusal('json-malformed', { where: path, what: 'the last line is cut' });
}
