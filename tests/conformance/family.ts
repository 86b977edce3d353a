/** Vectors of one origin, written by programs we did not write. */
export interface Family {
  readonly name: string;
  /** Relative to the folder of all vectors; a family whose folder is missing is skipped. */
  readonly folder: string;
  /** @param dir where this family's `folder` is */
  run(dir: string): Promise<FamilyResult>;
}

export interface FamilyResult {
  /** How many single checks were made. */
  readonly ran: number;
  /** One line for each that failed. */
  readonly failed: readonly string[];
}

/** Counts checks by name; a check fails by throwing. */
export interface Tally {
  check(name: string, work: () => void): void;
  result(): FamilyResult;
}

export function startTally(): Tally {
  let ran = 0;
  const failed: string[] = [];
  return {
    check(name, work) {
      ran += 1;
      try {
        work();
      } catch (error) {
        failed.push(`${name}: ${String(error)}`);
      }
    },
    result: () => ({ ran, failed }),
  };
}
