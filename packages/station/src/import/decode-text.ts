import { Refusal } from '@entente/protocol';

/** A text and the encoding it was found in (a label of the Encoding standard). */
export interface DecodedText {
  readonly text: string;
  readonly encoding: string;
}

/**
 * Reads text of unknown encoding: a byte-order mark decides, then UTF-8 if it is well formed, then UTF-16 by its zero
 * bytes, then windows-1256 where the bytes read as Arabic words, windows-1252 otherwise.
 * @throws Refusal `attachment-malformed` where it is not text
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const encoding = encodingOf(bytes);
  const text = decodeAs(bytes, encoding);
  if (text === undefined || text.includes('\0'))
    throw new Refusal('attachment-malformed', { where: '$', what: 'no format that can be read' });
  return { text, encoding };
}

/** Decodes by a named encoding; undefined where nobody knows the name or the bytes are not in it. */
export function decodeAs(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    if (cause instanceof RangeError || cause instanceof TypeError) return undefined;
    throw cause;
  }
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, 4096);
  const zeros = [0, 1].map((odd) => head.filter((byte, i) => byte === 0 && i % 2 === odd).length);
  if ((zeros[1] ?? 0) > head.length / 4) return 'utf-16le';
  if ((zeros[0] ?? 0) > head.length / 4) return 'utf-16be';
  if (decodeAs(bytes, 'utf-8') !== undefined) return 'utf-8';
  return isArabic(bytes) ? 'windows-1256' : 'windows-1252';
}

/** French accents stand alone between ASCII letters; Arabic in one byte a letter comes in runs. */
function isArabic(bytes: Uint8Array): boolean {
  const text = new TextDecoder('windows-1256').decode(bytes.subarray(0, 65_536));
  const inRuns = (text.match(/\p{Script=Arabic}{2,}/gu) ?? []).reduce((sum, run) => sum + run.length, 0);
  const all = (text.match(/[^\u0000-\u007f]/g) ?? []).length;
  return inRuns > all / 2;
}
