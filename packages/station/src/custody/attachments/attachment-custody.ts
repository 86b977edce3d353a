import { join } from 'node:path';
import type { Instant } from '@entente/protocol';
import type { Crypto, PayloadKey } from '@entente/wire';
import type { Blobs } from '../../adapters/blobs.ts';
import type { AttachmentKey } from '../../store/attachments.ts';
import type { Database } from '../../store/database.ts';

/** What keeping attachments needs. */
export interface AttachmentCustody {
  readonly database: Database;
  readonly blobs: Blobs;
  /** A local folder for what is on its way in; survives restarts. Best on the same disk as the blobs. */
  readonly parts: string;
  readonly crypto: Crypto;
  /** The house's own sealing key for what lies here; never given to a counterpart. */
  readonly storage: { readonly recipient: string; readonly identity: string };
  /** Opens the header of a file sealed to us with one of the relation's living sealing keys. @throws Refusal `seal-unopenable` */
  readonly openWithSealingKey: (relation: number, start: Uint8Array) => Promise<PayloadKey>;
  readonly now: () => Instant;
  /** Told once a received file is wholly here, so that the counterpart can be told. */
  readonly onPresent?: (key: AttachmentKey) => Promise<void>;
}

/** The blob's name. Each relation, and each side of it, has its own: nobody learns what another relation holds. */
export function blobName({ relation, own, sealedSha256 }: AttachmentKey): string {
  return `${relation}/${own ? 'own' : 'theirs'}/${sealedSha256}`;
}

/** Where a file grows that has not wholly come. */
export function partPath(parts: string, key: AttachmentKey): string {
  return join(parts, blobName(key).replaceAll('/', '-'));
}
