import { hash } from 'node:crypto';
import type { BlindGroup } from '@entente/matching';
import load, { type Sodium } from 'libsodium-sumo';

let loaded: Promise<BlindGroup> | undefined;

/** ristretto255 by libsodium, SHA-512 by OpenSSL; loaded once for each thread. */
export function sodiumGroup(): Promise<BlindGroup> {
  loaded ??= load().then(groupOver);
  return loaded;
}

/** Arguments and result lie at fixed places of libsodium's memory: a call copies 32 to 64 bytes and allocates nothing there. */
function groupOver(sodium: Sodium): BlindGroup {
  const first = sodium._malloc(64);
  const second = sodium._malloc(64);
  const result = sodium._malloc(64);
  const put = (place: number, bytes: Uint8Array): void => sodium.HEAPU8.set(bytes, place);
  const take = (): Uint8Array => sodium.HEAPU8.slice(result, result + 32);
  const takeIf = (status: number): Uint8Array | undefined => (status === 0 ? take() : undefined);
  return Object.freeze({
    elementFromHash(uniform: Uint8Array): Uint8Array {
      put(first, uniform);
      sodium._crypto_core_ristretto255_from_hash(result, first);
      return take();
    },
    isElement(bytes: Uint8Array): boolean {
      put(first, bytes);
      return sodium._crypto_core_ristretto255_is_valid_point(first) === 1;
    },
    multiply(scalar: Uint8Array, element: Uint8Array): Uint8Array | undefined {
      put(first, scalar);
      put(second, element);
      return takeIf(sodium._crypto_scalarmult_ristretto255(result, first, second));
    },
    multiplyBase(scalar: Uint8Array): Uint8Array | undefined {
      put(first, scalar);
      return takeIf(sodium._crypto_scalarmult_ristretto255_base(result, first));
    },
    add(one: Uint8Array, other: Uint8Array): Uint8Array | undefined {
      put(first, one);
      put(second, other);
      return takeIf(sodium._crypto_core_ristretto255_add(result, first, second));
    },
    reduceScalar(bytes: Uint8Array): Uint8Array {
      put(first, bytes);
      sodium._crypto_core_ristretto255_scalar_reduce(result, first);
      return take();
    },
    invertScalar(scalar: Uint8Array): Uint8Array | undefined {
      put(first, scalar);
      return takeIf(sodium._crypto_core_ristretto255_scalar_invert(result, first));
    },
    multiplyScalars(one: Uint8Array, other: Uint8Array): Uint8Array {
      put(first, one);
      put(second, other);
      sodium._crypto_core_ristretto255_scalar_mul(result, first, second);
      return take();
    },
    subtractScalars(one: Uint8Array, other: Uint8Array): Uint8Array {
      put(first, one);
      put(second, other);
      sodium._crypto_core_ristretto255_scalar_sub(result, first, second);
      return take();
    },
    sha512: (data: Uint8Array) => hash('sha512', data, 'buffer'),
  });
}
