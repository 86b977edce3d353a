import type { LinedAct } from './act.ts';
import type { ActType, ClockMove, ClockRun } from './track.ts';

/**
 * The clocks of one dossier while it is folded. A start opens a run; every other move goes to all runs not yet ended, and
 * to these alone it costs anything: a dossier opened and closed a hundred thousand times is folded like any other.
 */
export class ClockRuns {
  readonly runs: ClockRun[] = [];
  readonly #open = new Map<string, readonly number[]>();

  /** What an act does to the clocks of its dossier. */
  move(type: ActType, act: LinedAct): void {
    for (const move of type.clocks ?? []) if (applies(move, act)) this.#move(move, act);
  }

  #move({ clock, move }: ClockMove, { id }: LinedAct): void {
    const open = this.#open.get(clock) ?? [];
    if (move === 'start') {
      this.#open.set(clock, [...open, this.runs.length]);
      this.runs.push({ clock, trigger: id, moves: [] });
      return;
    }
    for (const at of open) {
      const run = this.runs[at];
      if (run !== undefined) this.runs[at] = { ...run, moves: [...run.moves, { move, act: id }] };
    }
    if (move === 'end') this.#open.delete(clock);
  }
}

function applies({ when }: ClockMove, act: LinedAct): boolean {
  return when === undefined || act.head.inputs[when.input] === when.is;
}
