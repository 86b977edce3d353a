import type { ClockReading, DossierState, JsonObject } from '@entente/protocol';
import type { DeclaredTrack } from '@entente/tracks';

/** Counts the dossiers of one track as they pass by: states, counters, and figures with both their sets. */
export interface TrackCount {
  take(state: DossierState, clock: (name: string) => ClockReading | undefined): void;
  result(): JsonObject;
}

export function countTrack(track: DeclaredTrack): TrackCount {
  let dossiers = 0;
  const states = new Map(track.states.map((state) => [state, 0]));
  const counters = new Map(track.counters.map(({ name }) => [name, 0]));
  const figures = new Map(track.figures.map(({ name }) => [name, { name, numerator: 0, denominator: 0 }]));
  return {
    take(state, clock) {
      if (state.track !== track.name) return;
      dossiers++;
      states.set(state.state, (states.get(state.state) ?? 0) + 1);
      for (const { name, counts } of track.counters)
        if (counts(state)) counters.set(name, (counters.get(name) ?? 0) + 1);
      for (const { name, numerator, denominator } of track.figures) {
        const figure = figures.get(name);
        if (figure === undefined) continue;
        if (denominator({ state, clock })) figure.denominator++;
        if (numerator({ state, clock })) figure.numerator++;
      }
    },
    result: () => ({
      track: track.name,
      dossiers,
      states: Object.fromEntries(states),
      counters: Object.fromEntries(counters),
      figures: [...figures.values()],
    }),
  };
}
