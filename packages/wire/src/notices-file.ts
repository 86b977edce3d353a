// {"approval":"<text>","body":"<text>"|null,"envelope":"<text>"}   a root's notice a line, as it came, oldest first;
// {"payload":"<base64>","payloadType":"…keyset…","signatures":[…]}  its JSON has no line feed
// {"pad":"000…"}                                                    last
import { Refusal } from '@entente/protocol';
import { checkSize, concatBytes, readUtf8, utf8 } from './bytes.ts';
import { padmeSize } from './padme.ts';
import { isPadLine, padLine, padOverhead } from './parcel-lines.ts';

/** Bytes of one notice of a root, by any road. */
export const maximumNotice: number = 64 * 1024;
/** How many notices come together, in a dead drop or on a stick: what follows comes once these are taken. */
export const mostNotices = 64;

const maximumPlaintext = padmeSize(mostNotices * (maximumNotice + 1) + padOverhead);

/** Bytes of such a file once it is sealed; the rest is the age header and the tag of each chunk. */
export const maximumSealedNotices: number = maximumPlaintext + 64 * 1024;

/** Writes notices of a root as one text to be sealed, padded to a Padmé size. @throws Refusal `too-large`, `note-malformed` */
export function writeNotices(notices: readonly Uint8Array[]): Uint8Array {
  if (notices.length > mostNotices) throw new Refusal('too-large', { where: 'notices' });
  const lines = notices.map((notice) => {
    checkSize(notice, maximumNotice, 'notice');
    if (notice.includes(lineFeed)) throw new Refusal('note-malformed', { where: 'notice' });
    return concatBytes([notice, newline]);
  });
  const length = lines.reduce((sum, line) => sum + line.length, padOverhead);
  return concatBytes([...lines, utf8(`${padLine(padmeSize(length) - length)}\n`)]);
}

/** Reads them again; nothing in any of them is verified. @throws Refusal `too-large`, `note-malformed` */
export function readNotices(plaintext: Uint8Array): readonly Uint8Array[] {
  checkSize(plaintext, maximumPlaintext, 'notices');
  const lines = readUtf8(plaintext, 'note-malformed', 'notices').split('\n');
  if (lines.pop() !== '') throw malformed();
  const pad = lines.pop() ?? '';
  if (lines.length > mostNotices) throw new Refusal('too-large', { where: 'notices' });
  if (!isPadLine(pad) || pad !== padLine(Math.max(0, pad.length + 1 - padOverhead))) throw malformed();
  if (padmeSize(plaintext.length) !== plaintext.length) throw malformed();
  const notices = lines.map(utf8);
  for (const notice of notices) checkSize(notice, maximumNotice, 'notice');
  return notices;
}

const lineFeed = 0x0a;
const newline = Uint8Array.of(lineFeed);

function malformed(): Refusal {
  return new Refusal('note-malformed', { where: 'notices' });
}
