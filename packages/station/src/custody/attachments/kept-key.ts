// 32 bytes of payload key, 4 bytes of header length, big endian. Always sealed to the storage key.
import { Refusal } from '@entente/protocol';
import type { PayloadKey } from '@entente/wire';

export function writeKeptKey({ key, headerLength }: PayloadKey): Uint8Array {
  const bytes = new Uint8Array(36);
  bytes.set(key);
  new DataView(bytes.buffer).setUint32(32, headerLength);
  return bytes;
}

/** @throws Refusal `seal-unopenable` */
export function readKeptKey(bytes: Uint8Array): PayloadKey {
  if (bytes.length !== 36) throw new Refusal('seal-unopenable', { where: 'kept key' });
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(32);
  return { key: bytes.slice(0, 32), headerLength };
}
