import type { JsonObject } from '@entente/protocol';
import { leads } from '@entente/tracks';
import type { Api } from './api.ts';
import { followEvents, type StationEvent } from './follow-events.ts';
import { other, type Party, relation } from './parties.ts';
import { listIn, numberIn, textIn } from './read-json.ts';
import type { Screen } from './screen.ts';
import { wordsOf } from './track-words.ts';

const shownOneByOne = 5;

/** Tells what happens at one station, as its own event stream says it, until `gone`. */
export async function narrate(party: Party, api: Api, screen: Screen, gone: AbortSignal): Promise<void> {
  const narrator = new Narrator(party, api);
  for await (const event of followEvents(api, gone)) {
    for (const { text, tone } of await narrator.linesOf(event).catch(() => []))
      screen.tell(party, event.time, text, tone);
  }
}

interface Line {
  readonly text: string;
  readonly tone?: 'alarm' | 'aside';
}

/** What one station's events come to in words. */
class Narrator {
  readonly #party: Party;
  readonly #api: Api;
  /** Whether the counterpart has yet to cosign an act of ours that says something: heads for mere receipts are not told. */
  #awaitsHead = false;
  #link = '';

  constructor(party: Party, api: Api) {
    this.#party = party;
    this.#api = api;
  }

  async linesOf({ kind, what }: StationEvent): Promise<readonly Line[]> {
    const [own, theirs] = [this.#party, other(this.#party)];
    switch (kind) {
      case 'acts-released': {
        const acts = (await entriesOf(this.#api, what)).filter(isAct);
        if (acts.length > 0) this.#awaitsHead = true;
        return releasedLines(acts);
      }
      case 'acts-accepted':
        return acceptedLines(own, await entriesOf(this.#api, what));
      case 'head-cosigned':
        if (!this.#awaitsHead) return [];
        this.#awaitsHead = false;
        return [
          {
            text: `head ${numberIn(what, 'size')} of ${channel(own)} cosigned by ${theirs.toUpperCase()}`,
            tone: 'aside',
          },
        ];
      case 'link-changed':
        return this.#linkLines(textIn(what, 'state'));
      case 'express-arrived':
        return [{ text: 'an act came ahead of its prefix', tone: 'alarm' }];
      case 'alarm-raised':
        return [{ text: 'ALARM: see entente doctor', tone: 'alarm' }];
      case 'clock-reached':
        return [{ text: 'a clock was reached, the desk is told' }];
      case 'match-proposed':
        return matchLines(what);
      default:
        return [{ text: kind }];
    }
  }

  /** Told where it changes: each attempt that fails is an event too. */
  #linkLines(state: string): readonly Line[] {
    if (state === this.#link) return [];
    this.#link = state;
    return [{ text: `link ${state}`, tone: 'aside' }];
  }
}

/** Other dossiers are full of invented namesakes; what an officer would look at first is told. */
function matchLines(what: JsonObject): readonly Line[] {
  const use = textIn(what, 'use');
  return use === 'dossier' ? [] : [{ text: `possible match (${use}), to be decided by an officer` }];
}

async function entriesOf(api: Api, what: JsonObject): Promise<readonly JsonObject[]> {
  const [from, to] = [numberIn(what, 'from'), numberIn(what, 'to')];
  const limit = Math.min(500, to - from);
  const path = `/v1/relations/${relation}/entries?owner=${textIn(what, 'owner')}&from=${from}&limit=${limit}`;
  return listIn(await api.get(path), 'entries');
}

function isAct(entry: JsonObject): boolean {
  return entry['heads'] !== true;
}

function releasedLines(acts: readonly JsonObject[]): readonly Line[] {
  if (acts.length > shownOneByOne) {
    const [first] = acts;
    const range = rangeOf(acts);
    return [{ text: `released ${acts.length} acts, ${range}, first ${first === undefined ? '' : describe(first)}` }];
  }
  return acts.map((entry) => ({
    text: `released #${numberIn(entry, 'index')} ${describe(entry)}`,
    ...(textIn(entry, 'type') === 'leads/threat-to-life' ? { tone: 'alarm' } : {}),
  }));
}

/** What came: acts, and how much of our own channel the counterpart says it durably holds. */
function acceptedLines(own: Party, entries: readonly JsonObject[]): readonly Line[] {
  const acts = entries.filter(isAct);
  const theirs = other(own);
  const seen = Math.max(...entries.map((entry) => numberIn(entry, 'seen')));
  const receipt: Line = { text: `receipt: ${theirs.toUpperCase()} holds ${seen} of ${channel(own)}`, tone: 'aside' };
  if (acts.length === 0) return [receipt];
  return [{ text: `received ${rangeOf(acts)} of ${channel(theirs)}, on disk` }];
}

function rangeOf(entries: readonly JsonObject[]): string {
  const indexes = entries.map((entry) => numberIn(entry, 'index'));
  const [from, to] = [Math.min(...indexes), Math.max(...indexes)];
  return from === to ? `#${from}` : `#${from}…#${to}`;
}

function describe(entry: JsonObject): string {
  const type = textIn(entry, 'type');
  const name = type.startsWith(`${leads.name}/`) ? type.slice(leads.name.length + 1) : type;
  return `${wordsOf(name)} · dossier ${textIn(entry, 'dossier').slice(0, 6)}`;
}

function channel(owner: Party): string {
  return `${owner}→${other(owner)}`;
}
