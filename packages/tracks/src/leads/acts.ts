import type { ActType } from '@entente/protocol';
import { openingActs } from './acts-opening.ts';
import { itemActs } from './acts-item.ts';
import { replyActs } from './acts-reply.ts';
import { procedureActs } from './acts-procedure.ts';

/**
 * Who may say what, when, and where it leads. Of two concurrent transitions the higher precedence stands, and whatever
 * hangs on the other falls with it. So whatever the receiver says stands over a withdrawal that crosses it: its answer
 * may hang on it, has gone out and must be governed; the sender is asked anew. Reopening stands over closing, that
 * nothing unanswered goes unnoticed.
 */
export const leadsActs: readonly ActType[] = [...openingActs, ...replyActs, ...procedureActs, ...itemActs];
