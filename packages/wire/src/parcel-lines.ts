// {"checkpoint":"<signed checkpoint>","header":"<signed note>"}      or, express: {"header":"<signed note>","proof":"<tlog-proof>"}
// {"cosigned":"<the counterpart's checkpoint with our cosignatures>"}  at most once
// {"approval":"<text>"}                                                before the first act that names it
// {"body":"<text>"|null,"envelope":"<text>","seen":[7,"<root>"],"time":"2026-11-23T11:27:41.123Z"}
// {"pad":"000…"}                                                       last
import { type Instant, isLogSize, isSha256Hex, type Leaf, readInstant, Refusal, writeInstant } from '@entente/protocol';
import { readUtf8, utf8 } from './bytes.ts';
import { sharedUtf8 } from './shared-bytes.ts';

/** One entry of a channel as it travels. `body` is null where the act has none or it was erased. */
export interface ParcelEntry {
  readonly envelope: Uint8Array;
  readonly body: Uint8Array | null;
  readonly seen: Leaf['seen'];
  readonly time: Instant;
}

export type ParcelItem =
  | { readonly kind: 'approval'; readonly approval: Uint8Array }
  | ({ readonly kind: 'entry' } & ParcelEntry);

export type FirstLine =
  | { readonly kind: 'run'; readonly header: string; readonly checkpoint: string }
  | { readonly kind: 'express'; readonly header: string; readonly proof: string };

export function writeFirstLine(line: FirstLine): string {
  return line.kind === 'run'
    ? `{"checkpoint":${JSON.stringify(line.checkpoint)},"header":${JSON.stringify(line.header)}}`
    : `{"header":${JSON.stringify(line.header)},"proof":${JSON.stringify(line.proof)}}`;
}

/** @throws Refusal `parcel-malformed` */
export function readFirstLine(text: string): FirstLine {
  const { checkpoint, header, proof } = parse(text, 1);
  if (!isText(header)) throw malformed(1);
  const line: FirstLine | undefined = isText(checkpoint)
    ? { kind: 'run', header, checkpoint }
    : isText(proof)
      ? { kind: 'express', header, proof }
      : undefined;
  if (line === undefined || writeFirstLine(line) !== text) throw malformed(1);
  return line;
}

export const isCosignedLine = (text: string): boolean => text.startsWith('{"cosigned":');
export const isPadLine = (text: string): boolean => text.startsWith('{"pad":');

export function writeCosignedLine(cosigned: string): string {
  return `{"cosigned":${JSON.stringify(cosigned)}}`;
}

/** @throws Refusal `parcel-malformed` */
export function readCosignedLine(text: string): string {
  const { cosigned } = parse(text, 2);
  if (!isText(cosigned) || writeCosignedLine(cosigned) !== text) throw malformed(2);
  return cosigned;
}

/** An item's line in pieces, to be written one after the other: put together, it would be copied once more. */
export function writeItemLine(item: ParcelItem): readonly string[] {
  if (item.kind === 'approval') return [approvalLine(textOf(item.approval))];
  return piecesOf(item.body === null ? null : textOf(item.body), textOf(item.envelope), item);
}

/** Judges framing only: what the texts say is for other readers. @throws Refusal `parcel-malformed` */
export function readItemLine(text: string, number: number): ParcelItem {
  const { approval, body, envelope, seen, time: timeText } = parse(text, number);
  if (isText(approval)) {
    if (approvalLine(approval) !== text) throw malformed(number);
    return { kind: 'approval', approval: utf8(approval) };
  }
  const [size, root] = isList(seen) ? seen : [];
  const time = readInstant(timeText);
  if (!isText(envelope) || !isLogSize(size) || !isSha256Hex(root) || time === undefined) throw malformed(number);
  if (body !== null && !isText(body)) throw malformed(number);
  const rest = { seen: { size, root }, time };
  if (!isEntryText(text, body, envelope, rest)) throw malformed(number);
  return { kind: 'entry', envelope: sharedUtf8(envelope), body: body === null ? null : sharedUtf8(body), ...rest };
}

/** The bytes a pad line takes besides its padding, newline included. */
export const padOverhead: number = padLine(0).length + 1;

export function padLine(length: number): string {
  return `{"pad":"${'0'.repeat(length)}"}`;
}

function approvalLine(approval: string): string {
  return `{"approval":${JSON.stringify(approval)}}`;
}

type Place = Pick<ParcelEntry, 'seen' | 'time'>;

/** Compared piece by piece: a line is not put together once more only to be compared. */
function isEntryText(text: string, body: string | null, envelope: string, place: Place): boolean {
  let at = 0;
  for (const piece of piecesOf(body, envelope, place)) {
    if (!text.startsWith(piece, at)) return false;
    at += piece.length;
  }
  return at === text.length;
}

function piecesOf(body: string | null, envelope: string, { seen, time }: Place): readonly string[] {
  const place = `,"seen":[${seen.size},"${seen.root}"],"time":"${writeInstant(time)}"}`;
  return ['{"body":', JSON.stringify(body), ',"envelope":', JSON.stringify(envelope), place];
}

function textOf(bytes: Uint8Array): string {
  return readUtf8(bytes, 'parcel-malformed', 'entry');
}

function parse(text: string, number: number): Readonly<Record<string, unknown>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Refusal('parcel-malformed', { where: `line ${number}`, what: 'not JSON' }, { cause });
  }
  if (!isRecord(json)) throw malformed(number);
  return json;
}

function isRecord(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null;
}

function isList(json: unknown): json is readonly unknown[] {
  return Array.isArray(json);
}

/** A lone surrogate, `\ud800` in JSON, has no bytes in UTF-8. */
function isText(json: unknown): json is string {
  return typeof json === 'string' && json.isWellFormed();
}

function malformed(number: number): Refusal {
  return new Refusal('parcel-malformed', { where: `line ${number}` });
}
