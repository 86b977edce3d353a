import { type LogSize, Refusal, type RefusalCode } from '@entente/protocol';
import type { DeadDrop, DropItem } from '../../adapters/dead-drop.ts';
import { bytesSource } from '../../adapters/source.ts';
import type { AttachmentCustody } from '../../custody/attachments/attachment-custody.ts';
import { presentAttachment } from '../../custody/attachments/open-attachment.ts';
import type { AttachmentReception } from '../../custody/attachments/receive-attachment.ts';
import { awaitedAttachments, unsentAttachments } from '../../store/attachments.ts';
import { type DropName, readDropName, writeDropName } from './drop-name.ts';
import { peerLimits } from './peer-limits.ts';

/** One relation's parcels and attachments over a dead drop. The two stations need never run at once. */
export interface DropRoad {
  readonly drop: DeadDrop;
  /** `dropDirection` of our channel and of theirs. */
  readonly directions: { readonly out: string; readonly in: string };
  /** How much of their channel we hold. */
  readonly held: () => Promise<LogSize>;
  /** How much of ours they are known to hold: by receipt or cosignature. */
  readonly receipted: () => Promise<LogSize>;
  /** From which entry on they could not open what lies there (`relation/re-seal`), if any; and that it is sealed anew. */
  readonly reSealFrom?: () => Promise<LogSize | undefined>;
  readonly reSealed?: (from: LogSize) => Promise<void>;
  readonly makeParcel: (from: LogSize) => Promise<{ readonly end: LogSize; readonly sealed: Uint8Array } | undefined>;
  readonly acceptParcel: (sealed: Uint8Array) => Promise<unknown>;
  readonly custody: AttachmentCustody;
  readonly reception: AttachmentReception;
  readonly relation: number;
}

/** What one visit came to: how many files were taken in and left, and what was refused. */
export interface DropVisit {
  readonly taken: number;
  readonly left: number;
  readonly refused: readonly { readonly name: string; readonly code: RefusalCode }[];
}

// What lies there unread; beyond it a counterpart that never comes would fill the drop.
const mostWaiting = 1024 ** 3;

type Found<Kind extends DropName['kind']> = Extract<DropName, { kind: Kind }> & { readonly item: DropItem };

/**
 * Visits the drop: takes what is new, leaves what waits, and removes its own files once they are receipted. Only who left a
 * file removes it, so that nothing is lost where a reader fails. @throws Refusal `link-down`, `store-full`
 */
export async function exchangeByDrop(road: DropRoad): Promise<DropVisit> {
  const refused: { name: string; code: RefusalCode }[] = [];
  const theirs = await found(road, road.directions.in);
  const takenParcels = await takeParcels(road, theirs.parcels, refused);
  const takenFiles = await takeAttachments(road, theirs.attachments, refused);
  const ours = await found(road, road.directions.out);
  const leftParcels = await leaveParcels(road, ours.parcels);
  const leftFiles = await leaveAttachments(road, ours.attachments);
  return { taken: takenParcels + takenFiles, left: leftParcels + leftFiles, refused };
}

async function found(
  { drop }: DropRoad,
  direction: string,
): Promise<{ readonly parcels: readonly Found<'parcel'>[]; readonly attachments: readonly Found<'attachment'>[] }> {
  const parcels: Found<'parcel'>[] = [];
  const attachments: Found<'attachment'>[] = [];
  for (const item of await drop.list(`${direction}-`)) {
    const name = readDropName(item.name);
    if (name?.kind === 'parcel') parcels.push({ ...name, item });
    else if (name?.kind === 'attachment') attachments.push({ ...name, item });
  }
  return { parcels: parcels.sort((one, other) => one.from - other.from || other.to - one.to), attachments };
}

async function takeParcels(
  { drop, held, acceptParcel }: DropRoad,
  parcels: readonly Found<'parcel'>[],
  refused: { name: string; code: RefusalCode }[],
): Promise<number> {
  let taken = 0;
  let have = await held();
  for (const { from, to, item } of parcels) {
    if (to <= have || from > have) continue;
    await concerning(item.name, refused, async () => {
      const source = await drop.read(item.name, peerLimits.parcelBytes);
      await acceptParcel(Buffer.concat(await Array.fromAsync(source.read(0, source.size))));
      taken += 1;
    });
    have = await held();
  }
  return taken;
}

async function takeAttachments(
  { drop, custody, reception, relation }: DropRoad,
  attachments: readonly Found<'attachment'>[],
  refused: { name: string; code: RefusalCode }[],
): Promise<number> {
  let taken = 0;
  for (const file of await awaitedAttachments(custody.database, relation)) {
    const name = attachments.find(({ sealed }) => sealed === file.sealedSha256)?.item.name;
    if (name === undefined) continue;
    await concerning(name, refused, async () => {
      const source = await drop.read(name, file.sealedSize);
      const { have, size } = await reception.readOffset(file);
      if (have < size) await reception.append(file, have, source.read(have, source.size));
      taken += 1;
    });
  }
  return taken;
}

async function leaveParcels(
  { drop, directions, receipted, reSealFrom, reSealed, makeParcel }: DropRoad,
  parcels: readonly Found<'parcel'>[],
): Promise<number> {
  const known = await receipted();
  const anew = await reSealFrom?.();
  let at = known;
  let left = 0;
  let waiting = 0;
  for (const { from, to, item } of parcels) {
    if (to <= known || (anew !== undefined && to > anew)) {
      await drop.remove(item.name);
      continue;
    }
    waiting += item.size;
    if (from <= at && to > at) at = to;
  }
  while (waiting < mostWaiting) {
    const parcel = await makeParcel(at);
    if (parcel === undefined) break;
    const name = writeDropName({ kind: 'parcel', direction: directions.out, from: at, to: parcel.end });
    await drop.put(name, bytesSource(parcel.sealed));
    waiting += parcel.sealed.length;
    at = parcel.end;
    left += 1;
  }
  if (anew !== undefined) await reSealed?.(anew);
  return left;
}

async function leaveAttachments(
  { drop, directions, custody, relation }: DropRoad,
  attachments: readonly Found<'attachment'>[],
): Promise<number> {
  let left = 0;
  const unsent = await unsentAttachments(custody.database, relation);
  for (const { sealed, item } of attachments) {
    if (!unsent.some(({ sealedSha256 }) => sealedSha256 === sealed)) await drop.remove(item.name);
  }
  for (const file of unsent) {
    const there = attachments.find(({ sealed }) => sealed === file.sealedSha256);
    if (there?.item.size === file.sealedSize) continue;
    const name = writeDropName({ kind: 'attachment', direction: directions.out, sealed: file.sealedSha256 });
    await drop.put(name, (await presentAttachment(custody, file)).file);
    left += 1;
  }
  return left;
}

/** What one file is refused for holds up no other; what the road or the machine lacks ends the visit. */
export async function concerning(
  name: string,
  refused: { name: string; code: RefusalCode }[],
  verb: () => Promise<void>,
): Promise<void> {
  try {
    await verb();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'link-down' || error.code === 'store-full') throw error;
    refused.push({ name, code: error.code });
  }
}
