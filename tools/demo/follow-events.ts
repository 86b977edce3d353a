import type { Json, JsonObject } from '@entente/protocol';
import type { Api } from './api.ts';
import { objectIn, textIn } from './read-json.ts';

/** One thing that happened at a station, as `GET /v1/events` tells it: where, never what it says. */
export interface StationEvent {
  readonly kind: string;
  readonly time: Date;
  readonly what: JsonObject;
}

const pauseBetween = 300;

/** Every event from now on, until `gone`. A stream that ends is taken up again behind the last event that came. */
export async function* followEvents(api: Api, gone: AbortSignal): AsyncGenerator<StationEvent> {
  let after: string | undefined;
  while (!gone.aborted) {
    try {
      for await (const { id, kind, data } of readStream(await api.events(after, gone))) {
        after = id;
        const what = objectIn(JSON.parse(data) as Json);
        if (kind !== 'events-lost') yield { kind, time: new Date(textIn(what, 'time')), what };
      }
    } catch {
      // The station is starting again, or we were told to stop.
    }
    if (!gone.aborted) await new Promise((resolve) => setTimeout(resolve, pauseBetween));
  }
}

interface Message {
  readonly id: string;
  readonly kind: string;
  readonly data: string;
}

/** Messages end with an empty line; a line is `field: value`, or a comment after a colon. */
async function* readStream(bytes: ReadableStream<Uint8Array>): AsyncGenerator<Message> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    const pieces = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = pieces.pop() ?? '';
    for (const piece of pieces) {
      const fields = new Map(piece.split('\n').map((line) => fieldOf(line)));
      const [id, kind, data] = [fields.get('id'), fields.get('event'), fields.get('data')];
      if (id !== undefined && kind !== undefined && data !== undefined) yield { id, kind, data };
    }
  }
}

function fieldOf(line: string): readonly [string, string] {
  const at = line.indexOf(': ');
  return [line.slice(0, at), line.slice(at + 2)];
}
