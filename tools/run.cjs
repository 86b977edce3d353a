'use strict';
// Plain old JavaScript: this file must run on any Node from 20, before anything is installed.
// It installs what the lockfile names, then hands over to the Node 26 that came with it.
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const modules = join(root, 'node_modules');
const node = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const stamp = join(modules, '.entente-lock');

install();
process.exitCode = handOver(process.argv.slice(2));

function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(node) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write('entente: installing what package-lock.json names (once, about half a minute)…\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0 || !existsSync(node)) {
    process.stderr.write(
      'entente: the installation failed. Check that the npm registry is reachable, then run the same command again.\n',
    );
    process.exit(done.status || 1);
  }
  writeFileSync(stamp, wanted);
}

function handOver(args) {
  const cache = join(root, '.cache', 'compile');
  mkdirSync(cache, { recursive: true });
  const environment = Object.assign({}, process.env, { NODE_COMPILE_CACHE: cache });
  const [command, ...rest] =
    args[0] === '--bin' ? [process.execPath, join(modules, '.bin', args[1]), ...args.slice(2)] : [node, ...args];
  // The terminal sends Ctrl-C to the whole group; the child decides how to stop.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  const done = spawnSync(command, rest, { cwd: process.cwd(), env: environment, stdio: 'inherit' });
  if (done.error) throw done.error;
  return done.status === null ? 1 : done.status;
}
