/** What pressing a key does. */
export type Keys = Readonly<Record<string, () => void>>;

const controlC = '\u0003';

/** Listens to single keys of a terminal; Ctrl-C counts as `q`. Elsewhere nothing is read. @returns how to stop listening */
export function listenToKeys(keys: Keys): () => void {
  const input = process.stdin;
  if (!input.isTTY) return () => {};
  const pressed = (chunk: Buffer): void => {
    for (const key of chunk.toString()) keys[key === controlC ? 'q' : key.toLowerCase()]?.();
  };
  input.setRawMode(true);
  input.on('data', pressed);
  input.resume();
  return () => {
    input.off('data', pressed);
    input.setRawMode(false);
    input.pause();
  };
}
