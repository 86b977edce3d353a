import { spawn } from 'node:child_process';
import { join } from 'node:path';

type Step = { readonly name: string; readonly command: readonly string[] };
type Outcome = { readonly step: Step; readonly ok: boolean; readonly seconds: number; readonly output: string };

const root = join(import.meta.dirname, '..');
const tool = (path: string): string => join(root, 'node_modules', path);

/** The longest first: the others fill what it leaves of the machine. */
const steps: readonly Step[] = [
  { name: 'types', command: [tool('typescript/bin/tsc'), '-b'] },
  { name: 'unused', command: [tool('knip/bin/knip.js'), '--no-progress'] },
  { name: 'lint', command: [tool('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings'] },
  { name: 'laws', command: ['--test', '--test-reporter=dot', 'tests/architecture.test.ts', 'tests/lockfile.test.ts'] },
  { name: 'format', command: [tool('oxfmt/bin/oxfmt'), '--check', '.'] },
  {
    name: 'workspaces',
    command: [tool('sherif/index.js'), '-r', 'root-package-manager-field', '-r', 'root-package-dependencies'],
  },
];

const started = performance.now();
const queue = [...steps];
const outcomes: Outcome[] = [];
await Promise.all([work(), work()]);
report();

/** Two at a time: the machines we measure on have two cores. */
async function work(): Promise<void> {
  for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
    const outcome = await run(step);
    outcomes.push(outcome);
    console.log(`${outcome.ok ? '✔' : '✖'} ${step.name.padEnd(10)} ${outcome.seconds.toFixed(1)} s`);
  }
}

async function run(step: Step): Promise<Outcome> {
  const begun = performance.now();
  const chunks: Buffer[] = [];
  const child = spawn(process.execPath, step.command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const seconds = (performance.now() - begun) / 1000;
  return { step, ok: status === 0, seconds, output: Buffer.concat(chunks).toString() };
}

function report(): void {
  const failed = outcomes.filter((outcome) => !outcome.ok);
  for (const { step, output } of failed) console.log(`\n── ${step.name} ──\n${output.trimEnd()}`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    failed.length === 0
      ? `\nall ${steps.length} checks passed in ${seconds} s`
      : `\n${failed.map(({ step }) => step.name).join(', ')} failed after ${seconds} s`,
  );
  if (failed.length > 0) process.exitCode = 1;
}
