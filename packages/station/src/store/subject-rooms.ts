import type { Identity } from '@entente/matching';
import type { Queryable } from './database.ts';

/** How far a room of subjects has changed (migration 0012). */
export interface RoomMark {
  readonly last: number;
  /** Changes up to this one are no longer kept. */
  readonly dropped: number;
  /** The change at which it was written whole, where that still stands. */
  readonly snapshot: number | null;
}

export async function readRoom(queryable: Queryable, room: string): Promise<RoomMark | undefined> {
  const { rows } = await queryable.query<RoomMark>({
    name: 'read-subject-room',
    text: 'select last, dropped, snapshot from subject_room where room = $1',
    values: [room],
  });
  return rows[0];
}

/** Every room there is, with how many stand in it. */
export async function listRooms(
  queryable: Queryable,
): Promise<readonly { readonly room: string; readonly members: number }[]> {
  const { rows } = await queryable.query<{ room: string; members: number }>(
    `select room, (select count(*)::int from subject s where s.room = subject_room.room and identity is not null) as members
     from subject_room order by room`,
  );
  return rows;
}

const piece = 5000;

/** Everybody in a room, in pieces. */
export async function* roomMembers(
  queryable: Queryable,
  room: string,
): AsyncGenerator<readonly (readonly [key: string, identity: Identity])[]> {
  for (let after = 0; ;) {
    const { rows } = await queryable.query<{ subject: number; identity: Identity }>({
      name: 'room-members',
      text: `select subject, identity from subject where room = $1 and subject > $2 and identity is not null
             order by subject limit $3`,
      values: [room, after, piece],
    });
    yield rows.map(({ subject, identity }) => [String(subject), identity] as const);
    const last = rows.at(-1);
    if (last === undefined || rows.length < piece) return;
    after = last.subject;
  }
}

/** What changed in a room after one change up to another, as it is now; no identity: it has gone. */
export async function* changedSince(
  queryable: Queryable,
  room: string,
  from: number,
  to: number,
): AsyncGenerator<{ readonly subject: number; readonly identity: Identity | null }> {
  for (let after = 0; ;) {
    const { rows } = await queryable.query<{ subject: number; identity: Identity | null }>({
      name: 'changed-since',
      text: `select changed.subject, subject.identity
             from (select distinct subject from subject_change
                   where room = $1 and number > $2 and number <= $3 and subject > $4 order by subject limit $5) changed
               left join subject on subject.subject = changed.subject and subject.room = $1
             order by changed.subject`,
      values: [room, from, to, after, piece],
    });
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < piece) return;
    after = last.subject;
  }
}

/** Writes a room whole, piece by piece; it counts once it is published. */
export async function writeSnapshot(queryable: Queryable, room: string, pieces: Iterable<Uint8Array>): Promise<void> {
  await queryable.query('update subject_room set snapshot = null where room = $1', [room]);
  await queryable.query('delete from subject_snapshot where room = $1', [room]);
  let at = 0;
  for (const bytes of pieces) {
    await queryable.query('insert into subject_snapshot values ($1, $2, $3)', [room, at, bytes]);
    at += 1;
  }
}

/**
 * Lets the snapshot of a room count, if nothing has changed since: somebody who was erased meanwhile would be in it. Else it
 * is removed. Changes before it need not be kept, but for processes that are a little behind.
 * @returns whether it counts
 */
export async function publishSnapshot(queryable: Queryable, room: string, number: number): Promise<boolean> {
  const { rowCount } = await queryable.query(
    'update subject_room set snapshot = $2, dropped = greatest(dropped, $2 - 1000) where room = $1 and last = $2',
    [room, number],
  );
  if (rowCount === 1) {
    await queryable.query(
      'delete from subject_change using subject_room r where subject_change.room = $1 and r.room = $1 and number <= r.dropped',
      [room],
    );
    return true;
  }
  await queryable.query(
    'delete from subject_snapshot where room = $1 and exists (select from subject_room r where r.room = $1 and snapshot is null)',
    [room],
  );
  return false;
}

/** The pieces of a room's snapshot, in order; none where there is none. */
export async function readSnapshot(queryable: Queryable, room: string): Promise<readonly Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const { rows } = await queryable.query<{ bytes: Uint8Array }>(
      'select bytes from subject_snapshot where room = $1 and piece = $2',
      [room, pieces.length],
    );
    if (rows[0] === undefined) return pieces;
    pieces.push(rows[0].bytes);
  }
}
