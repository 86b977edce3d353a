const writer = new TextEncoder();
const reader = new TextDecoder('utf-8', { fatal: true });

/** UTF-8. */
export function writeText(text: string): Uint8Array {
  return writer.encode(text);
}

/** The inverse; throws on bytes that are not UTF-8. */
export function readText(bytes: Uint8Array): string {
  return reader.decode(bytes);
}
