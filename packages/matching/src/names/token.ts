import { encodeSpelling } from '../spelling/alphabet.ts';
import { arabicCore, latinCore } from './affixes.ts';
import type { NamePart } from './parts.ts';

/** One word of a name, ready to be compared. Frozen facts of a spelling: keep one per distinct `key`. */
export type NameToken = {
  /** As it stands in the name, for an explanation. */
  readonly written: string;
  /** Folded letters: two tokens with the same key compare alike in every respect but place. */
  readonly key: string;
  readonly script: 'latin' | 'arabic';
  readonly kind: 'name' | 'initial' | 'style';
  readonly family: boolean;
  readonly linked: boolean;
  /** Bits of what was taken off the core: *abd-*, *-eddine*, *-ullah*. */
  readonly affixes: number;
  /** The core, as symbols of its script's alphabet. */
  readonly symbols: Uint8Array;
  /** A second reading of the core, where a glued article or *Ben-* may be part of it or not. */
  readonly otherSymbols: Uint8Array | undefined;
};

export function tokenOf(part: NamePart): NameToken {
  const core = part.script === 'arabic' ? arabicCore(part.letters) : latinCore(part.letters);
  return {
    written: part.written ?? part.letters,
    key: part.letters,
    script: part.script,
    kind: part.kind,
    family: part.family,
    linked: part.linked,
    affixes: core.affixes,
    symbols: encodeSpelling(core.letters, part.script),
    otherSymbols: core.other === undefined ? undefined : encodeSpelling(core.other, part.script),
  };
}
