import type { Blobs } from './adapters/blobs.ts';
import { blobsFolder } from './adapters/blobs-folder.ts';
import { blobsS3 } from './adapters/blobs-s3.ts';
import { deadDropFolder } from './adapters/dead-drop-folder.ts';
import { deadDropS3 } from './adapters/dead-drop-s3.ts';
import { readS3Terms } from './adapters/s3-bucket.ts';
import type { DeadDrop } from './adapters/dead-drop.ts';
import { openLog } from './adapters/log.ts';
import { noTraces, openTraces } from './adapters/traces.ts';
import type { Context } from './cli/command.ts';
import { openStation } from './cli/open-station.ts';
import { runCommand } from './cli/run-command.ts';
import { removeRunning, writeRunning } from './cli/running.ts';
import { Terminal } from './cli/terminal.ts';
import { writeLocalToken } from './cli/local-token.ts';

const { env } = process;

process.exitCode = await runCommand(process.argv.slice(2), {
  terminal: new Terminal(process.stdout, process.stderr, process.stdin),
  locale: env['ENTENTE_LANGUAGE'] ?? env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? 'en',
  homeFolder: env['ENTENTE_HOME'] ?? '.entente',
  databaseUrl: env['DATABASE_URL'],
  blobsOf: openBlobs,
  serve,
});
// What failed half started may still hold connections: they keep nobody from ending.
setTimeout(() => process.exit(), 1000).unref();

/** Runs the station of a home until the process is told to stop, or its database ends. */
async function serve({ home, databaseUrl, terminal }: Context): Promise<void> {
  const told = new Promise<void>((resolve) => {
    process.on('SIGINT', resolve);
    process.on('SIGTERM', resolve);
  });
  const open = await openStation(home, databaseUrl);
  const { parts, station, relations, postgres } = open;
  const collector = env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  // API and exchange are half of what there is to load, and no other command has use for them.
  const { serveStation } = await import('./serve/serve-station.ts');
  const running = await serveStation({
    parts,
    party: station.party,
    databaseUrl: open.databaseUrl,
    keystore: home.keystore,
    blobs: openBlobs(home),
    partsFolder: home.path('parts'),
    routes: relations.map((relation) => {
      const entry = station.relations.find(({ name }) => name === relation.name);
      const { address, fetches, deadDrop } = entry ?? {};
      const drop = deadDrop === undefined ? {} : { drop: openDrop(deadDrop) };
      return { relation, ...(address === undefined ? {} : { address }), fetches: fetches ?? false, ...drop };
    }),
    api: station.api,
    peer: station.peer,
    witnesses: station.witnesses ?? [],
    log: openLog(env['ENTENTE_LOG'] === 'debug' ? 'debug' : 'info'),
    traces: collector === undefined ? noTraces : openTraces(collector, station.party),
  });
  const api = `http://${station.api.host}:${running.apiPort}`;
  await writeLocalToken(home, parts);
  await writeRunning(home, { process: process.pid, database: open.databaseUrl, api });
  terminal.say(`${station.party}: API ${api}, counterparts on port ${running.peerPort ?? 'none'}`);
  const ended = await Promise.race([told.then(() => 'told' as const), postgres?.ended ?? new Promise<never>(() => {})]);
  await removeRunning(home);
  if (ended !== 'told') {
    terminal.say('PostgreSQL ended; start the station again: nothing that was receipted is lost');
    // Nothing can be ended in order without it, and nothing needs to be: whoever watches over us starts us again.
    process.exit(1);
  }
  await running.stop();
  await open.close();
}

/** A folder, or an S3 bucket by its https URL; its keys come from the environment. */
function openDrop(place: string): DeadDrop {
  return /^https?:/.test(place) ? deadDropS3(s3Terms(place)) : deadDropFolder(place);
}

/** Attachments go where BLOBS_URL says, else into the home folder. */
function openBlobs(home: Context['home']): Blobs {
  const url = env['BLOBS_URL'];
  return url === undefined ? blobsFolder(home.path('blobs')) : blobsS3(s3Terms(url));
}

function s3Terms(url: string): ReturnType<typeof readS3Terms> {
  return readS3Terms(url, env['AWS_ACCESS_KEY_ID'] ?? '', env['AWS_SECRET_ACCESS_KEY'] ?? '');
}
