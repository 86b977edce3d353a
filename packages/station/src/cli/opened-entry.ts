import type { ActId, Head } from '@entente/protocol';
import type { ActSignature } from '@entente/wire';

/** An entry as far as its bytes say, without a judgement. */
export interface OpenedEntry {
  readonly id: ActId;
  readonly head: Head | undefined;
  readonly signatures: readonly ActSignature[];
  /** How much of the other channel it claims to have seen. */
  readonly seen: number;
  /** Leaf hash. */
  readonly leaf: Uint8Array;
}
