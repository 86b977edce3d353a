import type { Json, Language } from '@entente/protocol';
import type { Blobs } from '../adapters/blobs.ts';
import type { Home } from './home.ts';
import type { Input } from './input.ts';
import type { Option } from './option.ts';
import type { Terminal } from './terminal.ts';

/** What every command works with besides its own arguments. */
export interface Context {
  readonly terminal: Terminal;
  readonly language: Language;
  readonly home: Home;
  /** One's own PostgreSQL in place of the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Where attachments are kept: the home's folder, or the bucket that the environment names. */
  readonly blobsOf: (home: Home) => Blobs;
  /** Runs the station until it is told to stop; joined in `main.ts`, which alone knows all edges. */
  readonly serve: (context: Context) => Promise<void>;
}

/** What a command found or did: for a person, and for `--json`. `failed` makes the exit code 1. */
export interface Outcome {
  readonly text: string;
  readonly json: Json;
  readonly failed?: boolean;
}

export interface Command {
  /** `accord sign` */
  readonly name: string;
  readonly summary: string;
  /** What follows the options: `FILE…`. */
  readonly operands?: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly examples: readonly string[];
  run(input: Input, context: Context): Promise<Outcome>;
}
