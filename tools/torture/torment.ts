import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Backlog, passBacklog } from './backlog.ts';
import { type Both, withDatabases } from './both.ts';
import { entente } from './entente.ts';
import { Chance } from './chance.ts';
import { differences, quiet, sizeOf } from './compare.ts';
import { type Founded, foundStations, parties, type Party, relation } from './found-stations.ts';
import { Speaker } from './speaker.ts';
import { StationProcess } from './station-process.ts';

const victims = ['station', 'postgres'] as const;

/** What a run is to do. */
export interface Torment {
  readonly kills: number;
  readonly seed: number;
  /** What waits before the first kill while the counterpart is away, a threat to life said after it. */
  readonly backlog?: Backlog;
  /** Milliseconds between what each side says. */
  readonly pause: number;
  /** For quiet to come at the end. */
  readonly patience: number;
  readonly onKill: (words: string) => void;
}

/** What came of it. */
export interface Outcome {
  readonly kills: Readonly<Record<string, number>>;
  readonly acts: number;
  readonly uncertain: number;
  readonly entries: Readonly<Record<Party, number>>;
  readonly starts: number;
  readonly failures: ReadonlyMap<string, number>;
  /** What does not hold; empty where all is well. */
  readonly wrong: readonly string[];
  readonly seconds: number;
}

/**
 * Two stations speak to each other without pause while one of four processes is killed again and again; then, in quiet,
 * everything both hold is compared, and each side's bytes are verified without its database.
 */
export async function torment(terms: Torment): Promise<Outcome> {
  const begun = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'entente-torture-'));
  const stations: StationProcess[] = [];
  try {
    const founded = await foundStations(folder);
    const [fr, ma] = [new StationProcess(founded.fr), new StationProcess(founded.ma)];
    stations.push(fr, ma);
    await Promise.all([fr.start(), ma.start()]);
    const chance = new Chance(terms.seed);
    const speakers = {
      fr: new Speaker(fr, new Chance(terms.seed + 1)),
      ma: new Speaker(ma, new Chance(terms.seed + 2)),
    };
    const { backlog, patience } = terms;
    const late = backlog === undefined ? [] : await passBacklog(backlog, patience, { fr, ma }, speakers.fr);
    for (const party of parties) await speakers[party].begin(terms.pause);
    const kills = await killAll(terms, chance, { fr, ma });
    await Promise.all([fr.ready(), ma.ready()]);
    for (const party of parties) await speakers[party].end();
    const { wrong, entries } = await judge({ fr, ma }, speakers, patience);
    wrong.push(...late, ...(await verifyBoth(folder, founded)));
    await Promise.all([fr.stop(), ma.stop()]);
    wrong.push(...fr.faults, ...ma.faults);
    return {
      ...summaryOf(speakers),
      kills,
      starts: fr.starts + ma.starts,
      entries,
      wrong,
      seconds: (performance.now() - begun) / 1000,
    };
  } finally {
    for (const station of stations) await station.remove();
    for (const { dataFolder } of stations)
      if (dataFolder !== undefined) await rm(dataFolder, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

/** Kills so many times, at random instants: mostly what is up, now and then what is just starting. */
async function killAll(
  { kills, onKill }: Torment,
  chance: Chance,
  stations: Both<StationProcess>,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let round = 1; round <= kills; round++) {
    const party = chance.pick(parties);
    const victim = chance.pick(victims);
    const station = stations[party];
    if (chance.next() < 0.8) await station.ready();
    await new Promise((resolve) => setTimeout(resolve, chance.between(20, 1200)));
    const name = `${victim} of ${party}`;
    if (victim === 'station') await station.kill();
    else await station.killPostgres(chance.next() < 0.5);
    counts[name] = (counts[name] ?? 0) + 1;
    onKill(`${round}/${kills} ${name}`);
  }
  return counts;
}

async function judge(
  stations: Both<StationProcess>,
  speakers: Both<Speaker>,
  patience: number,
): Promise<{ readonly wrong: string[]; readonly entries: Both<number> }> {
  return withDatabases(stations, async (databases) => {
    await quiet(databases, patience);
    const wrong = [...(await differences(databases, { fr: speakers.fr.spoken, ma: speakers.ma.spoken }))];
    return { wrong, entries: { fr: await sizeOf(databases, 'fr'), ma: await sizeOf(databases, 'ma') } };
  });
}

/** By the commands an auditor has: both channels as text, and every root derived anew. */
async function verifyBoth(folder: string, founded: Both<Founded>): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const party of parties) {
    const copy = join(folder, `audit-${party}`);
    try {
      await entente('export', 'channel', copy, '--home', founded[party].home.folder, '--relation', relation);
      await entente('verify', copy);
    } catch (error) {
      wrong.push(`${party}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return wrong;
}

function summaryOf(speakers: Both<Speaker>): Pick<Outcome, 'acts' | 'uncertain' | 'failures'> {
  const failures = new Map<string, number>();
  let [acts, uncertain] = [0, 0];
  for (const party of parties) {
    const { spoken } = speakers[party];
    for (const [words, count] of spoken.failures) failures.set(words, (failures.get(words) ?? 0) + count);
    for (const said of spoken.authorised.values()) acts += said.length;
    uncertain += spoken.uncertain.size;
  }
  return { acts, uncertain, failures };
}
