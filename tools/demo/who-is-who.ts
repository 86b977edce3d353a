import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DossierId, JsonObject } from '@entente/protocol';
import { RefusedByStation } from './api.ts';
import { entente } from './command-line.ts';
import { Conversation } from './conversation.ts';
import type { Desk } from './desk.ts';
import { homeOf, type Party, relation } from './parties.ts';
import { listIn, numberIn, objectIn, textIn } from './read-json.ts';
import type { Screen } from './screen.ts';

/** Invented, as all persons here: on Morocco's list in Arabic script, named by France in its own spelling. */
const listed = 'id,الاسم,تاريخ الازدياد\nW-1,محمد العربي زروالاني,1984\nW-2,نادية أومازين,1990\nW-3,,1971\n';
const sought = { given: 'Mohamed Larbi', family: 'Zerouelani', script: 'Latn', nameKind: 'civil' };
const purpose = 'démonstration : qui est qui';
const longestWait = 60_000;

/** Shows a match across scripts on a watch list, the same request by another road, a decision, and a search. */
export async function showWhoIsWho(
  folder: string,
  desks: Readonly<Record<Party, Desk>>,
  number: number,
  screen: Screen,
  stop: AbortSignal,
): Promise<void> {
  screen.step('Who is who: Morocco takes over a watch list in Arabic script; of its three rows one says nothing');
  screen.quote(await importList(folder, stop));
  const first = await ask(desks.fr, number + 1);
  const second = await ask(desks.fr, number + 2);
  screen.say(`  France asks about ${sought.given} ${sought.family}, twice, by two dossiers`);
  const { api } = desks.ma;
  const onList = await matchOf(desks.ma, first, 'watch-list', stop);
  await explain(desks.ma, onList, screen);
  const decision = { state: 'confirmed', reason: 'Pièce vue (donnée inventée).' };
  await api.post(`/v1/relations/${relation}/matches/${onList}/decision`, decision).catch(ignoreDecided);
  screen.say('  An officer of Morocco confirms it; who, when and why is in the house log');
  const road = await matchOf(desks.ma, second, 'other-road', stop);
  screen.say('  The second request is shown as the first one by another road:');
  await explain(desks.ma, road, screen);
  const search = `/v1/relations/${relation}/search?${new URLSearchParams({ purpose }).toString()}`;
  const wanted = { for: 'leads/investigation', kind: 'person', names: ['Muhammad al-Arabi Zerwalani'], limit: 3 };
  const found = listIn(await api.post(search, wanted), 'found');
  screen.say(`  A search in English spelling finds ${found.length}, the likeliest first:`);
  screen.quote(found.map((hit) => `${percent(hit)} ${textIn(objectIn(hit['subject']), 'label')}`).join('\n'));
}

async function importList(folder: string, stop: AbortSignal): Promise<string> {
  const place = join(folder, 'lists');
  await mkdir(place, { recursive: true });
  const file = join(place, 'wanted.csv');
  await writeFile(file, listed);
  const home = homeOf(folder, 'ma');
  const terms = ['--name', 'wanted', '--format', 'csv', '--for', 'leads/investigation'];
  // It ends with 1 where a row was refused: here one is, to be seen.
  await entente(['watchlist', 'import', file, ...terms, '--home', home], stop).catch(() => stop.throwIfAborted());
  const lists = await entente(['watchlist', 'list', '--home', home], stop);
  const remarks = await entente(['watchlist', 'list', 'wanted', '--home', home], stop);
  return `${lists.out}\n${remarks.out}`;
}

async function ask(desk: Desk, number: number): Promise<DossierId> {
  const wanted = new Conversation('fr', [{ by: 'opener', type: 'request' }], number).want(new Date());
  const content = objectIn(wanted['content']);
  const subjects = [
    {
      kind: 'person',
      category: 'suspect',
      names: [sought],
      births: ['1984-03-12'],
      standing: 'fact',
      source: 'B',
      information: '2',
      codes: ['H0'],
    },
  ];
  const inputs = { crimeArea: 'drugs', purpose: 'investigation', urgency: 'other' };
  const fields = { ...objectIn(content['fields']), subjects };
  const [said] = await desk.say([{ ...wanted, content: { ...content, inputs, fields, handling: { codes: ['H0'] } } }]);
  if (said === undefined) throw new Error('nothing was said');
  return said.dossier;
}

/** Waits until the station has compared the dossier's subjects. */
async function matchOf({ api }: Desk, dossier: DossierId, use: string, stop: AbortSignal): Promise<number> {
  for (const limit = performance.now() + longestWait; performance.now() < limit;) {
    stop.throwIfAborted();
    const matches = listIn(await api.get(`/v1/relations/${relation}/matches?dossier=${dossier}`), 'matches');
    const found = matches.find((match) => match['use'] === use);
    if (found !== undefined) return numberIn(found, 'match');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no match of dossier ${dossier} within a minute`);
}

async function explain({ api }: Desk, match: number, screen: Screen): Promise<void> {
  const query = new URLSearchParams({ purpose }).toString();
  const answer = await api.get(`/v1/relations/${relation}/matches/${match}?${query}`);
  const [left, right] = [objectIn(answer['leftSubject']), objectIn(answer['rightSubject'])];
  const terms = listIn(answer, 'terms').map((term) => {
    const { left, right } = term;
    const words = left === undefined && right === undefined ? '' : `: ${String(left ?? '–')} | ${String(right ?? '–')}`;
    return `  ${numberIn(term, 'evidence') < 0 ? '−' : '+'} ${textIn(term, 'says')}${words}`;
  });
  screen.quote([`${percent(answer)} ${textIn(left, 'label')} | ${textIn(right, 'label')}`, ...terms].join('\n'));
}

function percent(found: JsonObject): string {
  // Never certain: 100 % would be read as a decision.
  return `${Math.min(99, Math.round(numberIn(found, 'probability') * 100))} %`;
}

/** An earlier run of the demonstration decided it. */
function ignoreDecided(error: unknown): JsonObject {
  if (error instanceof RefusedByStation && error.code === 'already-exists') return {};
  throw error;
}
