import { Refusal } from '@entente/protocol';
import type { ImportLimits } from './import-limits.ts';

/** One header field as it stood, unfolded: `Subject: …`. */
export interface MailHeader {
  readonly place: string;
  readonly name: string;
  readonly value: string;
}

/** A part of a mail that holds no other parts; `/parts/2/1` is the first part of the second. */
export interface MailPart {
  readonly place: string;
  readonly headers: readonly MailHeader[];
  /** As on the wire: neither transfer encoding nor charset is undone. One character a byte. */
  readonly body: string;
}

/** What stands before the first and after the last part; people rarely see it, so it is kept. */
export interface MailMargin {
  readonly place: string;
  readonly text: string;
}

export interface MailSource {
  readonly headers: readonly MailHeader[];
  readonly parts: readonly MailPart[];
  /** Headers of parts that hold parts. */
  readonly inner: readonly MailHeader[];
  readonly margins: readonly MailMargin[];
}

/** Takes a mail apart (RFC 5322, RFC 2046), nothing decoded. @throws Refusal `too-large` for too many or too deep parts */
export function readMailParts(bytes: Uint8Array, limits: ImportLimits): MailSource {
  const parts: MailPart[] = [];
  const inner: MailHeader[] = [];
  const margins: MailMargin[] = [];
  let count = 0;

  const text = Buffer.from(bytes)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '');
  const { headers, body } = splitHeaders(text, '');
  open('', headers, body, 0);
  return { headers, parts, inner, margins };

  function open(place: string, headers: readonly MailHeader[], body: string, depth: number): void {
    if ((count += 1 + headers.length) > limits.properties)
      throw tooLarge(place, `more than ${limits.properties} headers`);
    const boundary = boundaryOf(headers);
    if (boundary === undefined) return void parts.push({ place, headers: place === '' ? [] : headers, body });
    if (depth >= limits.depth) throw tooLarge(place, `parts deeper than ${limits.depth}`);
    if (place !== '') inner.push(...headers);
    const { sections, before, after } = splitParts(body, boundary);
    if (before.trim() !== '') margins.push({ place: `${place}/before`, text: before });
    if (after.trim() !== '') margins.push({ place: `${place}/after`, text: after });
    for (const [i, section] of sections.entries()) {
      const at = `${place === '' ? '/parts' : place}/${i + 1}`;
      const inside = splitHeaders(section, at);
      open(at, inside.headers, inside.body, depth + 1);
    }
  }
}

/** The value of a header field, by its name. */
export function headerOf(headers: readonly MailHeader[], name: string): string | undefined {
  return headers.find((header) => header.name.toLowerCase() === name)?.value;
}

function splitHeaders(text: string, place: string): { headers: readonly MailHeader[]; body: string } {
  const gap = /^\r?\n|\r?\n\r?\n/.exec(text);
  const block = gap === null ? text : text.slice(0, gap.index);
  const lines = block.split(/\r?\n(?![ \t])/).filter((line) => line !== '');
  const headers = lines.map((line, i) => {
    const [, name = '', value = ''] = /^([!-9;-~]+)[ \t]*:([^]*)$/.exec(line) ?? ['', '', line];
    return { place: `${place}/headers/${i}`, name, value: value.replaceAll(/\r?\n(?=[ \t])/g, '').trim() };
  });
  return { headers, body: gap === null ? '' : text.slice(gap.index + gap[0].length) };
}

function boundaryOf(headers: readonly MailHeader[]): string | undefined {
  const type = headerOf(headers, 'content-type') ?? '';
  if (!/^multipart\//i.test(type)) return undefined;
  const [, quoted, plain] = /;\s*boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(type) ?? [];
  return quoted ?? plain;
}

function splitParts(body: string, boundary: string): { sections: readonly string[]; before: string; after: string } {
  const sections: string[] = [];
  let [before, after] = [body, ''];
  let begin = -1;
  let at = 0;
  const mark = `--${boundary}`;
  for (at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) {
    const [line] = /^(?:--)?[ \t]*(?:\r?\n|$)/.exec(body.slice(at + mark.length, at + mark.length + 200)) ?? [];
    if (line === undefined || (at > 0 && body[at - 1] !== '\n')) continue;
    const end = body.slice(0, at).endsWith('\r\n') ? at - 2 : Math.max(at - 1, 0);
    if (begin < 0) before = body.slice(0, at);
    else sections.push(body.slice(begin, Math.max(begin, end)));
    begin = at + mark.length + line.length;
    if (!line.startsWith('--')) continue;
    after = body.slice(begin);
    return { sections, before, after };
  }
  // Cut short on the way: what came counts.
  if (begin >= 0) sections.push(body.slice(begin));
  return { sections, before, after };
}

function tooLarge(place: string, what: string): Refusal {
  return new Refusal('too-large', { where: place === '' ? '/' : place, what });
}
