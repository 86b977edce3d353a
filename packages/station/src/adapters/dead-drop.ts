import { Refusal } from '@entente/protocol';
import type { Source } from './source.ts';

/** What lies in a drop. */
export interface DropItem {
  readonly name: string;
  readonly size: number;
}

/**
 * A place that two stations both reach, perhaps never at once: a folder or an S3 bucket. It sees sealed files, their names
 * and sizes. Whoever keeps it may read names, hold files back, bring old ones again or put anything there: what is found
 * is hostile input.
 */
export interface DeadDrop {
  /** Puts a file whole or not at all, in place of one of that name. */
  put(name: string, source: Source): Promise<void>;
  /** At most 10,000 files whose names begin so, in the order of their names. */
  list(prefix: string): Promise<readonly DropItem[]>;
  /** @throws Refusal `too-large` before a byte is read, `attachment-unknown` where it is gone */
  read(name: string, most: number): Promise<Source>;
  remove(name: string): Promise<void>;
}

/** A drop in which one prefix holds what it held when it was listed: what came since is for the next visit. */
export function asListed(drop: DeadDrop, prefix: string, items: readonly DropItem[]): DeadDrop {
  return { ...drop, list: async (other) => (other === prefix ? items : drop.list(other)) };
}

export const mostDropItems = 10_000;

export function isDropName(name: string): boolean {
  return /^[0-9a-f][0-9a-z.-]{0,200}$/.test(name) && !name.includes('..');
}

/** @throws Refusal `field-malformed` for a name that could reach outside the drop */
export function checkDropName(name: string): void {
  if (!isDropName(name)) throw new Refusal('field-malformed', { where: 'dead drop' });
}

/** @throws Refusal `too-large` */
export function checkDropSize(name: string, size: number, most: number): void {
  if (size > most) throw new Refusal('too-large', { where: name, what: `${size} of at most ${most} bytes` });
}
