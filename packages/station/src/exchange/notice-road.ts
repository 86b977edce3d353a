import { mostNotices, readNotices, seal, writeNotices } from '@entente/wire';
import type { DeadDrop } from '../adapters/dead-drop.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { allNotices, untakenNotices } from '../store/notices.ts';
import { dropDirection } from './link/drop-name.ts';
import type { LyingNotices, NoticeRoad } from './link/notices-by-drop.ts';
import { openSealedParcel } from './open-sealed.ts';
import { takeNotices } from './take-notices.ts';

/**
 * A relation's notices over a dead drop, sealed as everything there. A counterpart that asks what it lacks was restored: it may
 * have lost any of them, whatever it took before.
 */
export function noticeRoad(
  parts: Parts,
  relation: Relation,
  drop: DeadDrop,
  lying: LyingNotices,
  counterpartAsks: () => boolean,
): NoticeRoad {
  const { crypto, database } = parts;
  const { own, counterpart, authority, number } = relation;
  const direction = (from: string, to: string): string => dropDirection(crypto, authority.firstAccord, `${from}/${to}`);
  return {
    drop,
    lying,
    directions: { out: direction(own, counterpart), in: direction(counterpart, own) },
    take: async (sealed) => takeNotices(parts, relation, readNotices(await openSealedParcel(parts, relation, sealed))),
    due: async () => {
      const notices = await (counterpartAsks() ? allNotices : untakenNotices)(database, number, own);
      if (notices.length === 0) return undefined;
      const first = notices.slice(0, mostNotices);
      const recipient = relation.sealNoticesTo();
      const mark = [recipient, ...first.map(({ hash }) => hash)].join(' ');
      return { mark, seal: () => seal(crypto, [recipient], writeNotices(first.map(({ bytes }) => bytes))) };
    },
  };
}
