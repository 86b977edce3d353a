import type { JsonObject } from '@entente/protocol';
import { RefusedByStation } from './api.ts';
import { Conversation } from './conversation.ts';
import { type Course, liveCourses, threatCourse } from './courses.ts';
import type { Desk } from './desk.ts';
import { parties, type Party, relation } from './parties.ts';
import { listIn, objectIn } from './read-json.ts';
import type { Screen } from './screen.ts';
import { wordsOf } from './track-words.ts';

const tick = 250;
const betweenQuestions = 4000;
const thinking = 1200;
const mostAtOnce = 60;

interface Talk {
  readonly conversation: Conversation;
  due: number;
}

/** Both sides at work while one watches: now one asks, now the other, and each answers what has arrived at its own station. */
export class Live {
  readonly #desks: Readonly<Record<Party, Desk>>;
  readonly #screen: Screen;
  readonly #isCut: () => boolean;
  readonly #talks = new Set<Talk>();
  readonly #answered: PromiseWithResolvers<void> = Promise.withResolvers();
  readonly #stopped = new AbortController();
  #number: number;
  #running: Promise<void> | undefined;

  /** @param number how many dossiers there are: new ones are told apart by it */
  constructor(desks: Readonly<Record<Party, Desk>>, screen: Screen, number: number, isCut: () => boolean) {
    this.#desks = desks;
    this.#screen = screen;
    this.#isCut = isCut;
    this.#number = number;
  }

  /** Resolves once a lead opened here was answered by the other side. */
  get answered(): Promise<void> {
    return this.#answered.promise;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  /** France learns of a threat to life and tells it now. */
  threaten(): void {
    this.#open('fr', threatCourse);
  }

  #open(party: Party, course: Course): void {
    this.#number += 1;
    this.#talks.add({ conversation: new Conversation(party, course, this.#number), due: 0 });
  }

  async #run(): Promise<void> {
    let nextQuestion = 0;
    for (let count = 0; !this.#stopped.signal.aborted;) {
      if (performance.now() >= nextQuestion && this.#talks.size < mostAtOnce) {
        const course = liveCourses[Math.floor(count / 2) % liveCourses.length];
        if (course !== undefined) this.#open(parties[count % 2] ?? 'fr', course);
        nextQuestion = performance.now() + betweenQuestions;
        count += 1;
      }
      for (const talk of this.#talks) await this.#advance(talk);
      await new Promise((resolve) => setTimeout(resolve, tick));
    }
  }

  async #advance(talk: Talk): Promise<void> {
    const { conversation } = talk;
    const { turn } = conversation;
    if (turn === undefined) this.#talks.delete(talk);
    if (turn === undefined || performance.now() < talk.due || this.#stopped.signal.aborted) return;
    try {
      if (!(await hasArrived(this.#desks[turn], conversation))) return;
      const [said] = await this.#desks[turn].say([conversation.want(new Date())]);
      const { next } = conversation;
      if (said !== undefined) conversation.advance(said);
      if (this.#isCut() && next !== undefined) {
        this.#screen.tell(turn, new Date(), `signed, waits: ${wordsOf(next.type)}`, 'aside');
      }
      talk.due = performance.now() + thinking;
      if (conversation.hasSaid('answer')) this.#answered.resolve();
    } catch (error) {
      // A station that starts again is waited for; what a station refuses is shown, and the dossier left as it is.
      if (!(error instanceof RefusedByStation)) return;
      this.#talks.delete(talk);
      this.#screen.alarm(`refused: ${error.message}`);
    }
  }
}

/** Whether the officer has the last act before them: in the dossier as their own station has folded it. */
async function hasArrived({ api }: Desk, { dossier, lastAct }: Conversation): Promise<boolean> {
  if (dossier === undefined) return true;
  try {
    const { state } = await api.get(`/v1/relations/${relation}/dossiers/${dossier}`);
    return actsOf(objectIn(state)).some(({ id }) => id === lastAct);
  } catch (error) {
    if (error instanceof RefusedByStation && error.code === 'dossier-unknown') return false;
    throw error;
  }
}

function actsOf(state: JsonObject): readonly JsonObject[] {
  return listIn(state, 'acts');
}
