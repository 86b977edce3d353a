import { type File, targetOf } from './source-file.ts';

/** Each ring of files that import each other, type imports included: one sentence a ring. */
export function circles(files: readonly File[]): readonly string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: File, trail: readonly string[]): void => {
    const again = trail.indexOf(file.path);
    if (again >= 0)
      found.push(`${file.path}: imports itself through ${[...trail.slice(again + 1), file.path].join(' → ')}`);
    if (again >= 0 || done.has(file.path)) return;
    for (const specifier of file.imports) {
      const next = byPath.get(targetOf(file, specifier) ?? '');
      if (next !== undefined) visit(next, [...trail, file.path]);
    }
    done.add(file.path);
  };
  for (const file of files) visit(file, []);
  return found;
}
