import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { loggedFields, openLog } from './log.ts';
import { Metrics } from './metrics.ts';
import { openTraces, readTraceparent } from './traces.ts';

test('a log line holds only fields of the closed list, whatever is handed to it', () => {
  const lines: string[] = [];
  const log = openLog('debug', { write: (line: string) => void lines.push(line) });
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything({ maxDepth: 2 })), (fields) => {
      lines.length = 0;
      (log.write as (level: string, message: string, fields: object) => void)('info', 'm', fields);
      const line = JSON.parse(lines.join('')) as object;
      assert.deepEqual(
        Object.keys(line).filter((name) => !['level', 'time', 'msg', ...loggedFields].includes(name)),
        [],
      );
    }),
  );
});

test('a defect is logged by its class and place, not by its message', () => {
  const lines: string[] = [];
  openLog('info', { write: (line: string) => void lines.push(line) }).defect(
    'a defect',
    new TypeError('Karim B. is not iterable'),
  );
  assert.match(lines.join(''), /"name":"TypeError","stack":" {4}at /);
  assert.ok(!lines.join('').includes('Karim'));
});

test('metrics are written as Prometheus reads them, with labels escaped and bounded in number', async () => {
  const metrics = new Metrics();
  metrics.declare('a_total', 'counter', 'A');
  metrics.declare('b', 'gauge', 'B');
  metrics.declare('c_seconds', 'histogram', 'C');
  metrics.add('a_total', { x: 'q"\\\n' });
  metrics.observe('c_seconds', {}, 0.03);
  metrics.collect(async () => metrics.set('b', {}, 2));
  for (let i = 0; i < 5000; i++) metrics.add('a_total', { i: String(i) });
  const text = await metrics.write();
  assert.ok(text.includes('a_total{x="q\\"\\\\\\n"} 1\n'));
  assert.ok(text.includes('\nb 2\n'));
  assert.ok(text.includes('c_seconds_bucket{le="0.025"} 0\n') && text.includes('c_seconds_bucket{le="0.05"} 1\n'));
  assert.ok(text.split('\n').length < 2100);
  assert.throws(() => metrics.add('b'), RangeError);
});

test('spans reach an OpenTelemetry collector with their parent, and a failed one says so', async () => {
  const received: string[] = [];
  const collector = createServer((request, response) => {
    request.on('data', (piece: Buffer) => void received.push(piece.toString()));
    request.on('end', () => response.end('{}'));
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const traces = openTraces(`http://127.0.0.1:${(collector.address() as AddressInfo).port}`, 'fr');
  const parent = readTraceparent(`00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`);
  assert.ok(parent);
  await traces.run('readInbox', { relation: 'fr-ma' }, async () => 1, parent);
  await assert.rejects(traces.run('x', {}, () => Promise.reject(new Error('no'))));
  await traces.stop();
  collector.close();
  const sent = JSON.parse(received.join('')) as {
    resourceSpans: [{ scopeSpans: [{ spans: Record<string, unknown>[] }] }];
  };
  const [first, second] = sent.resourceSpans[0].scopeSpans[0].spans;
  assert.deepEqual(
    [first?.['name'], first?.['traceId'], first?.['parentSpanId']],
    ['readInbox', 'ab'.repeat(16), 'cd'.repeat(8)],
  );
  assert.deepEqual(second?.['status'], { code: 2 });
  assert.equal(readTraceparent(`00-${'0'.repeat(32)}-${'cd'.repeat(8)}-01`), undefined);
});
