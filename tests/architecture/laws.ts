/** The law of one package: what its sources may import besides their own files. */
export type PackageLaw = {
  readonly packages: readonly string[];
  /** Names or `scope/*`; undefined: any. */
  readonly libraries: readonly string[] | undefined;
  /** A pure package sees no Node.js, no clock and no chance: they are handed in. */
  readonly pure: boolean;
};

export const packageLaws: Readonly<Record<string, PackageLaw>> = {
  c2sp: { packages: [], libraries: [], pure: true },
  matching: { packages: [], libraries: [], pure: true },
  protocol: { packages: [], libraries: [], pure: true },
  tracks: { packages: ['protocol'], libraries: [], pure: true },
  wire: { packages: ['protocol', 'c2sp'], libraries: ['age-encryption', 'modern-tar', '@noble/*'], pure: true },
  contract: { packages: ['protocol', 'tracks'], libraries: [], pure: true },
  station: {
    packages: ['c2sp', 'matching', 'protocol', 'tracks', 'wire', 'contract'],
    libraries: undefined,
    pure: false,
  },
};

/** Inside the station: edges → verbs → store and adapters; an edge never imports another edge. */
export const stationEdges: readonly string[] = ['http', 'cli', 'timers'];
export const stationVerbs: readonly string[] = ['release', 'exchange', 'custody', 'dossiers', 'screening', 'blind'];
export const stationGround: readonly string[] = ['store', 'adapters'];
/** Joins edges and verbs for main, which alone calls it. */
export const stationJoin = 'serve';
export const stationMain = 'packages/station/src/main.ts';

/** What reads a clock, draws a chance or reaches the machine. Each is matched on code without comments and strings. */
export const impureCode: Readonly<Record<string, RegExp>> = {
  'Date.now': /\bDate\s*\.\s*now\b/,
  'new Date()': /\bnew\s+Date\s*(?:\(\s*\)|(?![\s(]))/,
  'Date()': /(?<!new\s+)(?<![.\w$])Date\s*\(/,
  'Temporal.Now': /\bTemporal\s*\.\s*Now\b/,
  'Math.random': /\bMath\s*\.\s*random\b/,
  'crypto global': /(?<![.\w$])crypto\s*\.\s*(?:subtle|getRandomValues|randomUUID)\b/,
  'Node.js or DOM global': /(?<![.\w$])(?:process|Buffer|globalThis|performance|console|localStorage|navigator)\s*[.(]/,
  timer: /(?<![.\w$])(?:setTimeout|setInterval|setImmediate)\s*\(/,
  eval: /(?<![.\w$])(?:eval|Function)\s*\(/,
};

export const mostLines = 400;

/** Files that may be longer, each with its reason. */
export const longFiles: Readonly<Record<string, string>> = {};
