import type { ActId } from '@entente/protocol';
import { writeTar } from '@entente/wire';
import { exportEvidence } from './export-evidence.ts';
import type { Parts, Relation } from './relation.ts';

/** The evidence of one act as a tar that anybody's `tar` opens. @throws Refusal `act-unknown`, `head-behind` */
export async function evidenceArchive(
  parts: Parts,
  relation: Relation,
  act: ActId,
  body: Uint8Array | undefined,
): Promise<AsyncIterable<Uint8Array>> {
  const files = await exportEvidence(parts, relation, act, body);
  return writeTar([...files].map(([name, bytes]) => ({ name, size: bytes.length, content: whole(bytes) })));
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
