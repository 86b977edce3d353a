import { Refusal } from '@entente/protocol';
import { openPayloadKey } from '@entente/wire';
import type { AttachmentCustody } from './attachments/attachment-custody.ts';
import type { Parts, Relation } from './relation.ts';

/** Opens the header of a received file with one of its relation's living sealing keys. @throws Refusal `seal-unopenable` */
export function sealingKeysOf(parts: Parts, relations: readonly Relation[]): AttachmentCustody['openWithSealingKey'] {
  return async (number, start) => {
    const relation = relations.find((one) => one.number === number);
    for (const { identity } of relation?.sealing().toReversed() ?? []) {
      try {
        return await openPayloadKey(parts.crypto, identity, start);
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'seal-unopenable') throw error;
      }
    }
    throw new Refusal('seal-unopenable', { where: 'attachment' });
  };
}
