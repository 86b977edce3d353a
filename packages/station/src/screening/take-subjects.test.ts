import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { tracks } from '@entente/tracks';
import type { JsonObject } from '@entente/protocol';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { comparableSubject } from './comparable-subject.ts';

test('whatever a body from outside holds where its subjects stand, reading it ends and can be stored', () => {
  const member = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.constant('a\u0000b\ud800'));
  const subject = fc.record(
    {
      kind: fc.oneof(
        fc.constantFrom('person', 'organisation', 'telephone', 'document', '__proto__', 'constructor'),
        member,
      ),
      names: fc.oneof(fc.array(fc.record({ family: member, given: member })), member),
      births: fc.oneof(fc.array(member), member),
      documents: fc.oneof(fc.array(fc.record({ number: member, documentKind: member })), member),
      number: member,
      designation: member,
      sex: member,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(fc.array(subject), member), (subjects) => {
      for (const track of tracks) {
        for (const said of track.subjectsOf({ subjects } as JsonObject)) {
          const comparable = comparableSubject(nodeCrypto, said);
          const stored = JSON.stringify(comparable ?? {});
          assert.ok(stored.isWellFormed() && !stored.includes('\\u0000'));
        }
      }
    }),
  );
});

test('two spellings of a number are one subject, and another birth is another', () => {
  const person = (births: readonly string[]) =>
    comparableSubject(nodeCrypto, {
      kind: 'person',
      label: 'Karim',
      identity: { names: ['Karim Berrazouk'], births, birthplaces: [], documents: [], sex: undefined },
      numbers: [],
    })?.hash;
  assert.equal(person(['1984']), person(['1984']));
  assert.notEqual(person(['1984']), person(['1985']));
  const car = (number: string) =>
    comparableSubject(nodeCrypto, {
      kind: 'vehicle',
      label: number,
      identity: undefined,
      numbers: [{ kind: 'plate', number }],
    })?.hash;
  assert.equal(car('WW-123-ZZ'), car('ww 123 zz'));
});
