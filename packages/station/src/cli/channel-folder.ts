// accords/1.json                       the first accord, both parties' signatures
// accords/<n>.json                     n = 2…: each one agreed on in the channels since (accord-change-file.ts), in causal order
// notices/<n>.json                     n = 1…: compromise notices, confirmations and keysets of both roots (notice-file.ts)
// keysets/<party>/<n>.json             root-signed, oldest first
// channels/<party>-<epoch>/entries.jsonl   {"approval":"<text>"} before the first entry that names it
//                                          {"body":"<text>"|null,"envelope":"<text>","seen":[7,"<root>"],"time":"…"}
// channels/<party>-<epoch>/signed.txt      the newest head its owner signed
// channels/<party>-<epoch>/cosigned.txt    the newest head the other party cosigned
import {
  isLogSize,
  isSha256Hex,
  type Leaf,
  readInstant,
  Refusal,
  type Sha256Hex,
  writeInstant,
} from '@entente/protocol';
import type { ParcelItem } from '@entente/wire';

/** A line of an exported channel. Its framing proves nothing: every byte is bound by the leaf that is computed from it. */
export type ChannelLine =
  | { readonly kind: 'approval'; readonly approval: Uint8Array }
  | {
      readonly kind: 'entry';
      readonly envelope: Uint8Array;
      readonly body: Uint8Array | undefined;
      readonly seen: Leaf['seen'];
      readonly time: Leaf['time'];
    };

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function writeChannelLine(item: ParcelItem): string {
  if (item.kind === 'approval') return `{"approval":${JSON.stringify(decoder.decode(item.approval))}}\n`;
  const body = item.body === null ? null : decoder.decode(item.body);
  const { seen, time } = item;
  return `{"body":${JSON.stringify(body)},"envelope":${JSON.stringify(decoder.decode(item.envelope))},"seen":[${seen.size},"${seen.root}"],"time":"${writeInstant(time)}"}\n`;
}

/** @param where the line's place @throws Refusal `json-malformed` */
export function readChannelLine(line: Buffer, where: string): ChannelLine {
  const { approval, body, envelope, seen, time: timeText } = parse(line.toString('utf8'), where);
  if (typeof approval === 'string') return { kind: 'approval', approval: Buffer.from(approval) };
  const [size, root] = Array.isArray(seen) ? (seen as readonly unknown[]) : [];
  const time = readInstant(timeText);
  if (typeof envelope !== 'string' || !isLogSize(size) || !isSha256Hex(root) || time === undefined)
    throw malformed(where);
  if (body !== null && typeof body !== 'string') throw malformed(where);
  return {
    kind: 'entry',
    envelope: Buffer.from(envelope),
    body: body === null ? undefined : Buffer.from(body),
    seen: { size, root },
    time,
  };
}

// At the end of an entry's line, whatever its body says before.
const seenAtEnd = /"seen":\[(\d{1,16}),"([0-9a-f]{64})"\],"time":"[^"\\]{24}"\}$/;
const timeAtEnd = '"2026-11-23T11:27:41.123Z"}'.length;
const longestEnd = 160;

/** Reads what entries claim to have seen, without the rest of their lines. */
export class SeenReader {
  #last: Buffer = Buffer.alloc(0);

  /** Undefined for an approval, and for an entry that claims what the one before claims. */
  read(line: Buffer): { readonly size: number; readonly root: Sha256Hex } | undefined {
    const before = line.subarray(Math.max(0, line.length - timeAtEnd - this.#last.length), -timeAtEnd);
    if (this.#last.length > 0 && before.equals(this.#last)) return undefined;
    const found = seenAtEnd.exec(line.toString('latin1', Math.max(0, line.length - longestEnd)));
    const [end = '', size, root] = found ?? [];
    if (size === undefined || !isSha256Hex(root)) return undefined;
    // Copied: the line's bytes are the reader's.
    this.#last = Buffer.from(end.slice(0, -timeAtEnd), 'latin1');
    return { size: Number(size), root };
  }
}

function parse(text: string, where: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Refusal('json-malformed', { where }, { cause });
  }
  if (typeof value !== 'object' || value === null) throw malformed(where);
  return value as Readonly<Record<string, unknown>>;
}

function malformed(where: string): Refusal {
  return new Refusal('json-malformed', { where, what: 'neither an approval nor an entry' });
}
