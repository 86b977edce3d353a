import type { ActId, Sha256Hex } from '@entente/protocol';
import { readAttachment } from '../../packages/station/src/store/attachments.ts';
import { type Both, withDatabases } from './both.ts';
import { type Databases, placeOf, quiet, seenWhenAnswered } from './compare.ts';
import type { Speaker } from './speaker.ts';
import type { StationProcess } from './station-process.ts';
import { waitUntil } from './wait-until.ts';

/** What waits while the counterpart is away, before a threat to life is said after it. */
export interface Backlog {
  readonly acts: number;
  /** A file that waits with them, in bytes. */
  readonly file: number;
}

// The threat stands behind everything in the channel; answered by then, it has passed nearly all of it.
const soon = 5000;

/** Much waits for a counterpart that is away, then a life is threatened: that is answered first. @returns what is wrong */
export async function passBacklog(
  { acts, file }: Backlog,
  patience: number,
  stations: Both<StationProcess>,
  speaker: Speaker,
): Promise<readonly string[]> {
  await speaker.enrol();
  await stations.ma.stop();
  const large = file === 0 ? undefined : await speaker.sayWithFile(file);
  for (let said = 0; said < acts; said += 1000) await speaker.say('exercise', Math.min(1000, acts - said));
  const [threat = '' as ActId] = await speaker.say('threat-to-life', 1);
  await stations.ma.start();
  return withDatabases(stations, async (databases) => {
    await quiet(databases, patience);
    if (large !== undefined) await waitUntil('the large file is whole', patience, () => holds(databases, large));
    const place = await placeOf(databases.ma, threat);
    // It leaves in the very first parcel, where an answer ahead of its prefix is not needed; else it goes ahead.
    const seen = place < 1000 ? place : await seenWhenAnswered(databases.fr, threat);
    return seen !== undefined && seen < soon ? [] : [`the threat to life came after ${seen ?? 'all'} acts`];
  });
}

/** A file is present only once its sealed bytes and what they open to have both been hashed. */
async function holds({ ma }: Databases, sealedSha256: Sha256Hex): Promise<boolean> {
  return (await readAttachment(ma, { relation: 1, own: false, sealedSha256 }))?.state === 'present';
}
