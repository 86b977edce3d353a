import { spawn } from 'node:child_process';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
export const mainFile: string = join(root, 'packages', 'station', 'src', 'main.ts');

/** The surroundings of a station of the demonstration: nothing of the user's own stations gets in. */
export function surroundings(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _url, ENTENTE_HOME: _home, ...rest } = process.env;
  return rest;
}

export interface Said {
  /** Results. */
  readonly out: string;
  /** Everything else. */
  readonly aside: string;
}

/** Runs `entente` with these arguments as a user would. @throws Error with what it said, where it refuses; AbortError */
export async function entente(args: readonly string[], stop: AbortSignal): Promise<Said> {
  const child = spawn(process.execPath, [mainFile, ...args], {
    env: surroundings(),
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: stop,
  });
  const [out, aside] = [collect(child.stdout), collect(child.stderr)];
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${writeCommand(args)}\n${aside()}`);
  return { out: out().trimEnd(), aside: aside().trimEnd() };
}

/** The same as a line to copy into a shell at the root of the repository. */
export function writeCommand(args: readonly string[]): string {
  return ['npm run entente --', ...args.map(writeArgument)].join(' ');
}

function writeArgument(argument: string): string {
  const text = argument.startsWith(root) ? relative(process.cwd(), argument) : argument;
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return () => text;
}
