import type { DeadDrop } from '../../packages/station/src/adapters/dead-drop.ts';
import { AttachmentReception } from '../../packages/station/src/custody/attachments/receive-attachment.ts';
import type { DropVisit } from '../../packages/station/src/exchange/link/exchange-by-drop.ts';
import { DropMemory, visitDrop } from '../../packages/station/src/exchange/visit-drop.ts';
import { custodyOfNoFiles } from './no-files.fixtures.ts';
import type { TestStation } from './two-parties.fixtures.ts';

/** A station's visits to a dead drop, one at each call. */
export function visitor(station: TestStation, drop: DeadDrop): () => Promise<DropVisit> {
  const { parts, relation } = station;
  const custody = custodyOfNoFiles(station);
  const memory = new DropMemory();
  return () => visitDrop(parts, relation, drop, custody, new AttachmentReception(custody), memory);
}
