/** Bytes of an output that a table keeps: at 2^25 tags a stranger hits one in 2^39 of them by accident. */
export const tagLength = 8;

/** The first eight bytes of an output, as a number. */
export function tagOf(output: Uint8Array): bigint {
  return new DataView(output.buffer, output.byteOffset, output.byteLength).getBigUint64(0);
}
