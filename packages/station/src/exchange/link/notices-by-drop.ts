import { Refusal, type RefusalCode } from '@entente/protocol';
import { maximumSealedNotices } from '@entente/wire';
import type { DeadDrop } from '../../adapters/dead-drop.ts';
import { bytesSource } from '../../adapters/source.ts';
import { noticesName } from './drop-name.ts';
import type { DropVisit } from './exchange-by-drop.ts';

/** Root's notices over a dead drop: one file in each direction, so that nothing else put there is ever read for one. */
export interface NoticeRoad {
  readonly drop: DeadDrop;
  /** `dropDirection` of notices: the same whatever epoch and accord, which notices may change. */
  readonly directions: { readonly out: string; readonly in: string };
  readonly take: (sealed: Uint8Array) => Promise<{ readonly taken: number; readonly refused: readonly RefusalCode[] }>;
  /** What is to lie there now; undefined where the counterpart has everything. */
  readonly due: () => Promise<DueNotices | undefined>;
  readonly lying: LyingNotices;
}

/** Notices to be left: a name for these very ones sealed to this very key, never seen outside, and the file. */
export interface DueNotices {
  readonly mark: string;
  readonly seal: () => Promise<Uint8Array>;
}

/** What this process knows of its file in a drop: it cannot open it. After a start it is left, or removed, once more. */
export class LyingNotices {
  mark: string | undefined = 'unknown';
  size = 0;
}

/** Takes what the counterpart's root said. It stays there: who left a file removes it. */
export async function takeNoticesByDrop({
  drop,
  directions,
  take,
}: NoticeRoad): Promise<Pick<DropVisit, 'taken' | 'refused'>> {
  const name = noticesName(directions.in);
  try {
    const source = await drop.read(name, maximumSealedNotices);
    const { taken, refused } = await take(Buffer.concat(await Array.fromAsync(source.read(0, source.size))));
    return { taken, refused: refused.map((code) => ({ name, code })) };
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'link-down' || error.code === 'store-full') throw error;
    return { taken: 0, refused: error.code === 'attachment-unknown' ? [] : [{ name, code: error.code }] };
  }
}

/** Leaves what our root said and the counterpart is not known to have; removes it once it is. */
export async function leaveNotices({ drop, directions, due, lying }: NoticeRoad): Promise<void> {
  const name = noticesName(directions.out);
  const notices = await due();
  if (notices === undefined) {
    if (lying.mark !== undefined) await drop.remove(name);
    lying.mark = undefined;
    return;
  }
  const there = (await drop.list(name)).find((item) => item.name === name);
  if (lying.mark === notices.mark && there?.size === lying.size) return;
  const sealed = await notices.seal();
  await drop.put(name, bytesSource(sealed));
  lying.mark = notices.mark;
  lying.size = sealed.length;
}
