import { parseArgs } from 'node:util';
import { attachment } from './attachment.ts';
import type { Bench } from './bench.ts';
import { blind } from './blind.ts';
import { exchange } from './exchange.ts';
import { lineOf, objectOf } from './figure.ts';
import { idle } from './idle.ts';
import { machine } from './machine.ts';
import { proof } from './proof.ts';
import { startTwoStations } from './two-stations.ts';
import { urgent } from './urgent.ts';
import { verify } from './verify.ts';

// The attachment first: the most memory that a process had is that of all it did before.
const benches: readonly Bench[] = [attachment, urgent, blind, exchange, idle, proof, verify];

const usage = `npm run bench [-- NAME… [--quick] [--json]]
  Measures two whole stations, each with a PostgreSQL of its own, on this machine.
  NAME      ${benches.map(({ name }) => name).join(', ')}; all without one
  --quick   smaller numbers of the same figures, within 45 s
  --json    one object a line: name, value, unit, n, ratio, against`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});
const unknown = positionals.filter((name) => !benches.some((bench) => bench.name === name));
if (values.help === true || unknown.length > 0) {
  console.log(usage);
  process.exitCode = unknown.length > 0 ? 2 : 0;
} else await measure(benches.filter(({ name }) => positionals.length === 0 || positionals.includes(name)));

async function measure(chosen: readonly Bench[]): Promise<void> {
  const stations = await startTwoStations();
  const interrupted = (): void => void stations.close().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, interrupted);
  try {
    const { rows } = await stations.fr.database.query<{ version: string }>('select version() as version');
    const postgres = /^PostgreSQL \S+/.exec(rows[0]?.version ?? '')?.[0] ?? 'PostgreSQL';
    if (values.json !== true) console.log(machine(postgres));
    for (const bench of chosen) {
      for (const figure of await bench.run(stations, values.quick === true)) {
        console.log(values.json === true ? objectOf(figure) : lineOf(figure));
        if (!figure.met) process.exitCode = 1;
      }
    }
  } finally {
    await stations.close();
  }
}
