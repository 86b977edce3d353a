import { handlingCodes } from '@entente/protocol';
import type { HandlingCode, InformationGrade, SourceGrade } from '@entente/protocol';
import type { Marks } from './candidate.ts';
import { admiraltyInformation, admiraltySource, confirmedConfidence, markingRules, unmarked } from './marking-table.ts';

/** Something of the source that speaks of handling or evaluation: a marking, a tag, a confidence. */
export interface Said {
  readonly place: string;
  readonly says: string;
}

/**
 * Reads `TLP:…`, `PAP:…`, `admiralty-scale:…="…"` and `confidence: …` into proposals; several markings add up, and of
 * several evaluations the most careful stands. Anything else says nothing here.
 */
export function readMarks(said: readonly Said[]): Marks {
  const heard = said.filter(({ says }) => ruleOf(says) !== undefined || gradeOf(says) !== undefined);
  const rules = heard.map(({ says }) => ruleOf(says)).filter((rule) => rule !== undefined);
  const sharing = heard.some(({ says }) => /^tlp:/i.test(says));
  const codes = new Set<HandlingCode>(['H0', ...(sharing ? [] : unmarked), ...rules.flatMap((rule) => rule.codes)]);
  const grades = heard.map(({ says }) => gradeOf(says)).filter((grade) => grade !== undefined);
  return {
    codes: handlingCodes.filter((code) => codes.has(code)),
    source:
      worst(
        grades.map(({ source }) => source),
        'ABCX',
      ) ?? 'X',
    information:
      worst(
        grades.map(({ information }) => information),
        '1234',
      ) ?? '4',
    restrictions: rules.flatMap(({ restriction }) => restriction ?? []),
    from: heard.map(({ place }) => place),
    says: heard.map(({ says }) => says),
  };
}

function ruleOf(says: string): (typeof markingRules)[string] | undefined {
  return markingRules[says.trim().toUpperCase()];
}

interface Grade {
  readonly source?: SourceGrade;
  readonly information?: InformationGrade;
}

function gradeOf(says: string): Grade | undefined {
  const confidence = /^confidence: (\d{1,3})$/.exec(says)?.[1];
  if (confidence !== undefined) return { information: Number(confidence) >= confirmedConfidence ? '3' : '4' };
  const [, scale = '', grade = ''] =
    /^admiralty-scale:(source-reliability|information-credibility)="([a-g1-6])"$/i.exec(says) ?? [];
  const source = scale.startsWith('source') ? admiraltySource[grade.toLowerCase()] : undefined;
  const information = scale.startsWith('information') ? admiraltyInformation[grade] : undefined;
  if (source !== undefined) return { source };
  if (information !== undefined) return { information };
  return undefined;
}

function worst<T extends string>(grades: readonly (T | undefined)[], order: string): T | undefined {
  return grades
    .filter((grade) => grade !== undefined)
    .sort((one, other) => order.indexOf(other) - order.indexOf(one))[0];
}
