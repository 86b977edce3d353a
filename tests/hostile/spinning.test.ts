import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  counterpart,
  handlersNoting,
  serverFor,
} from '../../packages/station/src/exchange/link/peer-server.fixtures.ts';
import { startExchange } from '../../packages/station/src/exchange/start-exchange.ts';
import { TlsInForce } from '../../packages/station/src/exchange/tls-in-force.ts';
import { waitUntil } from '../../tools/torture/wait-until.ts';
import { custodyOfNoFiles } from '../support/no-files.fixtures.ts';
import { type TwoParties, twoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
before(async () => {
  parties = await twoParties();
});
after(() => parties.close());

test('who answers every long poll at once, and with nothing, is not asked without pause', async () => {
  const { fr, ma } = parties;
  const polled: number[] = [];
  const handlers = handlersNoting([], {
    awaitParcel: () => {
      polled.push(performance.now());
      return Promise.resolve(undefined);
    },
  });
  const [theirs, ours] = [await TlsInForce.of([ma.relation]), await TlsInForce.of([fr.relation])];
  const hostile = await serverFor(theirs.present(ma.relation), [
    [ours.present(fr.relation), counterpart(ma.relation.name, handlers)],
  ]);
  const exchange = await startExchange({
    parts: fr.parts,
    routes: [{ relation: fr.relation, address: `https://127.0.0.1:${hostile.port}`, fetches: true }],
    custody: custodyOfNoFiles(fr),
    onState: () => {},
    onDefect: () => {},
  });
  await waitUntil('it is polled four times', 30_000, () => polled.length >= 4);
  await exchange.stop();
  await hostile.stop();
  const [first = 0, , , fourth = 0] = polled;
  assert.ok(fourth - first >= 2000, `four within ${fourth - first} ms`);
});
