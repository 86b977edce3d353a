import type { Language } from '@entente/protocol';
import type { Command } from './command.ts';
import type { Option } from './option.ts';
import { commonOptions } from './input.ts';
import { describeOption, say, summaryOf } from './words/say.ts';

/** All commands, one a line. */
export function overview(commands: readonly Command[], language: Language): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    say(language, 'usage'),
    '',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${summaryOf(command, language)}`),
    '',
    say(language, 'help-of-one'),
  ].join('\n');
}

/** One command with its options and examples. */
export function commandHelp(command: Command, language: Language): string {
  const { name, operands, options, examples } = command;
  const usage = ['entente', name, operands, say(language, 'options')].filter((part) => part !== undefined).join(' ');
  return [
    usage,
    '',
    summaryOf(command, language),
    '',
    ...optionLines(options, language),
    ...optionLines(commonOptions, language),
    '',
    say(language, 'examples'),
    ...examples.map((example) => `  entente ${example}`),
  ].join('\n');
}

function optionLines(options: Readonly<Record<string, Option>>, language: Language): readonly string[] {
  return Object.entries(options).map(([name, option]) => {
    const { value } = option;
    const spelling = value === undefined ? `--${name}` : `--${name} ${value}`;
    return `  ${spelling.padEnd(30)} ${describeOption(option, language)}`;
  });
}
