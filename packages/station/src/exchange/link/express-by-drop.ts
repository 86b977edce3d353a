import type { ActId } from '@entente/protocol';
import type { DeadDrop } from '../../adapters/dead-drop.ts';
import { bytesSource } from '../../adapters/source.ts';
import { readDropName, writeDropName } from './drop-name.ts';
import { concerning, type DropVisit } from './exchange-by-drop.ts';
import { peerLimits } from './peer-limits.ts';

/** What goes ahead of its prefix over a dead drop. */
export interface ExpressRoad {
  readonly drop: DeadDrop;
  /** `dropDirection` of our channel and of theirs. */
  readonly directions: { readonly out: string; readonly in: string };
  /** Acts of ours that go ahead now; what was due before and is not any more has been receipted. */
  readonly due: () => Promise<readonly { readonly act: ActId; readonly seal: () => Promise<Uint8Array> }[]>;
  /** Whether what lies there is of no use and is left anew. */
  readonly isAnew: () => Promise<boolean>;
  /** Whether an act of theirs is here already, in the channel or ahead of it. */
  readonly isHere: (act: ActId) => Promise<boolean>;
  /** The receipt stands in our channel: it goes with the next parcel. */
  readonly accept: (sealed: Uint8Array) => Promise<unknown>;
}

/** Takes what came ahead, leaves what goes ahead, and removes what was receipted. */
export async function expressByDrop(road: ExpressRoad): Promise<DropVisit> {
  const { drop, directions } = road;
  const refused: DropVisit['refused'][number][] = [];
  let taken = 0;
  for (const { act, file } of await found(drop, directions.in)) {
    if (await road.isHere(act)) continue;
    await concerning(file, refused, async () => {
      const source = await drop.read(file, peerLimits.parcelBytes);
      await road.accept(Buffer.concat(await Array.fromAsync(source.read(0, source.size))));
      taken += 1;
    });
  }
  const due = await road.due();
  const lying = await found(drop, directions.out);
  for (const { act, file } of lying) if (due.every((one) => one.act !== act)) await drop.remove(file);
  const anew = await road.isAnew();
  const fresh = due.filter(({ act }) => anew || lying.every((one) => one.act !== act));
  for (const { act, seal } of fresh) {
    await drop.put(writeDropName({ kind: 'express', direction: directions.out, act }), bytesSource(await seal()));
  }
  return { taken, left: fresh.length, refused };
}

async function found(
  drop: DeadDrop,
  direction: string,
): Promise<readonly { readonly act: ActId; readonly file: string }[]> {
  return (await drop.list(`${direction}-`)).flatMap(({ name: file }) => {
    const name = readDropName(file);
    return name?.kind === 'express' ? [{ act: name.act, file }] : [];
  });
}
