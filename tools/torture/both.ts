import { type Databases, openDatabases } from './compare.ts';
import { parties, type Party } from './found-stations.ts';
import type { StationProcess } from './station-process.ts';

export type Both<Thing> = Readonly<Record<Party, Thing>>;

/** Looks into both databases of stations that run. */
export async function withDatabases<Result>(
  stations: Both<StationProcess>,
  verb: (databases: Databases) => Promise<Result>,
): Promise<Result> {
  const [fr, ma] = [await stations.fr.running(), await stations.ma.running()];
  if (fr === undefined || ma === undefined) throw new Error('a station is not up');
  const databases = await openDatabases({ fr: fr.database, ma: ma.database });
  try {
    return await verb(databases);
  } finally {
    await Promise.all(parties.map((party) => databases[party].end()));
  }
}
