// {"act":"<hex>","envelope":"<hex>","seen":{"root":"<hex>","size":7},"time":"2026-11-23T11:27:41.123Z"}
import {
  type ActId,
  isLogSize,
  type Leaf,
  readInstant,
  Refusal,
  type Sha256Hex,
  writeInstant,
} from '@entente/protocol';
import { checkSize, readUtf8 } from './bytes.ts';
import { sharedUtf8 } from './shared-bytes.ts';

const maximumLeaf = 320;
const shape =
  /^\{"act":"([0-9a-f]{64})","envelope":"([0-9a-f]{64})","seen":\{"root":"([0-9a-f]{64})","size":(0|[1-9][0-9]{0,15})\},"time":"([^"]{24})"\}$/;

/** The bytes a channel logs of an entry (PROTOCOL §2.1), in JCS form. */
export function writeLeaf({ act, envelope, seen, time }: Leaf): Uint8Array {
  return sharedUtf8(
    `{"act":"${act}","envelope":"${envelope}","seen":{"root":"${seen.root}","size":${seen.size}},"time":"${writeInstant(time)}"}`,
  );
}

/** @throws Refusal `leaf-malformed`, `too-large` */
export function readLeaf(bytes: Uint8Array): Leaf {
  checkSize(bytes, maximumLeaf, 'leaf');
  const found = shape.exec(readUtf8(bytes, 'leaf-malformed', 'leaf'));
  const [, act, envelope, root, digits, timeText] = found ?? [];
  const size = Number(digits);
  const time = readInstant(timeText);
  if (act === undefined || envelope === undefined || root === undefined || !isLogSize(size) || time === undefined) {
    throw new Refusal('leaf-malformed', { where: 'leaf' });
  }
  return {
    act: act as ActId,
    envelope: envelope as Sha256Hex,
    seen: { root: root as Sha256Hex, size },
    time,
  };
}
