// accords/<n>.json                     both parties' signatures, oldest first
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

/** @throws Refusal `json-malformed` naming the line */
export function readChannelLine(text: string, number: number): ChannelLine {
  const { approval, body, envelope, seen, time: timeText } = parse(text, number);
  if (typeof approval === 'string') return { kind: 'approval', approval: Buffer.from(approval) };
  const [size, root] = Array.isArray(seen) ? (seen as readonly unknown[]) : [];
  const time = readInstant(timeText);
  if (typeof envelope !== 'string' || !isLogSize(size) || !isSha256Hex(root) || time === undefined)
    throw malformed(number);
  if (body !== null && typeof body !== 'string') throw malformed(number);
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

/** What an entry claims to have seen, without reading the rest of its line; undefined for an approval. */
export function seenOfLine(line: Buffer): { readonly size: number; readonly root: Sha256Hex } | undefined {
  const [, size, root] = seenAtEnd.exec(line.toString('latin1', Math.max(0, line.length - 160))) ?? [];
  return size === undefined || !isSha256Hex(root) ? undefined : { size: Number(size), root };
}

function parse(text: string, number: number): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Refusal('json-malformed', { where: `line ${number}` }, { cause });
  }
  if (typeof value !== 'object' || value === null) throw malformed(number);
  return value as Readonly<Record<string, unknown>>;
}

function malformed(number: number): Refusal {
  return new Refusal('json-malformed', { where: `line ${number}`, what: 'neither an approval nor an entry' });
}
