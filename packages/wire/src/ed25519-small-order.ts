/**
 * The encodings of Ed25519 points of small order, canonical or not: such a "key" has signed everything. OpenSSL accepts
 * them and other programs do not, so both implementations refuse them first (RFC 8032 §5.1.7, CCTV ed25519 vectors).
 * The sign bit is left out of the comparison.
 */
const encodings: ReadonlySet<string> = new Set([
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

/** Whether an Ed25519 public key is one of the points of order 1, 2, 4 or 8. */
export function isSmallOrder(publicKey: Uint8Array): boolean {
  // Not `slice`: that of a Node Buffer is a view, and clearing the sign bit would change the key.
  const unsigned = Uint8Array.from(publicKey);
  unsigned[31] = (unsigned[31] ?? 0) & 0x7f;
  return encodings.has(unsigned.toHex());
}
