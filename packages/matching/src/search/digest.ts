/**
 * 64 bits over parts of bytes, in hexadecimal figures. It tells damage, not forgery: who can write a snapshot can write
 * its digest, and whoever stores snapshots guards them like the index itself. Two rounds of murmur3's word step, each with its own seed.
 */
export function digestOf(parts: readonly Uint8Array[]): string {
  let first = 0x2f0b4c47;
  let second = 0x7a3e1d95;
  for (const part of parts) {
    first = Math.imul(first ^ part.length, 0x85ebca6b);
    second = Math.imul(second ^ part.length, 0xc2b2ae35);
    const whole = part.length & ~3;
    for (let at = 0; at < whole; at += 4) {
      const word =
        (part[at] ?? 0) | ((part[at + 1] ?? 0) << 8) | ((part[at + 2] ?? 0) << 16) | ((part[at + 3] ?? 0) << 24);
      first = step(first, word, 0xcc9e2d51);
      second = step(second, word, 0x1b873593);
    }
    for (let at = whole; at < part.length; at++) {
      first = step(first, part[at] ?? 0, 0xcc9e2d51);
      second = step(second, part[at] ?? 0, 0x1b873593);
    }
  }
  return [first, second].map((half) => (finish(half) >>> 0).toString(16).padStart(8, '0')).join('');
}

function step(hash: number, word: number, factor: number): number {
  const mixed = Math.imul(word, factor);
  const next = hash ^ ((mixed << 15) | (mixed >>> 17));
  return (Math.imul((next << 13) | (next >>> 19), 5) + 0xe6546b64) | 0;
}

function finish(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}
