import { type ChildProcess, spawn } from 'node:child_process';
import { platform } from 'node:process';

// `read` returns when the pipe from this process closes, however it ended.
const waitThenInterrupt = 'read -r _; kill -INT "$1"';

/**
 * Interrupts a child when this process has ended, by `kill -9` too: a shell between them sees the pipe close. Without
 * a POSIX shell the child stays, and the next start stops it.
 * @param user whose process it is
 */
export function endWithUs(child: ChildProcess, user: { readonly uid: number; readonly gid: number } | undefined): void {
  if (platform === 'win32' || child.pid === undefined) return;
  const guard = spawn('/bin/sh', ['-c', waitThenInterrupt, 'sh', String(child.pid)], {
    ...user,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    // In a session of its own, a terminal's Ctrl-C does not end it before us.
    detached: true,
  });
  // Its number may be another's once the child has ended.
  child.once('exit', () => guard.kill('SIGKILL'));
  // Without a guard the child is as it would be on a host without a shell.
  guard.once('error', () => {});
  guard.stdin.once('error', () => {});
}
