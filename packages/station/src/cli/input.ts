import { parseArgs } from 'node:util';
import {
  type ActId,
  isActId,
  isPartyId,
  isRelationId,
  type PartyId,
  Refusal,
  type RelationId,
} from '@entente/protocol';
import type { Option } from './option.ts';

/** Options that every command takes. */
export const commonOptions: Readonly<Record<string, Option>> = {
  home: { value: 'DIR', describe: 'the station’s home folder; ENTENTE_HOME, else ./.entente' },
  root: { value: 'DIR', describe: 'where the offline root keys are; else the folder root of the home' },
  language: { value: 'fr|ar|en', describe: 'language of what is said; else ENTENTE_LANGUAGE, else that of LANG' },
  json: { describe: 'print one JSON value' },
  help: { describe: 'show this help' },
};

/** What a user typed after the command's name. Whatever is missing or unknown is refused as `usage`. */
export class Input {
  readonly #values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
  readonly operands: readonly string[];
  #onlyRelation: RelationId | undefined;

  /** @throws Refusal `usage` */
  constructor(options: Readonly<Record<string, Option>>, args: readonly string[]) {
    const declared = Object.entries({ ...commonOptions, ...options }).map(([name, { value, multiple }]) => {
      const type: 'boolean' | 'string' = value === undefined ? 'boolean' : 'string';
      return [name, { type, multiple: multiple === true }] as const;
    });
    try {
      const parsed = parseArgs({ args: [...args], options: Object.fromEntries(declared), allowPositionals: true });
      this.#values = parsed.values;
      this.operands = parsed.positionals;
    } catch (cause) {
      throw new Refusal('usage', { what: cause instanceof Error ? cause.message : '' }, { cause });
    }
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  optional(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }

  required(name: string): string {
    const value = this.optional(name);
    if (value === undefined) throw new Refusal('usage', { what: `--${name} is missing` });
    return value;
  }

  list(name: string): readonly string[] {
    const value = this.#values[name];
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  }

  /** The operand at a place, counted from 0. */
  operand(at: number, name: string): string {
    const value = this.operands[at];
    if (value === undefined) throw new Refusal('usage', { what: `${name} is missing` });
    return value;
  }

  party(name: string): PartyId {
    const value = this.required(name);
    if (!isPartyId(value)) throw wrong(name, 'lowercase letters, digits and hyphens');
    return value;
  }

  /** Names the relation that is meant where the user named none. */
  supposeRelation(only: RelationId): void {
    this.#onlyRelation = only;
  }

  /** The relation named with --relation, else the only one that the station has. */
  relation(): RelationId {
    const value = this.optional('relation') ?? this.#onlyRelation ?? this.required('relation');
    if (!isRelationId(value)) throw wrong('relation', 'lowercase letters, digits and hyphens');
    return value;
  }

  act(at: number): ActId {
    const value = this.operand(at, 'ACT');
    if (!isActId(value)) throw new Refusal('usage', { what: 'ACT: 64 hexadecimal digits' });
    return value;
  }

  port(name: string, otherwise: number): number {
    const value = Number(this.optional(name) ?? otherwise);
    if (!Number.isInteger(value) || value < 0 || value > 65_535) throw wrong(name, 'a port, 0 to 65535');
    return value;
  }
}

function wrong(name: string, expected: string): Refusal {
  return new Refusal('usage', { what: `--${name}: ${expected}` });
}
