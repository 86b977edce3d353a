import { runCommand } from './cli/run-command.ts';
import { Terminal } from './cli/terminal.ts';

const { env } = process;

process.exitCode = await runCommand(process.argv.slice(2), {
  terminal: new Terminal(process.stdout, process.stderr, process.stdin),
  locale: env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? 'en',
  homeFolder: env['ENTENTE_HOME'] ?? '.entente',
  databaseUrl: env['DATABASE_URL'],
  serve: async () => {},
});
