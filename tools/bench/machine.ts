import { availableParallelism, cpus, totalmem } from 'node:os';

/** What everything was measured on. */
export function machine(postgres: string): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = (totalmem() / 1e9).toFixed(0);
  return `${availableParallelism()} cores, ${model}, ${memory} GB, Node ${process.versions.node}, ${postgres}`;
}
