declare const verified: unique symbol;

/** A value whose signatures or proofs held. Only this package's `verify…` and `open…` functions make one. */
export type Verified<T> = T & { readonly [verified]: true };

/** For the last line of a `verify…` function; not exported from the package. */
export function markVerified<T>(value: T): Verified<T> {
  return value as Verified<T>;
}
