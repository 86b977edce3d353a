import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

type Locked = { readonly resolved?: string; readonly optionalDependencies?: Readonly<Record<string, string>> };

const text = readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8');
const { packages } = JSON.parse(text) as { readonly packages: Readonly<Record<string, Locked>> };

test('the lockfile names every package of every platform, so that npm ci works on all of them', () => {
  const missing = Object.entries(packages).flatMap(([path, locked]) =>
    Object.keys(locked.optionalDependencies ?? {}).filter(
      (name) =>
        packages[`node_modules/${name}`] === undefined && packages[`${path}/node_modules/${name}`] === undefined,
    ),
  );
  assert.deepEqual(missing, []);
});

test('the lockfile names no registry: each reader installs from their own', () => {
  const resolved = Object.values(packages).flatMap((locked) => locked.resolved ?? []);
  assert.deepEqual(
    resolved.filter((place) => !place.startsWith('packages/')),
    [],
  );
});
