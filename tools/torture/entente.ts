import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const mainFile: string = join(import.meta.dirname, '..', '..', 'packages', 'station', 'src', 'main.ts');

/** Nothing of the user's own stations gets in. */
export function surroundings(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _url, ENTENTE_HOME: _home, ...rest } = process.env;
  return rest;
}

/** Runs the command line as a user would. @returns what it printed. @throws Error with what it said, where it refuses */
export async function entente(...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [mainFile, ...args], {
    env: surroundings(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, aside] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (aside += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`entente ${args.join(' ')}\n${aside}`);
  return out;
}
