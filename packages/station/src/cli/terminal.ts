import { createInterface } from 'node:readline/promises';
import { Refusal } from '@entente/protocol';

type Stream = NodeJS.WriteStream;

/** Where a command speaks: results to standard output, everything else to standard error. */
export class Terminal {
  readonly #out: Stream;
  readonly #aside: Stream;
  readonly #input: NodeJS.ReadStream;
  #shown = 0;

  constructor(out: Stream, aside: Stream, input: NodeJS.ReadStream) {
    this.#out = out;
    this.#aside = aside;
    this.#input = input;
  }

  print(text: string): void {
    this.#out.write(`${text}\n`);
  }

  say(text: string): void {
    this.#aside.write(`${text}\n`);
  }

  /** Draws a bar on a terminal, at most ten times a second; nothing elsewhere. */
  progress(what: string, done: number, whole: number): void {
    const now = performance.now();
    if (!this.#aside.isTTY || (now - this.#shown < 100 && done < whole)) return;
    this.#shown = now;
    const part = whole === 0 ? 1 : Math.min(1, done / whole);
    const filled = Math.round(part * 24);
    const end = done >= whole ? '\n' : '';
    this.#aside.write(
      `\r\u001b[K${what} ${'█'.repeat(filled)}${'░'.repeat(24 - filled)} ${Math.floor(part * 100)} %${end}`,
    );
  }

  /** Asks a person to type `yes`. @throws Refusal `usage` where nobody is there, or the answer is another */
  async confirm(question: string, agreed: boolean): Promise<void> {
    if (agreed) return;
    if (!this.#input.isTTY) throw new Refusal('usage', { what: `${question} Confirm with --yes` });
    const answer = await this.ask(`${question} Type yes to go on: `);
    if (answer.trim() !== 'yes') throw new Refusal('usage', { what: 'not confirmed' });
  }

  async ask(question: string): Promise<string> {
    const lines = createInterface({ input: this.#input, output: this.#aside });
    try {
      return await lines.question(question);
    } finally {
      lines.close();
    }
  }

  /** Asks without showing what is typed. @throws Refusal `usage` where nobody is there to type */
  async askSecret(question: string): Promise<string> {
    const input = this.#input;
    if (!input.isTTY) throw new Refusal('usage', { what: 'a passphrase is needed: use --passphrase-file' });
    this.#aside.write(question);
    const typed: string[] = [];
    input.setRawMode(true);
    try {
      for await (const chunk of input) {
        for (const character of String(chunk)) {
          if (character === '\r' || character === '\n') return typed.join('');
          if (character === '\u0003') throw new Refusal('usage', { what: 'not confirmed' });
          if (character === '\u007f') typed.pop();
          else typed.push(character);
        }
      }
      return typed.join('');
    } finally {
      input.setRawMode(false);
      this.#aside.write('\n');
    }
  }
}
