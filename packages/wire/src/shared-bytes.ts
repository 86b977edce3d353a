import { Refusal } from '@entente/protocol';

const encoder = new TextEncoder();
const roomSize = 64 * 1024;
// What is longer is worth a buffer of its own; a room is never given up for one piece.
const longest = roomSize / 8;
let room = new Uint8Array(0);
let used = 0;

/**
 * The bytes of a text, beside others in one buffer: a buffer of its own costs several times what is written into it, and
 * the collector has to find each. For what lives as long as its neighbours, the pieces of the acts at hand.
 */
export function sharedUtf8(text: string): Uint8Array {
  // A unit of UTF-16 takes at most three bytes.
  if (text.length * 3 > longest) return encoder.encode(text);
  return taken(encoder.encodeInto(text, roomFor(text.length * 3)).written);
}

/** As `readBase64`, beside others in one buffer. @throws Refusal `base64-malformed` */
export function readSharedBase64(text: string, where: string): Uint8Array {
  let written: number;
  const place = text.length > longest ? new Uint8Array(text.length) : roomFor(text.length);
  try {
    ({ written } = place.setFromBase64(text, { lastChunkHandling: 'strict' }));
  } catch (cause) {
    throw new Refusal('base64-malformed', { where }, { cause });
  }
  // The platform skips white space even when strict; then the text is longer than the bytes ask for.
  if (text.length !== 4 * Math.ceil(written / 3)) throw new Refusal('base64-malformed', { where });
  return text.length > longest ? place.subarray(0, written) : taken(written);
}

function roomFor(most: number): Uint8Array {
  if (used + most > room.length) {
    room = new Uint8Array(roomSize);
    used = 0;
  }
  return room.subarray(used);
}

function taken(length: number): Uint8Array {
  return room.subarray(used, (used += length));
}
