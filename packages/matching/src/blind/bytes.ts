export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** I2OSP(length, 2). */
export function lengthOf(length: number): Uint8Array {
  return new Uint8Array([length >> 8, length & 0xff]);
}

export function textBytes(text: string): Uint8Array {
  return encoder.encode(text);
}

const encoder = new TextEncoder();
