import { startTwoStations } from './two-stations.ts';
const stations = await startTwoStations();
try {
  for (const authors of [
    { kind: 'station' },
    { kind: 'station' },
    { kind: 'station' },
    { kind: 'officer', actsPerApproval: 100 },
    { kind: 'officer', actsPerApproval: 1 },
  ] as const) {
    const { seconds, size } = await stations.fr.station.ask<{ seconds: number; size: number }>('pass', {
      authors,
      count: 5000,
    });
    console.log(authors, 5000 / seconds, size);
  }
  console.log(await stations.fr.station.ask('memory'), await stations.ma.station.ask('memory'));
  console.log((await stations.fr.station.ask<number[]>('urgent', 30)).map((x) => x.toFixed(0)).join(' '));
  console.log(
    (await stations.fr.database.query('select avg(length(envelope)+length(body)) from entry')).rows,
    (await stations.fr.database.query('select verdict,count(*) from entry group by 1')).rows,
  );
} finally {
  await stations.close();
}
