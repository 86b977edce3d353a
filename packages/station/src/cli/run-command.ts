import { languages, type Language, Refusal, refusalWords } from '@entente/protocol';
import type { Command, Context } from './command.ts';
import { commands } from './commands.ts';
import { commandHelp, overview } from './help.ts';
import { Home } from './home.ts';
import { Input } from './input.ts';
import { onlyRelation } from './station-file.ts';
import type { Terminal } from './terminal.ts';

/** What `main.ts` read from the environment. */
export interface Surroundings extends Pick<Context, 'databaseUrl' | 'blobsOf' | 'serve'> {
  readonly terminal: Terminal;
  /** `fr_FR.UTF-8` */
  readonly locale: string;
  readonly homeFolder: string;
}

/** Runs one command line. @returns the exit code: 0 done, 1 refused, 2 not understood */
export async function runCommand(args: readonly string[], surroundings: Surroundings): Promise<0 | 1 | 2> {
  const { terminal } = surroundings;
  const language = languageOf(args, surroundings.locale);
  const asJson = args.includes('--json');
  try {
    const command = findCommand(args);
    if (command === undefined) return help(terminal, args, language);
    const input = new Input(command.options, args.slice(command.name.split(' ').length));
    if (input.flag('help')) {
      terminal.print(commandHelp(command, language));
      return 0;
    }
    const home = new Home(input.optional('home') ?? surroundings.homeFolder, input.optional('root'));
    const { relation } = command.options;
    const only = relation === undefined || relation.isNew === true ? undefined : await onlyRelation(home);
    if (only !== undefined) input.supposeRelation(only);
    const { databaseUrl, blobsOf, serve } = surroundings;
    const outcome = await command.run(input, { terminal, language, home, databaseUrl, blobsOf, serve });
    const text = asJson ? JSON.stringify(outcome.json) : outcome.text;
    if (text !== '') terminal.print(text);
    return outcome.failed === true ? 1 : 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const words = refusalWords(error.code, language, error.detail);
    terminal.say(asJson ? JSON.stringify({ code: error.code, words, ...error.detail }) : words);
    for (const { where, what } of error.detail.faults ?? []) if (!asJson) terminal.say(`  ${where}: ${what}`);
    return error.code === 'usage' ? 2 : 1;
  }
}

/** The command with the longest name that the words begin with. */
function findCommand(args: readonly string[]): Command | undefined {
  return commands
    .filter(({ name }) => name.split(' ').every((word, at) => args[at] === word))
    .toSorted((one, other) => other.name.length - one.name.length)[0];
}

function help(terminal: Terminal, args: readonly string[], language: Language): 0 {
  const [first] = args;
  const asked = first === undefined || first === 'help' || first.startsWith('-');
  const known = commands.filter(({ name }) => name.split(' ')[0] === first);
  if (!asked && known.length === 0) throw new Refusal('usage', { what: first });
  if (!asked && !args.includes('--help') && args.length > 1)
    throw new Refusal('usage', { what: args.slice(0, 2).join(' ') });
  terminal.print(overview(asked ? commands : known, language));
  return 0;
}

function languageOf(args: readonly string[], locale: string): Language {
  const at = args.indexOf('--language');
  const wanted = at >= 0 ? args[at + 1] : locale.slice(0, 2);
  return languages.find((language) => language === wanted) ?? 'en';
}
