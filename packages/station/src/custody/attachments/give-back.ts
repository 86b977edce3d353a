/** Frees pieces that nobody else holds: left to the collector, those of a large file cost more to find than to move. */
export function giveBack(pieces: readonly Uint8Array[]): void {
  for (const { buffer, length } of pieces)
    if (buffer instanceof ArrayBuffer && buffer.byteLength === length) buffer.transfer(0);
}
