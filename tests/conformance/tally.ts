/** Counts vectors, and keeps a line for each that did not come out as published. */
export class Tally {
  ran = 0;
  readonly failed: string[] = [];

  /** `holds` may throw: then the vector failed, and the line says with what. */
  check(label: string, holds: () => boolean): void {
    this.ran += 1;
    try {
      if (!holds()) this.failed.push(label);
    } catch (cause) {
      this.failed.push(`${label}: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
}
