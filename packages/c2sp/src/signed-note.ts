import { readBase64, writeBase64 } from './base64.ts';
import { readUtf8, writeUtf8 } from './bytes.ts';
import { FormatError } from './errors.ts';
import { checkKeyName } from './key-name.ts';

/** One signature line, `— <name> base64(key id || signature)`. */
export interface NoteSignature {
  readonly name: string;
  /** Unsigned 32-bit. Name and key id together point at a key; they prove nothing. */
  readonly keyId: number;
  /** What follows the key id; for cosignatures it begins with the timestamp. */
  readonly signature: Uint8Array;
  /** The line as read, without its newline. */
  readonly line: string;
}

/** A note as it arrived: nothing in it is verified. */
export interface Note {
  /** With its final newline, without the empty line before the signatures. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteLimits {
  readonly bytes: number;
  readonly signatures: number;
}

// The specification asks for 16 signatures of nearly 5 kB each: 107 kB in base64.
export const NOTE_LIMITS: NoteLimits = { bytes: 128 * 1024, signatures: 64 };

/** Reads c2sp.org/signed-note. @throws FormatError */
export function readNote(bytes: Uint8Array, limits: NoteLimits = NOTE_LIMITS): Note {
  if (bytes.length > limits.bytes) throw new FormatError('size-limit', 'note');
  const whole = readUtf8(bytes, 'note');
  checkNoControls(whole, 'note');
  const split = whole.lastIndexOf('\n\n');
  if (split < 0 || !whole.endsWith('\n')) throw new FormatError('note-shape', 'note');
  const lines = whole.slice(split + 2, -1).split('\n');
  if (lines.length > limits.signatures) throw new FormatError('size-limit', 'signature lines');
  return Object.freeze({
    text: whole.slice(0, split + 1),
    signatures: Object.freeze(lines.map((line, at) => readSignatureLine(line, `signature line ${at + 1}`))),
  });
}

/** Writes a note that `readNote` reads back. `text` ends in a newline. @throws FormatError */
export function writeNote(text: string, signatures: readonly Pick<NoteSignature, 'line'>[]): string {
  if (!text.endsWith('\n') || signatures.length === 0) throw new FormatError('note-shape', 'note');
  const note = `${text}\n${writeSignatureLines(signatures)}`;
  const again = readNote(writeUtf8(note, 'note'));
  if (again.text !== text) throw new FormatError('note-shape', 'note');
  return note;
}

/** The lines alone, each with its newline: the body a witness answers. */
export function writeSignatureLines(signatures: readonly Pick<NoteSignature, 'line'>[]): string {
  return signatures.map(({ line }) => `${line}\n`).join('');
}

/** Reads the lines a witness answered, to be added to a note. @throws FormatError */
export function readSignatureLines(bytes: Uint8Array, limits: NoteLimits = NOTE_LIMITS): readonly NoteSignature[] {
  if (bytes.length > limits.bytes) throw new FormatError('size-limit', 'signature lines');
  const text = readUtf8(bytes, 'signature lines');
  checkNoControls(text, 'signature lines');
  if (!text.endsWith('\n')) throw new FormatError('signature-line', 'signature lines');
  const lines = text.slice(0, -1).split('\n');
  if (lines.length > limits.signatures) throw new FormatError('size-limit', 'signature lines');
  return lines.map((line, at) => readSignatureLine(line, `signature line ${at + 1}`));
}

function readSignatureLine(line: string, where: string): NoteSignature {
  const [dash, name, encoded, ...more] = line.split(' ');
  if (dash !== '\u2014' || name === undefined || encoded === undefined || more.length > 0) {
    throw new FormatError('signature-line', where);
  }
  checkKeyName(name, where);
  const bytes = readBase64(encoded, where);
  if (bytes.length < 5) throw new FormatError('signature-line', where);
  return Object.freeze({
    name,
    keyId: new DataView(bytes.buffer, bytes.byteOffset).getUint32(0),
    signature: bytes.subarray(4),
    line,
  });
}

/** Makes the line of a signature; `signature` is what follows the key id. */
export function makeSignature(name: string, keyId: number, signature: Uint8Array): NoteSignature {
  checkKeyName(name, 'key name');
  const bytes = new Uint8Array(4 + signature.length);
  new DataView(bytes.buffer).setUint32(0, keyId);
  bytes.set(signature, 4);
  return Object.freeze({
    name,
    keyId,
    signature: bytes.subarray(4),
    line: `\u2014 ${name} ${writeBase64(bytes)}`,
  });
}

function checkNoControls(text: string, where: string): void {
  // oxlint-disable-next-line no-control-regex -- these are what the format forbids
  if (/[\u0000-\u0009\u000b-\u001f]/.test(text)) throw new FormatError('control-character', where);
}
