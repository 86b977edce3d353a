import type { DeclaredTrack } from './declared-track.ts';
import { leads } from './leads/index.ts';

/** Every track that this software knows; an accord says which of them run. */
export const tracks: readonly DeclaredTrack[] = [leads];
