/** libsodium compiled to WebAssembly: C functions over one memory. Only what `sodium-group.ts` calls. */
declare module 'libsodium-sumo' {
  export interface Sodium {
    readonly HEAPU8: Uint8Array;
    _malloc(length: number): number;
    _crypto_core_ristretto255_is_valid_point(element: number): number;
    _crypto_core_ristretto255_from_hash(element: number, uniform: number): number;
    _crypto_core_ristretto255_add(sum: number, one: number, other: number): number;
    _crypto_core_ristretto255_scalar_reduce(scalar: number, bytes: number): void;
    _crypto_core_ristretto255_scalar_invert(inverse: number, scalar: number): number;
    _crypto_core_ristretto255_scalar_mul(product: number, one: number, other: number): void;
    _crypto_core_ristretto255_scalar_sub(difference: number, one: number, other: number): void;
    _crypto_scalarmult_ristretto255(product: number, scalar: number, element: number): number;
    _crypto_scalarmult_ristretto255_base(product: number, scalar: number): number;
  }
  export default function load(): Promise<Sodium>;
}
