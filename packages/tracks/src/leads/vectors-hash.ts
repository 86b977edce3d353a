import type { Sha256Hex } from '@entente/protocol';

/** What an accord names as the conformance vectors of leads, version 1: `sha256sum *.jsonl | sha256sum` in `vectors/`. */
export const leadsVectorsHash: Sha256Hex =
  'ab6aa770e8e7e2dd50885f3c89c67afb28797470d88a8787638ec4dd444b0589' as Sha256Hex;
