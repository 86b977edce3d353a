// # HELP entente_http_requests_total Requests answered
// # TYPE entente_http_requests_total counter
// entente_http_requests_total{route="readInbox",status="200"} 7

/** Labels are names from closed lists or relations' names: no person, no dossier. */
export type Labels = Readonly<Record<string, string>>;

type Kind = 'counter' | 'gauge' | 'histogram';

interface Family {
  readonly kind: Kind;
  readonly help: string;
  readonly samples: Map<string, number>;
}

// Seconds: from a local answer to a parcel over a slow line.
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const;
// A counterpart or a caller must not be able to fill our memory by inventing label values.
const samplesKept = 2000;

/** Figures of one process, in the text format of Prometheus 0.0.4. */
export class Metrics {
  readonly #families = new Map<string, Family>();
  readonly #collectors: (() => Promise<void>)[] = [];

  /** Names a figure before its first value. @param help one sentence */
  declare(name: string, kind: Kind, help: string): void {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new RangeError(`not a metric name: ${name}`);
    this.#families.set(name, { kind, help, samples: new Map() });
  }

  /** Adds to a counter. */
  add(name: string, labels: Labels = {}, amount = 1): void {
    this.#change(this.#family(name, 'counter'), name, labels, (value) => value + amount);
  }

  /** Sets a gauge. */
  set(name: string, labels: Labels, value: number): void {
    this.#change(this.#family(name, 'gauge'), name, labels, () => value);
  }

  /** Takes a duration in seconds into a histogram. */
  observe(name: string, labels: Labels, seconds: number): void {
    const family = this.#family(name, 'histogram');
    for (const bound of bounds) {
      this.#change(
        family,
        `${name}_bucket`,
        { ...labels, le: String(bound) },
        (count) => count + (seconds <= bound ? 1 : 0),
      );
    }
    this.#change(family, `${name}_bucket`, { ...labels, le: '+Inf' }, (count) => count + 1);
    this.#change(family, `${name}_sum`, labels, (sum) => sum + seconds);
    this.#change(family, `${name}_count`, labels, (count) => count + 1);
  }

  /** Has gauges set before each reading: what is in the database is asked for then, not kept twice. */
  collect(collector: () => Promise<void>): void {
    this.#collectors.push(collector);
  }

  async write(): Promise<string> {
    for (const collector of this.#collectors) await collector();
    let text = '';
    for (const [name, { kind, help, samples }] of this.#families) {
      text += `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n`;
      for (const [sample, value] of samples) text += `${sample} ${value}\n`;
    }
    return text;
  }

  #family(name: string, kind: Kind): Family {
    const family = this.#families.get(name);
    if (family?.kind !== kind) throw new RangeError(`${name} is not declared as a ${kind}`);
    return family;
  }

  #change({ samples }: Family, name: string, labels: Labels, change: (value: number) => number): void {
    const sample = sampleOf(name, labels);
    const value = samples.get(sample);
    if (value === undefined && samples.size >= samplesKept) return;
    samples.set(sample, change(value ?? 0));
  }
}

function sampleOf(name: string, labels: Labels): string {
  const written = Object.entries(labels).map(([label, value]) => `${label}="${escape(value)}"`);
  return written.length === 0 ? name : `${name}{${written.join(',')}}`;
}

function escape(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
