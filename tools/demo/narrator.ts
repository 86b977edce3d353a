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
  for await (const event of followEvents(api, gone)) {
    for (const line of await linesOf(party, api, event).catch(() => [])) screen.tell(party, event.time, line);
  }
}

async function linesOf(party: Party, api: Api, { kind, what }: StationEvent): Promise<readonly string[]> {
  switch (kind) {
    case 'acts-released':
      return releasedLines(party, await entriesOf(api, what));
    case 'acts-accepted': {
      const [from, to] = [numberIn(what, 'from'), numberIn(what, 'to')];
      return [`received ${range(from, to - 1)} of ${channel(other(party))}, on disk`];
    }
    case 'head-cosigned':
      return [`${other(party).toUpperCase()} cosigned head ${numberIn(what, 'size')} of ${channel(party)}`];
    case 'link-changed':
      return [`link ${textIn(what, 'state')}`];
    case 'express-arrived':
      return ['an act came ahead of its prefix'];
    case 'alarm-raised':
      return ['ALARM'];
    case 'channel-stopped':
    case 'channel-resumed':
      return [`${channel(party)}: ${kind}`];
    case 'clock-reached':
      return ['a clock was reached: the desk is told'];
    default:
      return [kind];
  }
}

async function entriesOf(api: Api, what: JsonObject): Promise<readonly JsonObject[]> {
  const [from, to] = [numberIn(what, 'from'), numberIn(what, 'to')];
  const limit = Math.min(500, to - from);
  const path = `/v1/relations/${relation}/entries?owner=${textIn(what, 'owner')}&from=${from}&limit=${limit}`;
  return listIn(await api.get(path), 'entries');
}

function releasedLines(party: Party, entries: readonly JsonObject[]): readonly string[] {
  const acts = entries.filter((entry) => entry['heads'] !== true);
  const seen = Math.max(...entries.map((entry) => numberIn(entry, 'seen')));
  const receipt = `receipt: has durably seen ${seen} of ${channel(other(party))}`;
  if (acts.length === 0) return [receipt];
  if (acts.length <= shownOneByOne) return acts.map((entry) => `released #${numberIn(entry, 'index')} ${describe(entry)}`);
  const [first] = acts;
  const indexes = acts.map((entry) => numberIn(entry, 'index'));
  const said = first === undefined ? '' : describe(first);
  return [`released ${acts.length} acts, ${range(Math.min(...indexes), Math.max(...indexes))}, first ${said}`];
}

function describe(entry: JsonObject): string {
  const type = textIn(entry, 'type');
  const name = type.startsWith(`${leads.name}/`) ? type.slice(leads.name.length + 1) : type;
  return `${wordsOf(name)} · dossier ${textIn(entry, 'dossier').slice(0, 6)}`;
}

function channel(owner: Party): string {
  return `${owner}→${other(owner)}`;
}

function range(from: number, to: number): string {
  return from === to ? `#${from}` : `#${from}…#${to}`;
}
