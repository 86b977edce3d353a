import { randomBytes } from 'node:crypto';
import type { LogFields } from './log.ts';

/** What a span may say of itself: the same closed list as a log line. */
export type SpanFields = LogFields;

/** Where a span hangs: a W3C trace context, `00-<32 hex>-<16 hex>-01`. */
export interface SpanContext {
  readonly trace: string;
  readonly span: string;
}

/** Traces of what a station does. Where nobody collects them a span costs two function calls. */
export interface Traces {
  /** Runs a verb in a span; what it throws ends the span as failed and goes on. */
  run<Result>(
    name: string,
    fields: SpanFields,
    verb: (context: SpanContext) => Promise<Result>,
    parent?: SpanContext,
  ): Promise<Result>;
  /** Sends what is left. */
  stop(): Promise<void>;
}

interface Span extends SpanContext {
  readonly parent: string | undefined;
  readonly name: string;
  readonly from: bigint;
  readonly to: bigint;
  readonly fields: SpanFields;
  readonly failed: boolean;
}

const traceparent = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;
const nowhere: SpanContext = { trace: '0'.repeat(32), span: '0'.repeat(16) };
// A collector that is away costs nobody memory: spans beyond this are dropped.
const kept = 2048;
const period = 5000;

/** The context that a caller sent in `traceparent`; undefined for anything but its one spelling. */
export function readTraceparent(header: string | undefined): SpanContext | undefined {
  const [, trace, span] = traceparent.exec(header ?? '') ?? [];
  return trace === undefined || span === undefined || /^0+$/.test(trace) || /^0+$/.test(span)
    ? undefined
    : { trace, span };
}

export const noTraces: Traces = Object.freeze({
  run: <Result>(_name: string, _fields: SpanFields, verb: (context: SpanContext) => Promise<Result>) => verb(nowhere),
  stop: async () => {},
});

/** Sends spans to an OpenTelemetry collector as OTLP over HTTP in JSON. @param collector `http://127.0.0.1:4318` */
export function openTraces(collector: string, station: string): Traces {
  const waiting: Span[] = [];
  const send = async (): Promise<void> => {
    const spans = waiting.splice(0);
    if (spans.length === 0) return;
    // A collector that is away is nobody's failure but its own.
    await fetch(new URL('/v1/traces', collector), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(writeSpans(station, spans)),
      signal: AbortSignal.timeout(period),
    }).catch(() => undefined);
  };
  const timer = setInterval(() => void send(), period).unref();
  return Object.freeze({
    async run<Result>(
      name: string,
      fields: SpanFields,
      verb: (context: SpanContext) => Promise<Result>,
      parent?: SpanContext,
    ) {
      const context = { trace: parent?.trace ?? hex(16), span: hex(8) };
      const from = nanoseconds();
      let failed = true;
      try {
        const result = await verb(context);
        failed = false;
        return result;
      } finally {
        const span = { ...context, parent: parent?.span, name, fields, from, to: nanoseconds(), failed };
        if (waiting.length < kept) waiting.push(span);
      }
    },
    async stop() {
      clearInterval(timer);
      await send();
    },
  });
}

function writeSpans(station: string, spans: readonly Span[]): object {
  return {
    resourceSpans: [
      {
        resource: { attributes: [attribute('service.name', 'entente'), attribute('service.instance.id', station)] },
        scopeSpans: [{ scope: { name: 'entente' }, spans: spans.map(writeSpan) }],
      },
    ],
  };
}

function writeSpan({ trace, span, parent, name, from, to, fields, failed }: Span): object {
  return {
    traceId: trace,
    spanId: span,
    ...(parent === undefined ? {} : { parentSpanId: parent }),
    name,
    kind: 2,
    startTimeUnixNano: String(from),
    endTimeUnixNano: String(to),
    attributes: Object.entries(fields).map(([key, value]) => attribute(`entente.${key}`, String(value))),
    status: { code: failed ? 2 : 1 },
  };
}

function attribute(key: string, value: string): object {
  return { key, value: { stringValue: value } };
}

function nanoseconds(): bigint {
  return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;
}

function hex(length: number): string {
  return randomBytes(length).toString('hex');
}
