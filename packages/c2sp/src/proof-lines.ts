// What tlog proofs and witness requests share: lines, hashes one a line, an empty line, a note to the end.
import { readHash, writeBase64 } from './base64.ts';
import { copyBytes, readUtf8 } from './bytes.ts';
import { type FormatCode, FormatError } from './errors.ts';
import { MAX_PROOF } from './merkle-proof.ts';

interface Headed {
  /** The lines before the empty line. */
  readonly lines: readonly string[];
  /** All after it. */
  readonly note: Uint8Array;
}

/** Splits at the first empty line. @throws FormatError with `code` if there is none */
export function splitHead(bytes: Uint8Array, code: FormatCode, where: string): Headed {
  const end = bytes.findIndex((byte, at) => byte === 0x0a && bytes[at + 1] === 0x0a);
  if (end < 0) throw new FormatError(code, where);
  return { lines: readUtf8(bytes.subarray(0, end), where).split('\n'), note: copyBytes(bytes, end + 2) };
}

export function readProofLines(lines: readonly string[], where: string): readonly Uint8Array[] {
  if (lines.length > MAX_PROOF) throw new FormatError('size-limit', where);
  return lines.map((line, at) => readHash(line, `${where}, hash ${at + 1}`));
}

export function writeProofLines(proof: readonly Uint8Array[], where: string): readonly string[] {
  if (proof.length > MAX_PROOF) throw new FormatError('size-limit', where);
  return proof.map((hash) => {
    if (hash.length !== 32) throw new FormatError('hash', where);
    return writeBase64(hash);
  });
}
