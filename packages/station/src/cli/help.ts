import type { Command } from './command.ts';
import type { Option } from './option.ts';
import { commonOptions } from './input.ts';

/** All commands, one a line. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'entente COMMAND [OPTIONS]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'entente COMMAND --help shows options and examples.',
  ].join('\n');
}

/** One command with its options and examples. */
export function commandHelp({ name, summary, operands, options, examples }: Command): string {
  const usage = ['entente', name, operands, '[OPTIONS]'].filter((part) => part !== undefined).join(' ');
  return [
    usage,
    '',
    summary,
    '',
    ...optionLines(options),
    ...optionLines(commonOptions),
    '',
    'Examples:',
    ...examples.map((example) => `  entente ${example}`),
  ].join('\n');
}

function optionLines(options: Readonly<Record<string, Option>>): readonly string[] {
  return Object.entries(options).map(([name, { value, describe }]) => {
    const spelling = value === undefined ? `--${name}` : `--${name} ${value}`;
    return `  ${spelling.padEnd(30)} ${describe}`;
  });
}
