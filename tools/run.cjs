'use strict';
// Plain old JavaScript: this file must run on any Node from 20, before anything is installed.
// It installs what package-lock.json names, then hands over to the Node 26 that came with it:
//   node tools/run.cjs FILE.ts [ARGUMENTS…]
const { spawn } = require('node:child_process');
const { join } = require('node:path');
const { installWhereNeeded, node, root, say } = require('./install.cjs');

main().catch((error) => {
  say(error.message);
  process.exitCode = 1;
});

async function main() {
  await installWhereNeeded();
  await handOver(process.argv.slice(2));
}

/** Runs the command with Node 26, passes signals on, and ends as it ended. */
function handOver(args) {
  const env = { ...process.env, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, '.cache', 'compile') };
  const child = spawn(node, args, { env, stdio: 'inherit' });
  const last = new Map();
  const forward = (signal) => {
    // npm repeats what its group has already received: a signal within a second of itself is that echo.
    const now = Date.now();
    if (now - (last.get(signal) ?? 0) < 1000) return;
    last.set(signal, now);
    child.kill(signal);
  };
  // A terminal sends these to the whole group, the child included; without one they come to us alone.
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, terminal ? () => {} : forward);
  process.on('SIGTERM', forward);
  if (process.env.npm_lifecycle_event !== undefined) onceOrphaned(() => forward('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`cannot start ${node}: ${error.message}`)));
    child.once('exit', (status, signal) => {
      if (signal === null) process.exitCode = status;
      else {
        process.removeAllListeners(signal);
        process.kill(process.pid, signal);
      }
      resolve();
    });
  });
}

/** npm puts a shell between itself and us, which dies of a SIGTERM without passing it on. */
function onceOrphaned(stop) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 300);
  watch.unref();
}
