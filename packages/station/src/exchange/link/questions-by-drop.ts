import type { DeadDrop } from '../../adapters/dead-drop.ts';
import { bytesSource } from '../../adapters/source.ts';
import { type DropName, readDropName, writeDropName } from './drop-name.ts';
import { peerLimits } from './peer-limits.ts';

/** What two stations ask and answer over a dead drop when one of them was restored. */
export interface QuestionRoad {
  readonly drop: DeadDrop;
  /** `dropDirection` of our channel and of theirs. */
  readonly directions: { readonly out: string; readonly in: string };
  /** What we ask; undefined where we have caught up. */
  readonly asks: () => Promise<string | undefined>;
  /** The file by which we ask: a drop sees sealed files only. */
  readonly sealQuestion: () => Promise<Uint8Array>;
  /** Whether an answer that lies there is of no use and is left anew. */
  readonly isAnew: () => Promise<boolean>;
  readonly answer: (question: string) => Promise<Uint8Array>;
  readonly takeAnswer: (sealed: Uint8Array) => Promise<void>;
}

/** Takes the answer to what we ask, asks on, and answers the newest of what they ask. @returns how many files moved */
export async function questionsByDrop(road: QuestionRoad): Promise<number> {
  const theirs = await found(road, road.directions.in);
  const ours = await found(road, road.directions.out);
  const taken = await takeAnswer(road, theirs);
  const asked = await ask(road, ours);
  const answered = await answer(road, theirs, ours);
  return taken + asked + answered;
}

type Found = Extract<DropName, { kind: 'question' | 'answer' }> & { readonly file: string };

async function found({ drop }: QuestionRoad, direction: string): Promise<readonly Found[]> {
  return (await drop.list(`${direction}-`)).flatMap(({ name: file }) => {
    const name = readDropName(file);
    return name?.kind === 'question' || name?.kind === 'answer' ? [{ ...name, file }] : [];
  });
}

async function takeAnswer({ drop, asks, takeAnswer: take }: QuestionRoad, theirs: readonly Found[]): Promise<number> {
  const question = await asks();
  const answered = theirs.find((one) => one.kind === 'answer' && one.question === question);
  if (answered === undefined) return 0;
  const source = await drop.read(answered.file, peerLimits.parcelBytes);
  await take(Buffer.concat(await Array.fromAsync(source.read(0, source.size))));
  return 1;
}

async function ask({ drop, directions, asks, sealQuestion }: QuestionRoad, ours: readonly Found[]): Promise<number> {
  const question = await asks();
  const questions = ours.filter(({ kind }) => kind === 'question');
  for (const one of questions) if (one.question !== question) await drop.remove(one.file);
  if (question === undefined || questions.some((one) => one.question === question)) return 0;
  const name = writeDropName({ kind: 'question', direction: directions.out, question });
  await drop.put(name, bytesSource(await sealQuestion()));
  return 1;
}

async function answer(
  { drop, directions, answer: answerTo, isAnew }: QuestionRoad,
  theirs: readonly Found[],
  ours: readonly Found[],
): Promise<number> {
  // One at a time: whoever keeps the drop could ask without end.
  const question = theirs.findLast(({ kind }) => kind === 'question')?.question;
  const answers = ours.filter(({ kind }) => kind === 'answer');
  for (const one of answers) if (one.question !== question) await drop.remove(one.file);
  if (question === undefined) return 0;
  if (answers.some((one) => one.question === question) && !(await isAnew())) return 0;
  const name = writeDropName({ kind: 'answer', direction: directions.out, question });
  await drop.put(name, bytesSource(await answerTo(question)));
  return 1;
}
