/** Beginnings that tell a file's format, whatever its name says. */
const signatures: readonly (readonly [mediaType: string, begins: RegExp])[] = [
  ['image/jpeg', /^\u00ff\u00d8\u00ff/],
  ['image/png', /^\u0089PNG\r\n\u001a\n/],
  ['image/gif', /^GIF8[79]a/],
  ['image/tiff', /^(?:II\*\0|MM\0\*|II\+\0|MM\0\+)/],
  ['image/webp', /^RIFF[^]{4}WEBP/],
  ['image/heic', /^[^]{4}ftyp(?:hei[cmsx]|hevc|mif1|msf1)/],
  ['image/avif', /^[^]{4}ftypavi[fs]/],
  ['application/zip', /^PK(?:\u0003\u0004|\u0005\u0006)/],
  ['application/x-cfb', /^\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1/],
  // Readers of PDF accept a kilobyte of anything before its mark.
  ['application/pdf', /^[^]{0,1019}%PDF-/],
];

/** The media type that a file's first bytes show; undefined where they show none. */
export function mediaTypeOf(bytes: Uint8Array): string | undefined {
  const head = Array.from(bytes.subarray(0, 1024), (byte) => String.fromCharCode(byte)).join('');
  return signatures.find(([, begins]) => begins.test(head))?.[0];
}
