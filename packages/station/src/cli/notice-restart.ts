import type { Home } from './home.ts';
import { readRunning } from './running.ts';

/** What to say where a station runs in this home with keys that a notice has just replaced; nothing where none runs. */
export async function restartText(home: Home): Promise<readonly string[]> {
  const running = await readRunning(home);
  if (running === undefined) return [];
  return [`Restart the station (process ${running.process}): it still works with the keys from before.`];
}
