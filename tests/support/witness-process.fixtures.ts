import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';

const program = new URL('witness.ts', import.meta.url).pathname;

/** A neutral witness in a process of its own, listening on a real socket. */
export class WitnessProcess {
  readonly vkey: string;
  /** The prefix of its `/add-checkpoint`. */
  readonly url: string;
  /** Every request it got, whole. */
  readonly requests: string[] = [];
  readonly #child: ChildProcess;
  readonly #lines: Interface;

  private constructor(child: ChildProcess, lines: Interface, said: { readonly vkey: string; readonly port: number }) {
    this.#child = child;
    this.#lines = lines;
    this.vkey = said.vkey;
    this.url = `http://127.0.0.1:${said.port}/w`;
    lines.on('line', (line) => this.requests.push(JSON.parse(line) as string));
  }

  static async start(name: string, seed: Uint8Array): Promise<WitnessProcess> {
    const child = spawn(process.execPath, [program, name, seed.toHex()], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout });
    const [first] = (await once(lines, 'line')) as [string];
    return new WitnessProcess(child, lines, JSON.parse(first) as { vkey: string; port: number });
  }

  /** Makes a log known to it by its verifier key, or has it remember a head. */
  async tell(what: { readonly log: string } | { readonly latest: object }): Promise<void> {
    const told = once(this.#lines, 'line');
    this.#child.stdin?.write(`${JSON.stringify(what)}\n`);
    await told;
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill();
    await ended;
  }
}
