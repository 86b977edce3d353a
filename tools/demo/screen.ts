import { stripVTControlCharacters, styleText } from 'node:util';
import type { Party } from './parties.ts';

type Tone = Parameters<typeof styleText>[0];

const narrowest = 96;
const toneOf: Readonly<Record<Party, Tone>> = { fr: 'cyan', ma: 'green' };

/** Where the demonstration speaks: two columns and a line of status on a wide terminal, plain tagged lines elsewhere. */
export class Screen {
  readonly #out = process.stdout;
  #status = '';

  get isTerminal(): boolean {
    return this.#out.isTTY;
  }

  /** A line of the demonstration's own. */
  say(text: string): void {
    this.#write(text);
  }

  step(text: string): void {
    this.#write(this.tone('bold', `\n▸ ${text}`));
  }

  /** Something shown as it was said elsewhere, line by line, set in. */
  quote(text: string): void {
    for (const line of text.split('\n')) this.#write(this.tone('dim', `    ${line}`));
  }

  alarm(text: string): void {
    this.#write(this.tone(['bold', 'red'], text));
  }

  /** What happened at one party's station, in its column. */
  tell(party: Party, time: Date, text: string, as?: 'alarm' | 'aside'): void {
    const clock = time.toLocaleTimeString('en-GB');
    const tone = toneFor(party, as);
    if (!this.#isWide()) {
      this.#write(
        `${this.tone('dim', clock)} ${this.tone(toneOf[party], party.toUpperCase())} ${this.tone(tone, text)}`,
      );
      return;
    }
    const width = Math.floor((this.#out.columns - 14) / 2);
    const cell = fit(text, width);
    const [left, right] = party === 'fr' ? [cell, ' '.repeat(width)] : [' '.repeat(width), cell];
    const bar = this.tone('dim', '│');
    this.#write(`${this.tone('dim', clock)} ${bar} ${this.tone(tone, left)}${bar} ${this.tone(tone, right)}`.trimEnd());
  }

  columnHeads(left: string, right: string): void {
    if (!this.#isWide()) return;
    const width = Math.floor((this.#out.columns - 14) / 2);
    this.#write(this.tone('bold', `         │ ${fit(left, width)}│ ${right}`));
  }

  /** The last line of a terminal, rewritten in place. */
  status(text: string): void {
    if (!this.isTerminal) return;
    this.#status = fit(text, this.#out.columns - 1).trimEnd();
    this.#out.write(`\r\u001B[K${this.tone('inverse', this.#status)}`);
  }

  end(): void {
    if (this.#status !== '') this.#out.write('\r\u001B[K');
    this.#status = '';
  }

  tone(tone: Tone, text: string): string {
    return styleText(tone, text, { stream: this.#out });
  }

  #isWide(): boolean {
    return this.isTerminal && this.#out.columns >= narrowest;
  }

  #write(text: string): void {
    if (this.#status === '') this.#out.write(`${text}\n`);
    else this.#out.write(`\r\u001B[K${text}\n${this.tone('inverse', this.#status)}`);
  }
}

function toneFor(party: Party, as: 'alarm' | 'aside' | undefined): Tone {
  if (as === 'alarm') return ['bold', 'red'];
  return as === 'aside' ? ['dim', 'white'] : toneOf[party];
}

function fit(text: string, width: number): string {
  const plain = stripVTControlCharacters(text);
  return plain.length > width - 1 ? `${plain.slice(0, width - 2)}… ` : plain.padEnd(width);
}
