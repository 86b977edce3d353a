import type { TypedAct } from './fold-speech.ts';
import { handlingCodes, strictestHandling } from './handling.ts';
import type { Handling } from './handling.ts';
import { isDay } from './day.ts';
import type { ActId } from './identifiers.ts';
import { commonActs } from './common-acts.ts';
import type { FoldedAct, SpokenOf } from './track.ts';

/** Lets a recall, a narrowing, an erasure or an answer to one mark the act it speaks of. Marks only ever tighten. */
export function foldCommon(folded: Map<ActId, FoldedAct>, spoken: TypedAct): void {
  const { act, type, named } = spoken;
  if (type === undefined || named === undefined || !commonActs.includes(type)) return;
  const answered = named.named;
  switch (type.name) {
    case 'recall':
      return mark(folded, named, ({ recalled }) => ({ recalled: recalled ?? { by: act.id, answers: [] } }));
    case 'erase':
      return mark(folded, named, ({ erased }) => ({ erased: erased ?? { by: act.id, answers: [] } }));
    case 'narrow':
      return mark(folded, named, ({ handling }) => ({
        handling: strictestHandling(handling ?? named.act.head.handling, narrowed(spoken)),
      }));
    case 'recall-answer':
      return mark(folded, answered, ({ recalled }) => (recalled ? { recalled: withAnswer(recalled, spoken) } : {}));
    case 'erase-answer':
      return mark(folded, answered, ({ erased }) => (erased ? { erased: withAnswer(erased, spoken) } : {}));
  }
}

function mark(
  folded: Map<ActId, FoldedAct>,
  of: TypedAct | undefined,
  tell: (before: FoldedAct) => Partial<FoldedAct>,
): void {
  const before = of && folded.get(of.act.id);
  if (before !== undefined) folded.set(before.id, { ...before, ...tell(before) });
}

function narrowed({ act }: TypedAct): Handling {
  const { codes, until } = act.head.inputs;
  const named = Array.isArray(codes) ? handlingCodes.filter((code) => codes.includes(code)) : [];
  return typeof until === 'string' && isDay(until) ? { codes: named, until } : { codes: named };
}

function withAnswer(spokenOf: SpokenOf, { act }: TypedAct): SpokenOf {
  const { answer, ground } = act.head.inputs;
  const said = { act: act.id, answer: typeof answer === 'string' ? answer : '' };
  return { ...spokenOf, answers: [...spokenOf.answers, typeof ground === 'string' ? { ...said, ground } : said] };
}
