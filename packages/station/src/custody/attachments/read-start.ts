import type { Source } from '../../adapters/source.ts';

// Header at most 16 KiB (wire refuses longer ones), and the nonce after it.
const startBytes = 16 * 1024 + 16;

/** The first bytes of a sealed file: enough to open it. */
export async function readStart(file: Source): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of file.read(0, Math.min(startBytes, file.size))) pieces.push(piece);
  return Buffer.concat(pieces);
}
