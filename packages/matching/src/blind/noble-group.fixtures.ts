import { createHash } from 'node:crypto';
import { ristretto255, ristretto255_hasher } from '@noble/curves/ed25519.js';
import type { BlindGroup } from './group.ts';

const { Point } = ristretto255;
const { Fn } = Point;

/** The group by another implementation than the station's: both come to the same bytes. */
export const nobleGroup: BlindGroup = {
  elementFromHash: (uniform) => {
    const point = ristretto255_hasher.deriveToCurve?.(uniform);
    if (point === undefined) throw new Error('the library maps no bytes to the group');
    return point.toBytes();
  },
  isElement: (bytes) => orUndefined(() => Point.fromBytes(bytes)) !== undefined,
  multiply: (scalar, element) => {
    const point = orUndefined(() => Point.fromBytes(element));
    return point && encode(point, Fn.fromBytes(scalar));
  },
  multiplyBase: (scalar) => encode(Point.BASE, Fn.fromBytes(scalar)),
  add: (one, other) => orUndefined(() => Point.fromBytes(one).add(Point.fromBytes(other)).toBytes()),
  reduceScalar: (bytes) => Fn.toBytes(Fn.create(littleEndian(bytes))),
  invertScalar: (scalar) => orUndefined(() => Fn.toBytes(Fn.inv(Fn.fromBytes(scalar)))),
  multiplyScalars: (one, other) => Fn.toBytes(Fn.mul(Fn.fromBytes(one), Fn.fromBytes(other))),
  subtractScalars: (one, other) => Fn.toBytes(Fn.sub(Fn.fromBytes(one), Fn.fromBytes(other))),
  sha512: (data) => new Uint8Array(createHash('sha512').update(data).digest()),
};

function encode(point: InstanceType<typeof Point>, scalar: bigint): Uint8Array | undefined {
  if (scalar === 0n || point.equals(Point.ZERO)) return undefined;
  return point.multiply(scalar).toBytes();
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function orUndefined<Value>(make: () => Value): Value | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
