import PostalMime, { addressParser, decodeWords } from 'postal-mime';
import type { Mailbox } from 'postal-mime';
import type { Candidate } from './candidate.ts';
import { decodeAs, decodeText } from './decode-text.ts';
import type { ImportedDraft, Property } from './imported-draft.ts';
import type { ImportLimits } from './import-limits.ts';
import { LeadInMaking } from './lead-in-making.ts';
import type { Source } from './lead-in-making.ts';
import { addressHeaders, factHeaders } from './mail-table.ts';
import { headerOf, readMailParts } from './mail-parts.ts';
import type { MailHeader, MailPart } from './mail-parts.ts';
import { readMarks } from './markings.ts';
import { entryOf } from './rule.ts';

/** Mailboxes of one header field, each a property of its own. */
interface AddressHeader {
  readonly header: MailHeader;
  readonly mailboxes: readonly (Property & { readonly mailbox: Mailbox })[];
}

/** Makes a draft of a mail: who wrote to whom, subject, date and text as facts, every other part as an attachment. */
export async function readMail(source: Source, limits: ImportLimits): Promise<readonly ImportedDraft[]> {
  const mail = readMailParts(source.bytes, limits);
  const addressed = mail.headers.flatMap((header) => addressHeader(header) ?? []);
  const split = new Set(addressed.map(({ header }) => header.place));
  const lead = new LeadInMaking({ ...source, format: 'eml' }, [
    ...mail.headers.filter(({ place }) => !split.has(place)).map(asProperty),
    ...addressed.flatMap(({ mailboxes }) => mailboxes.map(({ place, value }) => ({ place, value }))),
    ...mail.inner.map(asProperty),
    ...mail.parts.flatMap(({ place, headers, body }) => [
      ...headers.map(asProperty),
      { place: `${place}/body`, value: body },
    ]),
    ...mail.margins.map(({ place, text }) => ({ place, value: text })),
  ]);
  const facts = mail.headers
    .filter(({ name }) => factHeaders.includes(name.toLowerCase()))
    .map(({ place, name, value }) => ({ place, value: readable(value), label: name }));
  lead.enter(factsOf(facts), readMarks([]));
  for (const one of addressed) for (const mailbox of one.mailboxes) enterMailbox(lead, one.header, mailbox);
  for (const part of mail.parts) await enterPart(lead, part, part.place === '' ? mail.headers : part.headers);
  return [lead.finish()];
}

function addressHeader(header: MailHeader): AddressHeader | undefined {
  if (!addressHeaders.includes(header.name.toLowerCase())) return undefined;
  const found = addressParser(header.value, { flatten: true });
  const mailboxes = found.flatMap((one) => (one.address === undefined ? [] : [one]));
  if (mailboxes.length === 0 || mailboxes.some(({ address }) => address === '')) return undefined;
  return {
    header,
    mailboxes: mailboxes.map((mailbox, i) => ({
      place: mailboxes.length === 1 ? header.place : `${header.place}/${i}`,
      value: `${header.name}: ${mailbox.name === '' ? mailbox.address : `${readable(mailbox.name)} <${mailbox.address}>`}`,
      mailbox,
    })),
  };
}

function enterMailbox(
  lead: LeadInMaking,
  { name }: MailHeader,
  { place, value, mailbox }: AddressHeader['mailboxes'][number],
): void {
  lead.enter(
    {
      into: 'online-identity',
      saidBy: [],
      constants: { platform: 'e-mail' },
      entries: [entryOf(place, mailbox.address, 'handle')],
      // The whole header, since who is sender and who is not must be seen beside the address.
      lines: [{ place, value: String(value).slice(name.length + 2), label: name }],
    },
    readMarks([]),
  );
}

async function enterPart(lead: LeadInMaking, part: MailPart, headers: readonly MailHeader[]): Promise<void> {
  const place = `${part.place}/body`;
  if (part.body.trim() === '') return;
  const bytes = undoTransferEncoding(part.body, headerOf(headers, 'content-transfer-encoding') ?? '');
  const type = headerOf(headers, 'content-type') ?? 'text/plain';
  const isText = /^text\/plain\b/i.test(type) && !/^attachment/i.test(headerOf(headers, 'content-disposition') ?? '');
  const text = isText ? textOf(bytes, /charset\s*=\s*"?([^\s";]+)/i.exec(type)?.[1]) : undefined;
  if (text !== undefined) lead.enter(factsOf([{ place, value: text }]), readMarks([]));
  if (lead.ledger.free(place) === undefined) return;
  const mediaType =
    /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+/i.exec(type)?.[0].toLowerCase() ?? 'application/octet-stream';
  const name = (await fileName(headers)) ?? `part-${lead.attached + 1}`;
  lead.attach(place, { name, mediaType, bytes });
}

function textOf(bytes: Uint8Array, charset: string | undefined): string | undefined {
  const named = charset === undefined ? undefined : decodeAs(bytes, charset);
  if (named !== undefined) return named;
  return bytes.includes(0) ? undefined : decodeText(bytes).text;
}

function undoTransferEncoding(body: string, encoding: string): Uint8Array {
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return new Uint8Array(Buffer.from(body, 'base64'));
    case 'quoted-printable':
      return new Uint8Array(
        Buffer.from(
          body
            .replaceAll(/[ \t]+(?=\r?\n)/g, '')
            .replaceAll(/=\r?\n/g, '')
            .replaceAll(/=([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
          'latin1',
        ),
      );
    default:
      return new Uint8Array(Buffer.from(body, 'latin1'));
  }
}

/** A file name may be cut into pieces, each with its charset (RFC 2231): the library's reader joins them. */
async function fileName(headers: readonly MailHeader[]): Promise<string | undefined> {
  const type = headerOf(headers, 'content-type') ?? 'application/octet-stream';
  const block = `Content-Type: ${type}\r\nContent-Disposition: ${headerOf(headers, 'content-disposition') ?? 'attachment'}\r\n\r\n.`;
  const { attachments } = await PostalMime.parse(Buffer.from(block, 'latin1'), {
    forceRfc822Attachments: true,
    maxNestingDepth: 2,
  });
  const name = attachments[0]?.filename?.replaceAll(/[\\/]/g, '_').slice(0, 200);
  return name === undefined || name === '' ? undefined : name;
}

function asProperty({ place, name, value }: MailHeader): Property {
  return { place, value: name === '' ? value : `${name}: ${value}` };
}

/** Encoded words, or UTF-8 where a mail has it raw. */
function readable(value: string): string {
  const raw = decodeAs(Buffer.from(value, 'latin1'), 'utf-8') ?? value;
  return decodeWords(raw);
}

function factsOf(lines: Candidate['lines']): Candidate {
  return { into: 'facts', saidBy: [], constants: {}, entries: [], lines };
}
