import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { stateBytes } from '@entente/protocol';
import type { JsonObject } from '@entente/protocol';
import { leads } from './index.ts';
import { ordinaryRequest, tell } from './story.fixtures.ts';

test('whatever the inputs of an act say, the fold neither throws nor makes a state that cannot be written', () => {
  const names = leads.acts.map(({ name }) => name);
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.dictionary(fc.string(), fc.jsonValue()), (type, inputs) => {
      const { says, state } = tell();
      const of = says('fr', 'request', ordinaryRequest);
      says('ma', type, { of, at: 'never', receivedAt: 7, ...(inputs as JsonObject) });
      says('fr', type, { ...(inputs as JsonObject), of });
      assert.ok(stateBytes(state()).length > 0);
    }),
  );
});

test('the function in charge is on record, and never a name', () => {
  const { says, state } = tell();
  says('fr', 'request', ordinaryRequest);
  const at = '2026-11-23T08:30:00.000Z';
  const act = says('ma', 'taken-in-charge', { at, access: 'direct' });
  assert.deepEqual(state().data['inCharge'], [{ act, from: 'ma', at, access: 'direct', function: 'duty-ma' }]);
});
