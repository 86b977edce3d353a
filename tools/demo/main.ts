import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runDemo } from './run-demo.ts';
import { Screen } from './screen.ts';

const usage = `npm start [-- --once] [--home DIR]
  Two stations with invented data, talking to each other until Ctrl-C.
  --once      ends by itself, once the backlog is exchanged and a new lead was answered; prints what both sides hold
  --home DIR  where the two stations live; else .entente in the repository`;

const { values } = parseArgs({
  options: { once: { type: 'boolean' }, home: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
});

if (values.help === true) console.log(usage);
else {
  const folder = resolve(values.home ?? join(import.meta.dirname, '..', '..', '.entente'));
  const screen = new Screen();
  try {
    process.exitCode = await runDemo({ folder, once: values.once === true, screen });
  } catch (error) {
    screen.end();
    screen.alarm(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
