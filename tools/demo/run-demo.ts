import { Api, administratorToken, readToken } from './api.ts';
import { backlogSize, makeBacklog } from './backlog.ts';
import { showBlindChecks } from './blind-check.ts';
import { type Desk, openDesk } from './desk.ts';
import { areFounded, enrolOfficers, foundParties } from './found-parties.ts';
import { showGuide } from './guide.ts';
import { listenToKeys } from './keyboard.ts';
import { levelOf } from './level.ts';
import { Live } from './live.ts';
import { narrate } from './narrator.ts';
import { takeFolder } from './one-at-a-time.ts';
import { homeOf, parties, type Party } from './parties.ts';
import { choosePorts, type Ports } from './ports.ts';
import { startRoad } from './road.ts';
import type { Screen } from './screen.ts';
import { endOrphan } from './station-process.ts';
import { startStations } from './stations.ts';
import { keepStatus } from './status.ts';
import { showWhoIsWho } from './who-is-who.ts';
import { countDossiers, showSummary } from './summary.ts';

export interface DemoTerms {
  /** Where the two stations live. */
  readonly folder: string;
  /** Ends by itself. */
  readonly once: boolean;
  readonly screen: Screen;
}

type Apis = Readonly<Record<Party, Api>>;

/** Two stations, from nothing or from where they were left, at work until told to stop. @returns the exit code */
export async function runDemo(terms: DemoTerms): Promise<0 | 1> {
  const { folder, screen } = terms;
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  // Who reads us has gone: the stations must not outlive us.
  process.stdout.on('error', () => stop.abort());
  const endings: (() => unknown)[] = [await takeFolder(folder)];
  try {
    return await play(terms, stop, endings);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    return terms.once ? 1 : 0;
  } finally {
    stop.abort();
    screen.end();
    screen.say('\nStopping: both stations, then both databases …');
    for (const end of endings.toReversed()) await end();
    screen.say('Stopped. Everything is kept; npm start goes on from here.');
  }
}

/** The story. What it starts it adds to `endings`, which are called in reverse. @throws AbortError where told to stop */
async function play(
  { folder, once, screen }: DemoTerms,
  stop: AbortController,
  endings: (() => unknown)[],
): Promise<0 | 1> {
  const began = performance.now();
  const keys: Record<string, () => void> = { q: () => stop.abort() };
  if (!once) endings.push(listenToKeys(keys));
  screen.say(`Entente: France and Morocco with invented data, in ${folder}`);
  if (!(await areFounded(folder))) await foundParties(folder, screen, stop.signal);
  stop.signal.throwIfAborted();
  await Promise.all(parties.map((party) => endOrphan(homeOf(folder, party))));
  const ports = await choosePorts();
  const road = await startRoad(ports);
  endings.push(() => road.stop());
  screen.step('Two stations start, each a process with a PostgreSQL of its own');
  const stations = await startStations(folder, ports, screen);
  endings.push(() => stations.stop());
  const apis = apisOf(folder, ports);
  stop.signal.throwIfAborted();
  await enrolOfficers(folder, screen, stop.signal);
  const desks = { fr: await openDesk(folder, 'fr', apis.fr.url), ma: await openDesk(folder, 'ma', apis.ma.url) };
  const existing = await prepare(apis, desks, screen, stop.signal);
  await showWhoIsWho(folder, desks, existing, screen, stop.signal);
  await showBlindChecks(folder, screen, stop.signal);
  screen.say(`\nLive after ${((performance.now() - began) / 1000).toFixed(1)} s.`);
  const live = new Live(desks, screen, existing + 2, () => road.isCut);
  const narrating = parties.map((party) => narrate(party, apis[party], screen, stop.signal));
  endings.push(() => Promise.all(narrating));
  const guide = (): Promise<void> => showGuide(screen, folder, ports, apis.fr);
  if (!once) await guide();
  screen.columnHeads('FRANCE', 'MOROCCO');
  live.start();
  endings.push(() => live.stop());
  if (once) return runOnce(apis, live, stop.signal, screen);
  endings.push(keepStatus(apis, screen, () => road.isCut));
  Object.assign(keys, {
    h: () => void guide().catch(() => {}),
    t: () => live.threaten(),
    c: () =>
      screen.alarm(road.toggle() ? '── the link is cut: what is said now waits ──' : '── the link is open again ──'),
  });
  await Promise.race([aborted(stop.signal), stations.lost]);
  return 0;
}

/** The first backlog, where it is not there yet. @returns how many dossiers there are */
async function prepare(
  apis: Apis,
  desks: Readonly<Record<Party, Desk>>,
  screen: Screen,
  stop: AbortSignal,
): Promise<number> {
  const existing = await countDossiers(apis.fr);
  if (existing >= backlogSize) {
    screen.say(`  Everything is as it was: ${existing} dossiers.`);
    return existing;
  }
  screen.step(
    `A first backlog of ${backlogSize} dossiers in all states: officers sign approval lists, the stations exchange`,
  );
  await makeBacklog(desks, levelOf(apis, stop), existing, screen);
  return backlogSize;
}

async function runOnce(apis: Apis, live: Live, stop: AbortSignal, screen: Screen): Promise<0 | 1> {
  const late = AbortSignal.timeout(60_000);
  await Promise.race([live.answered, aborted(stop), aborted(late)]);
  stop.throwIfAborted();
  if (late.aborted) {
    screen.alarm('No live lead was answered within a minute');
    return 1;
  }
  await live.stop();
  return (await showSummary(apis, levelOf(apis, stop), screen)) ? 0 : 1;
}

function apisOf(folder: string, ports: Ports): Apis {
  const open = (party: Party): Api =>
    new Api(`http://127.0.0.1:${ports[party].api}`, () => readToken(administratorToken(homeOf(folder, party))));
  return { fr: open('fr'), ma: open('ma') };
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
