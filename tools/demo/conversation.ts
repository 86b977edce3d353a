import type { ActId, DossierId, Json } from '@entente/protocol';
import { findActType, leads } from '@entente/tracks';
import type { Course, Step } from './courses.ts';
import type { ActWanted, SaidAct } from './desk.ts';
import { writeWords } from './drafts.ts';
import { inventLead, type Lead } from './invented.ts';
import { demoParties, other, type Party } from './parties.ts';

/** One dossier in the making: its course, and how far it has come. */
export class Conversation {
  readonly opener: Party;
  readonly lead: Lead;
  readonly #course: Course;
  readonly #said: { readonly act: ActId; readonly type: string }[] = [];
  #dossier: DossierId | undefined;

  constructor(opener: Party, course: Course, number: number) {
    this.opener = opener;
    this.lead = inventLead(number, opener);
    this.#course = course;
  }

  get dossier(): DossierId | undefined {
    return this.#dossier;
  }

  /** What is to be said next; undefined where the course has ended. */
  get next(): Step | undefined {
    return this.#course[this.#said.length];
  }

  get lastAct(): ActId | undefined {
    return this.#said.at(-1)?.act;
  }

  hasSaid(type: string): boolean {
    return this.#said.some((said) => said.type === type);
  }

  /** Whose turn it is. */
  get turn(): Party | undefined {
    return this.next && (this.next.by === 'opener' ? this.opener : other(this.opener));
  }

  /** The next act, for the officer of the party whose turn it is. */
  want(now: Date): ActWanted {
    const type = this.next && findActType(leads, this.next.type);
    const party = this.turn;
    if (type === undefined || party === undefined) throw new Error('the course has ended');
    const before = { opening: this.#said[0]?.act, last: this.lastAct, content: this.#lastOf(carries), now };
    const { inputs, fields, codes } = writeWords(type.name, this.lead, before);
    const leaves = type.to === undefined ? undefined : this.#lastOf(isTransition);
    const reasoned = type.gates.filter((gate) => leads.gates.some(({ name, computed }) => name === gate && !computed));
    return {
      content: {
        track: leads.name,
        type: type.name,
        inputs,
        fields,
        handling: { codes },
        attachments: [],
        kept: [],
        source: { kind: 'written' },
        ...(type.transfers === true ? { legalBasis: 'SAFE-37b' } : {}),
      },
      basis: this.lastAct === undefined ? [] : [this.lastAct],
      gates: reasoned.map((gate) => ({ gate, reasoning: 'Vérifié par la permanence (donnée inventée).' })),
      ...(this.#dossier === undefined ? {} : { dossier: this.#dossier }),
      ...(leaves === undefined ? {} : { leaves }),
      ...(type.name === 'threat-to-life' ? { floor: true } : {}),
      ...(type.transfers === true ? { transfer: transferTo(other(party)) } : {}),
    };
  }

  /** The next act was said. */
  advance({ act, dossier }: SaidAct): void {
    if (this.next === undefined) throw new Error('the course has ended');
    this.#said.push({ act, type: this.next.type });
    this.#dossier = dossier;
  }

  #lastOf(test: (type: string) => boolean): ActId | undefined {
    return this.#said.findLast(({ type }) => test(type))?.act;
  }
}

function isTransition(type: string): boolean {
  return findActType(leads, type)?.effect === 'transition';
}

function carries(type: string): boolean {
  return findActType(leads, type)?.transfers === true;
}

function transferTo(party: Party): { readonly [name: string]: Json } {
  return { receivingAuthority: demoParties[party].name.fr, justification: 'Nécessaire à l’enquête (donnée inventée).' };
}
