import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { raiseAlarm } from '../store/alarms.ts';
import { forgetEvents, tellEvent } from '../store/events.ts';
import { now, startStation, type Station, tell } from './http.fixtures.ts';

let station: Station;
let token: string;
before(async () => {
  station = await startStation();
  token = await station.token();
});
after(() => station.stop());

interface Heard {
  readonly id: number;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Follows events until so many have come. */
async function follow(
  path: string,
  count: number,
  headers: Record<string, string> = {},
  then?: () => Promise<unknown>,
): Promise<readonly Heard[]> {
  const response = await station.call('GET', path, { token, headers });
  assert.equal(response.headers.get('content-type'), 'text/event-stream');
  assert.ok(response.body);
  const heard: Heard[] = [];
  let text = '';
  let told = false;
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    if (!told) {
      told = true;
      await then?.();
    }
    text += piece;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, id] = /^id: (\d+)$/m.exec(block) ?? [];
      const [, event = ''] = /^event: (.+)$/m.exec(block) ?? [];
      const [, data = '{}'] = /^data: (.+)$/m.exec(block) ?? [];
      if (id !== undefined) heard.push({ id: Number(id), event, data: JSON.parse(data) as Heard['data'] });
    }
    if (heard.length >= count) return heard;
  }
  return heard;
}

test('what happens is told as it happens: acts, alarms, links, without content', { timeout: 20_000 }, async () => {
  const heard = await follow('/v1/events', 4, {}, async () => {
    await tell(station, station.relation, { from: 'own' });
    await tell(station, station.relation, { from: 'theirs' });
    await raiseAlarm(station.database, {
      relation: station.relation.relation,
      time: now,
      kind: 'clock-off',
      what: 'x',
      proof: undefined,
    });
    await tellEvent(station.database, station.relation.relation, 'link-changed', { state: 'down' });
  });
  assert.deepEqual(
    heard.map(({ event }) => event),
    ['acts-released', 'acts-accepted', 'alarm-raised', 'link-changed'],
  );
  assert.ok(heard.every(({ data }) => data['relation'] === 'fr-ma'));
  assert.ok(!JSON.stringify(heard).includes('Karim'));
});

test('who comes back goes on behind the last event it had, and misses none', { timeout: 20_000 }, async () => {
  const before = await follow('/v1/events?after=0', 4);
  await tell(station, station.relation, { from: 'own' });
  const [next] = await follow('/v1/events', 1, { 'last-event-id': String(before.at(-1)?.id) });
  assert.equal(next?.event, 'acts-released');
  assert.equal(next?.id, (before.at(-1)?.id ?? 0) + 1);
});

test('events of another relation are not heard', { timeout: 20_000 }, async () => {
  const narrow = await station.token(['relations.read'], { relation: station.other.relation });
  await tell(station, station.relation, { from: 'own' });
  await tell(station, station.other, { from: 'own' });
  const all = token;
  token = narrow;
  const [first] = await follow('/v1/events?after=0', 1);
  token = all;
  assert.equal(first?.data['relation'], 'fr-es');
  const refused = await station.call('GET', '/v1/events?relation=fr-ma', { token: narrow });
  assert.equal(refused.status, 404);
});

test(
  'events of transactions that run at once are numbered in the order of their commits',
  { timeout: 20_000 },
  async () => {
    const { rows } = await station.database.query<{ last: number }>('select last from event_number');
    const from = rows[0]?.last ?? 0;
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        tell(station, i % 2 === 0 ? station.relation : station.other, {
          from: 'own',
          dossier: `c${i % 10}`.repeat(16),
        }),
      ),
    );
    const heard = await follow(`/v1/events?after=${from}`, 20);
    assert.deepEqual(
      heard.map(({ id }) => id),
      Array.from({ length: 20 }, (_, i) => from + 1 + i),
    );
  },
);

test('who comes back too late is told that events are lost, and goes on from here', { timeout: 20_000 }, async () => {
  await forgetEvents(station.database, Number.MAX_SAFE_INTEGER as never);
  const heard = await follow('/v1/events?after=1', 2, {}, () => tell(station, station.relation, { from: 'own' }));
  assert.deepEqual(
    heard.map(({ event }) => event),
    ['events-lost', 'acts-released'],
  );
});

test('a token that is revoked hears nothing more', { timeout: 20_000 }, async () => {
  const spare = await station.token(['relations.read']);
  const response = await station.call('GET', '/v1/events', { token: spare });
  await station.database.query('update token set revoked = 1 where made = $1 and scopes = $2', [
    now,
    ['relations.read'],
  ]);
  let text = '';
  assert.ok(response.body);
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) text += piece;
  assert.ok(!text.includes('event:'), 'the stream has ended');
});

test('the feed goes on after the database has cut its connection', { timeout: 20_000 }, async () => {
  const heard = await follow('/v1/events', 1, {}, async () => {
    await station.database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'entente-events'`,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    await tell(station, station.relation, { from: 'own' });
  });
  assert.equal(heard[0]?.event, 'acts-released');
});
