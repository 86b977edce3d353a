import { fork, type ChildProcess } from 'node:child_process';

interface Asked {
  readonly id: number;
  readonly command: string;
  readonly input: unknown;
}
type Answer = { readonly id: number; readonly result: unknown } | { readonly id: number; readonly failure: string };

/** A process of its own that is asked to do things, one after the other. */
export class Process {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #asked = 0;

  constructor(file: URL, terms: object) {
    this.#child = fork(file, [JSON.stringify(terms)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#child.on('message', (message) => this.#hear(message as Answer));
    this.#child.once('exit', (code) => {
      for (const one of this.#waiting.values()) one.reject(new Error(`${file.pathname} ended with ${code}`));
    });
  }

  get processId(): number {
    return this.#child.pid ?? 0;
  }

  async ask<Result>(command: string, input: unknown = null): Promise<Result> {
    const id = ++this.#asked;
    const answered = Promise.withResolvers<unknown>();
    this.#waiting.set(id, answered);
    this.#child.send({ id, command, input } satisfies Asked);
    return (await answered.promise) as Result;
  }

  /** Ends it, at once if it does not end within ten seconds. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    const late = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    if (this.#child.connected) this.#child.disconnect();
    await ended;
    clearTimeout(late);
  }

  #hear(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('failure' in answer) waiting?.reject(new Error(answer.failure));
    else waiting?.resolve(answer.result);
  }
}

/** What the process does when asked; `close` when its parent has gone. */
export type Commands = Readonly<Record<string, (input: never) => Promise<unknown>>>;

export function serveCommands(commands: Commands, close: () => Promise<void>): void {
  process.on('message', (asked: Asked) => void answer(commands, asked));
  process.once('disconnect', () => void close().finally(() => process.exit(0)));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
}

async function answer(commands: Commands, { id, command, input }: Asked): Promise<void> {
  try {
    const verb = commands[command];
    if (verb === undefined) throw new Error(`no command ${command}`);
    process.send?.({ id, result: await verb(input as never) });
  } catch (error) {
    process.send?.({ id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

/** The most memory this process has had at once, in MB. */
export function mostMemory(): number {
  return process.resourceUsage().maxRSS / 1000;
}
