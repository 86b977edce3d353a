import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { compileAnswers } from './answers.fixtures.ts';
import { now, startStation, type Station } from './http.fixtures.ts';

let station: Station;
before(async () => (station = await startStation()));
after(() => station.stop());

test('the open reviews of floor acts stand in the inbox, late ones marked, until an officer closes them', async () => {
  const { relation } = station.relation;
  for (const [act, due] of [
    ['aa', now - 1],
    ['bb', now + 1],
  ] as const) {
    await station.database.query(
      `insert into review values ($1, decode(repeat($2, 32), 'hex'), decode(repeat($2, 16), 'hex'), 'leads/threat-to-life',
                                  '{neutrality,torture-risk}', $3, $4)`,
      [relation, act, due - 86_400_000, due],
    );
  }
  const { rows } = await station.database.query<{ officer: number }>(
    `insert into officer (name, function, roles, unit) values ('A. Martin', 'duty-officer', '{officer}', 'desk') returning officer`,
  );
  const token = await station.token(['relations.read', 'acts.write'], { officer: rows[0]?.officer ?? 0 });
  const open = async (): Promise<unknown> => {
    const answer = await (await station.call('GET', '/v1/relations/fr-ma/inbox', { token })).json();
    answers('readInbox', answer);
    return (answer as { reviews: { act: string; late: boolean }[] }).reviews.map(({ act, late }) => [
      act.slice(0, 2),
      late,
    ]);
  };
  assert.deepEqual(await open(), [
    ['aa', true],
    ['bb', false],
  ]);
  const close = async (by: string, gates: readonly string[]): Promise<number> => {
    const body = { gates: gates.map((gate) => ({ gate, result: 'passed', reasoning: 'looked at since' })) };
    const path = `/v1/relations/fr-ma/reviews/${'aa'.repeat(32)}`;
    return (await station.call('POST', path, { token: by, body })).status;
  };
  assert.equal(await close(await station.token(), ['neutrality', 'torture-risk']), 404, 'a program is no officer');
  assert.equal(await close(token, ['neutrality']), 409);
  assert.equal(await close(token, ['neutrality', 'torture-risk']), 204);
  assert.deepEqual(await open(), [['bb', false]]);
});

const answers = compileAnswers();
