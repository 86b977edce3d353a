import { parseArgs } from 'node:util';
import type { Backlog } from './torture/backlog.ts';
import { torment } from './torture/torment.ts';

const usage = `npm run torture [-- --kills NUMBER] [--backlog NUMBER] [--seed NUMBER]
  Two stations speak to each other without pause while one of them or its PostgreSQL is killed, again and again.
  At the end both must hold the same channels to the byte, with no act lost, doubled or out of order.
  --kills NUMBER     how often (200)
  --backlog NUMBER   acts that wait before, while the counterpart is away, and then a threat to life (50000; 0: none)
  --file BYTES       a file that waits with them (2147483648, two GiB; 0: none)
  --seed NUMBER      repeats whom, and when (else another each time, and printed)`;

const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    backlog: { type: 'string' },
    file: { type: 'string' },
    seed: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});

if (values.help === true) console.log(usage);
else
  await run(
    wholeNumber(values.kills, 200),
    { acts: wholeNumber(values.backlog, 50_000), file: wholeNumber(values.file, 2 * 1024 ** 3) },
    wholeNumber(values.seed, Date.now() % 1_000_000),
  );

async function run(kills: number, waiting: Backlog, seed: number): Promise<void> {
  console.log(`${kills} kills, --seed ${seed}`);
  const begun = performance.now();
  const onKill = (words: string): void =>
    console.log(`${((performance.now() - begun) / 1000).toFixed(1)} s: killed ${words}`);
  const backlog = waiting.acts === 0 && waiting.file === 0 ? {} : { backlog: waiting };
  const terms = { ...backlog, kills, seed, pause: 100, patience: 300_000, onKill };
  const { wrong, ...outcome } = await torment(terms);
  for (const [words, count] of outcome.failures) console.log(`not said ${count} times, then again: ${words}`);
  for (const words of wrong) console.log(`✖ ${words}`);
  const { acts, uncertain, entries, starts, seconds } = outcome;
  const told = Object.entries(outcome.kills).map(([name, count]) => `${name} ${count}`);
  console.log(
    `${wrong.length === 0 ? '✔' : '✖'} ${kills} kills (${told.sort().join(', ')}), ${starts} starts, ` +
      `${acts} acts authorised, ${uncertain} uncertain, ${entries.fr} and ${entries.ma} entries, seed ${seed}, ` +
      `${seconds.toFixed(0)} s: ${wrong.length === 0 ? 'both hold the same, nothing lost, doubled or reordered' : `${wrong.length} things are wrong`}`,
  );
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

function wholeNumber(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,10}$/.test(text)) throw new Error(`not a number: ${text}\n${usage}`);
  return Number(text);
}
