import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '@entente/protocol';
import type { Api } from './api.ts';
import { parties, type Party, relation } from './parties.ts';
import { listIn, numberIn, textIn } from './read-json.ts';

/** Waits until both stations hold the same of both channels and nothing waits. @throws Error after a minute, AbortError */
export type Level = () => Promise<void>;

type Apis = Readonly<Record<Party, Api>>;

const path = `/v1/relations/${relation}`;
const longestWait = 60_000;
// Of what a station logs by itself after both were level there is one entry at most, and then one more.
const comparisons = 5;

export function levelOf(apis: Apis, stop: AbortSignal): Level {
  return async () => {
    for (const limit = performance.now() + longestWait; performance.now() < limit;) {
      stop.throwIfAborted();
      if (await areLevel(apis)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('the two stations did not come level within a minute');
  };
}

async function areLevel(apis: Apis): Promise<boolean> {
  const [fr, ma] = await Promise.all(parties.map((party) => apis[party].get(path)));
  if (fr === undefined || ma === undefined || numberIn(fr, 'waiting') + numberIn(ma, 'waiting') > 0) return false;
  return isDeepStrictEqual(sizes(fr), sizes(ma)) && [fr, ma].every(isCosigned);
}

/** Of its own channel: the counterpart has cosigned all of it. */
function isCosigned(summary: JsonObject): boolean {
  const own = listIn(summary, 'channels').filter((channel) => channel['own'] === true);
  return own.every((channel) => numberIn(channel, 'cosigned') === numberIn(channel, 'size'));
}

function sizes(summary: JsonObject): Readonly<Record<string, number>> {
  return Object.fromEntries(
    listIn(summary, 'channels').map((channel) => [textIn(channel, 'owner'), numberIn(channel, 'size')]),
  );
}

/** One channel as both stations hold it. */
export interface ChannelHeld {
  readonly owner: Party;
  readonly size: number;
  readonly root: string;
  readonly identical: boolean;
  /** Entries that are nothing but a receipt, and entries that say something. */
  readonly receipts: number;
  readonly acts: number;
}

/** Compares both channels, head and every entry, as the two stations hold them; again while a receipt is on its way. */
export async function compareChannels(apis: Apis, level: Level): Promise<readonly ChannelHeld[]> {
  for (let attempt = 1; ; attempt++) {
    await level();
    const held = await Promise.all(parties.map((owner) => compareChannel(apis, owner)));
    if (held.every(({ identical }) => identical) || attempt === comparisons) return held;
  }
}

async function compareChannel(apis: Apis, owner: Party): Promise<ChannelHeld> {
  const [own, theirs] = await Promise.all(parties.map((party) => readChannel(apis[party], owner)));
  if (own === undefined || theirs === undefined) throw new Error('two parties');
  const receipts = own.entries.filter((entry) => entry['heads'] === true).length;
  return {
    owner,
    size: own.size,
    root: own.root,
    identical: isDeepStrictEqual(own, theirs),
    receipts,
    acts: own.entries.length - receipts,
  };
}

async function readChannel(
  api: Api,
  owner: Party,
): Promise<{ readonly size: number; readonly root: string; readonly entries: readonly JsonObject[] }> {
  const heads = listIn(await api.get(`${path}/heads`), 'heads');
  const head = heads.find((head) => textIn(head, 'owner') === owner);
  if (head === undefined) throw new Error(`no channel of ${owner}`);
  const size = numberIn(head, 'size');
  const entries: JsonObject[] = [];
  while (entries.length < size) {
    const page = listIn(await api.get(`${path}/entries?owner=${owner}&from=${entries.length}&limit=500`), 'entries');
    if (page.length === 0) throw new Error(`entries of ${owner} end at ${entries.length} of ${size}`);
    entries.push(...page);
  }
  return { size, root: textIn(head, 'root'), entries: entries.slice(0, size) };
}
