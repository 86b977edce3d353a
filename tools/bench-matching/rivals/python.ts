import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LabelledPair, pairTables } from '../read-pairs.ts';
import { isThere } from '../read-table.ts';
import type { PairScorer } from '../scorer.ts';
import { sortedText } from './latin-tokens.ts';

const scripts = join(import.meta.dirname, 'python');
const requirements = join(scripts, 'requirements.txt');
const home = join(import.meta.dirname, '../../../.cache/bench-matching-python');
const python = join(home, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** nomenklatura's logic-v2, which reads every script and birth dates itself. */
export const nomenklaturaScorer: PairScorer = {
  name: 'nomenklatura logic-v2',
  tables: pairTables,
  score: (pairs) =>
    ask(
      'nomenklatura_scores.py',
      pairs.map((pair) => row(pair, ({ names }) => names[0] ?? '')),
    ),
};

export const splinkScorer: PairScorer = {
  name: 'splink',
  tables: ['identity'],
  score: (pairs) =>
    ask(
      'splink_scores.py',
      pairs.map((pair) => row(pair, sortedText)),
    ),
};

/**
 * Makes an environment of Python with the pinned rivals where it is not there yet, from PyPI: about two minutes.
 * @throws Error that says why they cannot be had, for example that there is no Python
 */
export async function installPythonRivals(): Promise<void> {
  const wanted = await readFile(requirements, 'utf8');
  const installed = join(home, 'installed.txt');
  if ((await isThere(installed)) && (await readFile(installed, 'utf8')) === wanted) return;
  await mkdir(home, { recursive: true });
  await run('python3', ['-m', 'venv', home], '');
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements], '');
  await writeFile(installed, wanted);
}

type Row = readonly [string, string, string, string, boolean];

function row({ left, right, same }: LabelledPair, nameOf: (identity: LabelledPair['left']) => string): Row {
  return [nameOf(left), left.births?.[0] ?? '', nameOf(right), right.births?.[0] ?? '', same];
}

async function ask(script: string, rows: readonly Row[]): Promise<readonly number[]> {
  const scores: unknown = JSON.parse(await run(python, [join(scripts, script)], JSON.stringify(rows)));
  if (!Array.isArray(scores) || scores.length !== rows.length || !scores.every((one) => typeof one === 'number')) {
    throw new Error(`${script} gave no score for each of ${rows.length} pairs`);
  }
  return scores;
}

/** Runs a command. @returns what it wrote @throws Error with the last line that it complained of */
async function run(command: string, args: readonly string[], input: string): Promise<string> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  let complaint = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-4000)));
  // A command that ends before it has read everything says why itself.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`no ${command}`, { cause: error })));
    child.once('close', resolve);
  });
  if (status !== 0) throw new Error(complaint.trim().split('\n').at(-1) ?? `${command} ended with ${status}`);
  return output;
}
