/** What an import may cost. A file from outside is hostile until read: every bound is checked before the work it bounds. */
export interface ImportLimits {
  /** Of a text format (JSON, CSV, mail), in bytes. */
  readonly textBytes: number;
  /** Of a file that is attached whole (PDF, image), in bytes. */
  readonly fileBytes: number;
  /** Nesting of JSON, and of the parts of a mail. */
  readonly depth: number;
  /** Leaves of a JSON text, cells of a CSV, headers and parts of a mail, tags and pages of a file. */
  readonly properties: number;
  /** How long the reading thread may take. */
  readonly milliseconds: number;
  /** How much memory the reading thread may take, in MiB. */
  readonly mebibytes: number;
}

export const defaultImportLimits: ImportLimits = {
  textBytes: 25 * 2 ** 20,
  fileBytes: 64 * 2 ** 20,
  depth: 64,
  properties: 500_000,
  milliseconds: 20_000,
  mebibytes: 512,
};
