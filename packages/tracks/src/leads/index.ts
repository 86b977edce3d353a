import type { DeclaredTrack } from '../declared-track.ts';
import { leadsActs } from './acts.ts';
import { leadsClockDefaults, leadsClocks, leadsEscalations } from './clocks.ts';
import { leadsCounters, leadsFigures } from './counters.ts';
import { foldLead, leadsInitialData } from './fold.ts';
import { leadsGates } from './gates.ts';
import { leadsRequirements } from './requirements.ts';
import { closed, leadStates } from './states.ts';
import { comparablePurposes, subjectsOf } from './comparable.ts';
import { leadsVectorsHash } from './vectors-hash.ts';
import { leadsWords } from './words.ts';

/** The exchange of criminal information: requests, spontaneous information, threats to life. */
export const leads: DeclaredTrack = {
  name: 'leads',
  version: 1,
  states: leadStates,
  closed,
  acts: leadsActs,
  clocks: leadsClocks,
  gates: leadsGates,
  counters: leadsCounters,
  initialData: leadsInitialData,
  fold: foldLead,
  words: leadsWords,
  requirements: leadsRequirements,
  escalations: leadsEscalations,
  figures: leadsFigures,
  subjectsOf,
  comparablePurposes,
  clockDefaults: leadsClockDefaults,
  vectors: leadsVectorsHash,
};
