/** Rows with their columns aligned; what to say where there is none. */
export function table(rows: readonly (readonly string[])[], none: string): string {
  if (rows.length === 0) return none;
  const widths: number[] = [];
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
