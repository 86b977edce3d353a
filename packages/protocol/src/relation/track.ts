import { administrationActs } from './administration-acts.ts';
import { rootActs } from './root-acts.ts';
import { stationActs } from './station-acts.ts';
import { blindActs } from './blind-acts.ts';
import { officerActs } from './officer-acts.ts';
import { relationWords } from './words.ts';
import type { DossierId } from '../identifiers.ts';
import type { Track } from '../track.ts';

/** Where the relation's own acts stand: they belong to no case. */
export const relationDossier: DossierId = '0'.repeat(32) as DossierId;

/** The relation's own acts. They write registers, not dossier states, and pass every lane (PROTOCOL §3.9). */
export const relationTrack: Track = {
  name: 'relation',
  version: 1,
  states: [],
  closed: [],
  acts: [...stationActs, ...administrationActs, ...officerActs, ...rootActs, ...blindActs],
  clocks: [],
  gates: [],
  counters: [],
  initialData: {},
  fold: (data) => data,
  words: relationWords,
};
