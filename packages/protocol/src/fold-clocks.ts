import type { LinedAct } from './act.ts';
import type { ActType, ClockMove, ClockRun } from './track.ts';

/** What an act does to the clocks of its dossier. A start opens a run; every other move goes to all runs not yet ended. */
export function moveClocks(runs: readonly ClockRun[], type: ActType, act: LinedAct): readonly ClockRun[] {
  let moved = runs;
  for (const move of type.clocks ?? []) if (applies(move, act)) moved = moveClock(moved, move, act);
  return moved;
}

function applies({ when }: ClockMove, act: LinedAct): boolean {
  return when === undefined || act.head.inputs[when.input] === when.is;
}

function moveClock(runs: readonly ClockRun[], { clock, move }: ClockMove, { id }: LinedAct): readonly ClockRun[] {
  if (move === 'start') return [...runs, { clock, trigger: id, moves: [] }];
  return runs.map((run) =>
    run.clock !== clock || run.moves.at(-1)?.move === 'end'
      ? run
      : { ...run, moves: [...run.moves, { move, act: id }] },
  );
}
