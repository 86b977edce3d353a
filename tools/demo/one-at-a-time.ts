import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Takes the folder for this process. @throws Error where another demonstration runs in it */
export async function takeFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'demo.process');
  const holder = Number(await readFile(file, 'utf8').catch(() => '0'));
  if (await isDemo(holder))
    throw new Error(`a demonstration runs in ${folder} (process ${holder}): stop it, or use --home`);
  await writeFile(file, String(process.pid));
  return () => rm(file, { force: true });
}

async function isDemo(number: number): Promise<boolean> {
  if (!Number.isSafeInteger(number) || number <= 1 || number === process.pid) return false;
  try {
    process.kill(number, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  // Numbers of processes are used again; a dead one that nobody has buried has no command line.
  return (await readFile(`/proc/${number}/cmdline`, 'utf8').catch(() => '')).includes('demo/main.ts');
}
