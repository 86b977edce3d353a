import { scan, type Scanned } from './scan.ts';

/** Repository path (with `/`) to source text. */
export type Sources = ReadonlyMap<string, string>;

export type File = Scanned & {
  readonly path: string;
  readonly source: string;
  /** The package it belongs to; `undefined` outside `packages/`. */
  readonly home: string | undefined;
  /** A test, or what tests share: `*.test.ts`, `*.fixtures.ts`. */
  readonly isTest: boolean;
};

export function fileOf(path: string, source: string): File {
  return {
    ...scan(source),
    path,
    source,
    home: /^packages\/([^/]+)\//.exec(path)?.[1],
    isTest: /\.(?:test|fixtures)\.ts$/.test(path),
  };
}

/** The repository path that an import means, or `undefined` for a library. */
export function targetOf(file: File, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return resolve(file.path, specifier);
  const own = /^@entente\/([^/]+)$/.exec(specifier)?.[1];
  return own === undefined ? undefined : `packages/${own}/src/index.ts`;
}

function resolve(from: string, specifier: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
