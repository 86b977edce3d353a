import { type DossierId, effectiveTime, type EffectiveTime, type Instant } from '@entente/protocol';
import type { Transaction } from '../store/database.ts';
import { readLeafTimes, type TimeRun, writeTimeRuns } from '../store/entry-times.ts';
import type { HeldChannel, HeldChannels } from '../store/folding.ts';
import { readLeaves } from '../store/leaves.ts';
import type { Piece, Side } from './next-piece.ts';

interface Timed {
  readonly dossier: DossierId;
  readonly index: number;
  readonly time: Instant;
  readonly seen: number;
}

/** One channel while its times are worked out: leaves from `start` on, and the effective times found so far. */
interface Course {
  readonly channel: HeldChannel;
  readonly start: number;
  readonly leaves: readonly Timed[];
  readonly firstSeeing: (index: number) => Instant | undefined;
  /** Effective times before `start` that some leaf rests on. */
  readonly earlier: ReadonlyMap<number, { readonly instant: Instant }>;
  readonly found: EffectiveTime[];
}

/**
 * Works out the effective times (PROTOCOL §3.5) of the leaves of a piece and, where the piece sees more of the other
 * channel than was seen before, of the leaves that this makes final. Only those that differ from the claim are kept.
 * @returns the dossiers of leaves whose claimed time is disputed
 */
export async function settleTimes(
  transaction: Transaction,
  relation: number,
  channels: HeldChannels,
  piece: Piece,
): Promise<readonly DossierId[]> {
  const own = await courseOf(transaction, relation, channels.own, piece.from.own, piece.own, piece.theirs);
  const theirs = await courseOf(transaction, relation, channels.theirs, piece.from.theirs, piece.theirs, piece.own);
  const courses = [
    { ...own, earlier: await earlierTimes(transaction, relation, own, theirs) },
    { ...theirs, earlier: await earlierTimes(transaction, relation, theirs, own) },
  ] as const;
  runCourses(courses[0], courses[1]);
  const disputed = new Set<DossierId>();
  for (const course of courses) {
    if (course.leaves.length === 0) continue;
    await writeTimeRuns(transaction, relation, course.channel.channel, course.start, runsOf(course));
    for (const [at, { dossier }] of course.leaves.entries())
      if ((course.found[at]?.excess ?? 0) > 0) disputed.add(dossier);
  }
  return [...disputed];
}

async function courseOf(
  transaction: Transaction,
  relation: number,
  channel: HeldChannel,
  from: number,
  side: Side,
  other: Side,
): Promise<Omit<Course, 'earlier'>> {
  const start = other.sawAfter > other.sawBefore ? Math.min(other.sawBefore, from) : from;
  const tail = await readLeaves(transaction, relation, channel.channel, start, from);
  const firstSeeing = firstSeeingIn(other);
  return { channel, start, leaves: [...tail, ...side.leaves], firstSeeing, found: [] };
}

/** For an index of this channel: the claimed time of the other side's first leaf of the piece that sees it. */
function firstSeeingIn({ leaves, sawBefore, sawAfter }: Side): Course['firstSeeing'] {
  return (index) => {
    if (index < sawBefore || index >= sawAfter) return undefined;
    let low = 0;
    let high = leaves.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((leaves[middle]?.seen ?? 0) > index) high = middle;
      else low = middle + 1;
    }
    return leaves[low]?.time;
  };
}

/** The effective times before a course's start that it or the other course rests on. */
function earlierTimes(
  transaction: Transaction,
  relation: number,
  course: Omit<Course, 'earlier'>,
  other: Omit<Course, 'earlier'>,
): Promise<Course['earlier']> {
  const wanted = new Set(other.leaves.map(({ seen }) => seen - 1));
  wanted.add(course.start - 1);
  const before = [...wanted].filter((index) => index >= 0 && index < course.start);
  return readLeafTimes(transaction, relation, course.channel.channel, before);
}

/** Each leaf after all it has seen, as the protocol's rule for one leaf needs it. */
function runCourses(one: Course, other: Course): void {
  for (let moved = true; moved;) {
    moved = false;
    for (const [course, seenCourse] of [
      [one, other],
      [other, one],
    ] as const) {
      for (
        let leaf = course.leaves[course.found.length];
        leaf !== undefined;
        leaf = course.leaves[course.found.length]
      ) {
        if (leaf.seen > seenCourse.start + seenCourse.found.length) break;
        const before = [timeAt(course, leaf.index - 1), timeAt(seenCourse, leaf.seen - 1)];
        const known = before.filter((time) => time !== undefined);
        course.found.push(effectiveTime(leaf.time, known, course.firstSeeing(leaf.index)));
        moved = true;
      }
    }
  }
}

function timeAt({ start, found, earlier }: Course, index: number): Instant | undefined {
  return (index >= start ? found[index - start] : earlier.get(index))?.instant;
}

function runsOf({ leaves, found }: Course): readonly TimeRun[] {
  const runs: TimeRun[] = [];
  for (const [at, { instant, excess }] of found.entries()) {
    const leaf = leaves[at];
    if (leaf === undefined || (instant === leaf.time && excess === 0)) continue;
    const last = runs.at(-1);
    if (last !== undefined && last.last === leaf.index - 1 && last.instant === instant && last.excess === excess)
      runs[runs.length - 1] = { ...last, last: leaf.index };
    else runs.push({ first: leaf.index, last: leaf.index, instant, excess });
  }
  return runs;
}
