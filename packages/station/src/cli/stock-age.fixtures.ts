import { spawnSync } from 'node:child_process';

/** The first release that knows hybrid recipients is 1.3; Debian 12 has 1.1. */
const release = 'v1.3.1';
const cache = new URL('../../../../.cache/age/', import.meta.url).pathname;

/** A stock age that opens what is sealed to a hybrid recipient, and where it came from; or why there is none. */
export type StockAge = { readonly command: string; readonly from: string } | { readonly missing: string };

/** Finds age on the PATH, else builds it once into `.cache` where Go is installed and its module proxy is reached. */
export function findStockAge(): StockAge {
  for (const command of ['age', `${cache}age`]) {
    const version = spawnSync(command, ['--version'], { encoding: 'utf8' }).stdout?.trim();
    if (version !== undefined && knowsHybrid(version)) return { command, from: `${command} ${version}` };
  }
  const built = spawnSync('go', ['install', `filippo.io/age/cmd/age@${release}`], {
    env: { ...process.env, GOBIN: cache, GOFLAGS: '-buildvcs=false' },
    encoding: 'utf8',
    timeout: 50_000,
  });
  if (built.error !== undefined)
    return { missing: `no age of 1.3 or later on the PATH, and no Go: ${built.error.message}` };
  if (built.status !== 0)
    return { missing: `no age of 1.3 or later on the PATH, and Go could not build it: ${built.stderr}` };
  return { command: `${cache}age`, from: `age ${release}, built by go install` };
}

function knowsHybrid(version: string): boolean {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 3);
}
