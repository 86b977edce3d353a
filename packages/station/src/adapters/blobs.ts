import { Refusal } from '@entente/protocol';
import type { Source } from './source.ts';

/** Where sealed attachments lie: a folder or an S3 bucket. Names are ours, `3/own/<sealed SHA-256>`. */
export interface Blobs {
  /** Takes a finished local file in, and the file away. When it resolves, the bytes are durable. */
  keep(name: string, file: string): Promise<void>;
  find(name: string): Promise<Source | undefined>;
  /** Does nothing where it is gone already. */
  remove(name: string): Promise<void>;
}

/** @throws Refusal `field-malformed`: no name reaches outside the store */
export function checkBlobName(name: string): void {
  if (!/^[0-9a-z-]{1,80}(?:\/[0-9a-z-]{1,80}){0,3}$/.test(name))
    throw new Refusal('field-malformed', { where: 'blob' });
}
