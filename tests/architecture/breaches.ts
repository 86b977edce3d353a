import { circles } from './circles.ts';
import { impureCode, longFiles, mostLines, packageLaws } from './laws.ts';
import { type File, fileOf, type Sources, targetOf } from './source-file.ts';
import { stationBreaches } from './station.ts';

/** Every breach of the repository's laws in these sources, as sentences that begin with the file's path. Empty: all is well. */
export function breaches(
  sources: Sources,
  exceptions: Readonly<Record<string, string>> = longFiles,
): readonly string[] {
  const files = [...sources].map(([path, source]) => fileOf(path, source));
  return [
    ...unseenPackages(files),
    ...files.flatMap((file) => [
      ...nameBreaches(file),
      ...sizeBreaches(file, exceptions),
      ...importBreaches(file),
      ...purityBreaches(file),
      ...testBreaches(file),
      ...stationBreaches(file),
    ]),
    ...staleExceptions(files, exceptions),
    ...circles(files),
  ];
}

/** A checker that sees no file reports success for ever. */
function unseenPackages(files: readonly File[]): readonly string[] {
  return Object.keys(packageLaws)
    .filter((name) => !files.some((file) => file.home === name))
    .map((name) => `packages/${name}: no source file was seen`);
}

function nameBreaches({ path, home, code }: File): readonly string[] {
  const found: string[] = [];
  const parts = path.split('/');
  if (!parts.every((part) => /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*$/.test(part)))
    found.push(`${path}: names are kebab-case`);
  if (
    parts.at(-1) === 'index.ts' &&
    !/^packages\/[^/]+\/src\/index\.ts$|^packages\/tracks\/src\/[^/]+\/index\.ts$/.test(path)
  )
    found.push(`${path}: an index.ts stands at a package's or a track's door, nowhere else`);
  if (/\bexport\s*\*\s*from\b/.test(code)) found.push(`${path}: exports are written out, never export *`);
  if (home !== undefined && packageLaws[home] === undefined) found.push(`${path}: package ${home} has no law`);
  return found;
}

function sizeBreaches({ path, source }: File, exceptions: Readonly<Record<string, string>>): readonly string[] {
  const lines = source.split('\n').length - 1;
  if (lines <= mostLines || exceptions[path] !== undefined) return [];
  return [`${path}: ${lines} lines, more than ${mostLines}: look for the second notion`];
}

function staleExceptions(files: readonly File[], exceptions: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(exceptions)
    .filter((path) => !files.some((file) => file.path === path && file.source.split('\n').length - 1 > mostLines))
    .map((path) => `${path}: is listed as a long file and is none`);
}

function importBreaches(file: File): readonly string[] {
  const { path, home, isTest, imports } = file;
  const law = home === undefined ? undefined : packageLaws[home];
  return imports.flatMap((specifier) => {
    if (specifier.startsWith('.')) return relativeBreaches(file, specifier);
    const [, own, beyond] = /^@entente\/([^/]+)(\/.*)?$/.exec(specifier) ?? [];
    if (own !== undefined) {
      if (beyond !== undefined) return [`${path}: imports ${specifier}, past the door of @entente/${own}`];
      if (packageLaws[own] === undefined) return [`${path}: imports ${specifier}, which has no law`];
      return law === undefined || law.packages.includes(own) ? [] : [`${path}: ${home} may not import ${specifier}`];
    }
    if (law === undefined || isTest) return [];
    if (specifier.startsWith('node:'))
      return law.pure ? [`${path}: ${home} is pure and may not import ${specifier}`] : [];
    return law.libraries === undefined || law.libraries.some((library) => names(library, specifier))
      ? []
      : [`${path}: ${home} may not import ${specifier}`];
  });
}

function relativeBreaches(file: File, specifier: string): readonly string[] {
  const { path, home } = file;
  if (!/\.(?:ts|cjs|json)$/.test(specifier)) return [`${path}: imports ${specifier} without its ending`];
  return home === undefined || targetOf(file, specifier)?.startsWith(`packages/${home}/`) === true
    ? []
    : [`${path}: imports ${specifier}, which climbs out of ${home}`];
}

function names(library: string, specifier: string): boolean {
  if (library.endsWith('/*')) return specifier.startsWith(library.slice(0, -1));
  return specifier === library || specifier.startsWith(`${library}/`);
}

function purityBreaches({ path, home, isTest, code }: File): readonly string[] {
  if (home === undefined || isTest || packageLaws[home]?.pure !== true) return [];
  return Object.entries(impureCode)
    .filter(([, pattern]) => pattern.test(code))
    .map(([name]) => `${path}: ${home} is pure and may not use ${name}`);
}

function testBreaches({ path, code }: File): readonly string[] {
  if (!path.endsWith('.test.ts')) return [];
  if (/(?<![.\w$])(?:test|it|describe)\s*\.\s*only\s*\(/.test(code)) return [`${path}: leaves a test.only behind`];
  return /(?<![.\w$])(?:test|it)\s*\(/.test(code)
    ? []
    : [`${path}: holds no test (what tests share is a *.fixtures.ts)`];
}
