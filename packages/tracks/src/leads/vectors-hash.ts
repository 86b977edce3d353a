import type { Sha256Hex } from '@entente/protocol';

/** What an accord names as the conformance vectors of leads, version 1: `sha256sum *.jsonl | sha256sum` in `vectors/`. */
export const leadsVectorsHash: Sha256Hex =
  '3f0ccc63a6f07fc79e39771b9935c6c9fd5c2ac385bb61d75e4e2ef42b1598a3' as Sha256Hex;
