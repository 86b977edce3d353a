import type { PreparedToken } from '../score/prepared-name.ts';
import { givenNamesAgree } from '../names/given-name.ts';
import { togetherLog } from './transducer.ts';

/** Below this two tokens are not one word; also what incomparable tokens get. In nats. */
export const NO_EVIDENCE = -12;
const OTHER_READING = -0.7;
const SAME_AFFIX = 1;
const OTHER_AFFIX = -2.5;
/** Listed as different given names: Hassan and Hussein are two brothers, not two spellings. */
const OTHER_NAME = -7;
const SAME_NAME_SHARE = 0.75;
const SAME_INITIAL = 1.5;

/** What the last comparison of tokens found; overwritten by the next, so that comparing allocates nothing. */
export const tokenMatch = {
  /** Nats, see `tokenEvidence`. */
  evidence: 0,
  /** Its share of what two equal spellings would give: 1 is fully explained, 0 chance, below 0 unlike. */
  share: 0,
};

/**
 * How much likelier two words are spellings of one name than two names that met by chance: ln P(a, b) − ln P(a) − ln P(b),
 * in nats. Above 0 they agree. Symmetric, and the same across scripts; at most about 30, for long rare words. The share
 * is left in `tokenMatch.share`.
 */
export function tokenEvidence(a: PreparedToken, b: PreparedToken): number {
  if (a.kind === 'initial' || b.kind === 'initial') return found(initialEvidence(a, b), 2);
  const agree = givenNamesAgree(a.givenName, b.givenName);
  if (agree === 1 && a.givenName.listed && b.givenName.listed) return sameGivenName(a, b);
  if (areUnlike(a.classes, b.classes)) return found(NO_EVIDENCE, (a.information + b.information) / 2);
  const affixes = affixEvidence(a, b) + (agree === -1 ? OTHER_NAME : 0);
  const { symbols, information } = a;
  found(
    togetherLog(symbols, a.script, b.symbols, b.script) + information + b.information + affixes,
    (information + b.information) / 2,
  );
  if (b.otherSymbols !== undefined) {
    better(
      togetherLog(symbols, a.script, b.otherSymbols, b.script) + information + b.otherInformation + affixes,
      (information + b.otherInformation) / 2,
    );
  }
  if (a.otherSymbols !== undefined) {
    const other = a.otherInformation;
    better(
      togetherLog(a.otherSymbols, a.script, b.symbols, b.script) + other + b.information + affixes,
      (other + b.information) / 2,
    );
    if (b.otherSymbols !== undefined) {
      better(
        togetherLog(a.otherSymbols, a.script, b.otherSymbols, b.script) + other + b.otherInformation + affixes,
        (other + b.otherInformation) / 2,
      );
    }
  }
  return tokenMatch.evidence;
}

/** Words are not measured letter by letter where the one with fewer consonant classes lacks most of them in the other. */
function areUnlike(a: number, b: number): boolean {
  if (a === 0 || b === 0) return false;
  const common = bitCount(a & b);
  return common * 2 < Math.min(bitCount(a), bitCount(b));
}

function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x5555);
  const fours = (pairs & 0x3333) + ((pairs >>> 2) & 0x3333);
  const eights = (fours + (fours >>> 4)) & 0x0f0f;
  return (eights + (eights >>> 8)) & 0x1f;
}

/** Two listed spellings of one given name, however far apart: Mohamed, محمد, Mehmet. */
function sameGivenName(a: PreparedToken, b: PreparedToken): number {
  const full = (a.information + b.information) / 2;
  const spelled = togetherLog(a.symbols, a.script, b.symbols, b.script) + a.information + b.information;
  return found(Math.max(SAME_NAME_SHARE * full, spelled) + affixEvidence(a, b), full);
}

function affixEvidence(a: PreparedToken, b: PreparedToken): number {
  if (a.affixes !== b.affixes) return OTHER_AFFIX;
  return a.affixes === 0 ? 0 : SAME_AFFIX;
}

function found(evidence: number, full: number): number {
  tokenMatch.evidence = Math.max(evidence, NO_EVIDENCE);
  tokenMatch.share = tokenMatch.evidence / full;
  return tokenMatch.evidence;
}

function better(evidence: number, full: number): void {
  if (evidence + OTHER_READING > tokenMatch.evidence) found(evidence + OTHER_READING, full);
}

function initialEvidence(a: PreparedToken, b: PreparedToken): number {
  if (a.script !== b.script)
    return (a.classes & b.classes) !== 0 || (a.classes === 0) === (b.classes === 0) ? 0.5 : NO_EVIDENCE;
  return a.key.charCodeAt(0) === b.key.charCodeAt(0) ? SAME_INITIAL : NO_EVIDENCE;
}
