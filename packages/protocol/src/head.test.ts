import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson, readHead, Refusal, writeHead } from './index.ts';
import type { Json, RefusalCode } from './index.ts';

const text =
  `{"accord":"${'9f'.repeat(32)}","author":{"function":"duty-officer","pseudonym":"o-7f3a"},"basis":["${'ab'.repeat(32)}"],` +
  `"body":"${'2c'.repeat(32)}","dossier":"00112233445566778899aabbccddeeff","from":"fr","gates":[{"gate":"purpose","reasoning":"${'cd'.repeat(32)}","result":"passed"}],` +
  `"handling":{"codes":["H0","H1"],"evaluation":"B2","until":"2027-11-23"},"inputs":{"urgent":true},"legalBasis":"SAFE-37b",` +
  `"notAfter":"2026-11-24T00:00:00.000Z","relation":"fr-ma","to":"ma","trackVersion":1,"type":"leads/request","v":1}`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function refused(text: string | Uint8Array, code: RefusalCode, where?: string): void {
  assert.throws(
    () => readHead(typeof text === 'string' ? bytes(text) : text),
    (error) => {
      assert(error instanceof Refusal, String(error));
      assert.equal(error.code, code, String(error));
      if (where !== undefined) assert.equal(error.detail.where?.split(',')[0], where, String(error));
      return true;
    },
  );
}

test('a head that is read is written back byte for byte', () => {
  assert.deepEqual(writeHead(readHead(bytes(text))), bytes(text));
});

test('a duplicate key is refused and its place named', () => {
  refused(text.replace('"evaluation"', '"codes":[],"evaluation"'), 'json-not-canonical', '$.handling.codes');
});

test('another spelling of the same head is refused', () => {
  refused(` ${text}`, 'json-not-canonical');
  refused(text.replace(',"body"', ', "body"'), 'json-not-canonical');
  refused(text.replace('"v":1', '"v":1.0'), 'json-not-canonical', '$.v');
  refused(text.replace('"fr"', '"\\u0066r"'), 'json-not-canonical', '$.from');
  refused(
    text.replace('"relation":"fr-ma","to":"ma"', '"to":"ma","relation":"fr-ma"'),
    'json-not-canonical',
    '$.relation',
  );
  refused(`\uFEFF${text}`, 'json-malformed');
  refused(`${text}\n`, 'json-not-canonical');
});

test('bytes that are not UTF-8, a lone surrogate and bottomless nesting are refused', () => {
  refused(new Uint8Array([0x7b, 0xff, 0x7d]), 'json-malformed');
  refused(text.replace('true', '"\\ud800"'), 'json-malformed', '$.inputs.urgent');
  refused(text.replace('true', '['.repeat(4000) + ']'.repeat(4000)), 'json-too-deep');
});

test('a name that hides characters is refused where it stands', () => {
  refused(text.replace('duty-officer', 'duty\u202Eofficer'), 'text-invisible-characters', '$.author.function');
  refused(text.replace('"urgent":true', '"no\u200bte":true'), 'text-invisible-characters');
  refused(text.replace('true', '"a\\nb"'), 'text-invisible-characters', '$.inputs.urgent');
  refused(text.replace('true', '"\\u0000"'), 'text-invisible-characters', '$.inputs.urgent');
});

test('a quote in a text is not mistaken for something hidden', () => {
  readHead(bytes(text.replace('true', '"il dit \\"oui\\""')));
});

test('members too many, missing or of another grammar are refused', () => {
  refused(text.replace('"v":1', '"v":1,"w":1'), 'field-unknown', '$.w');
  refused(text.replace(/"accord":"[^"]+",/, ''), 'field-missing', '$.accord');
  refused(text.replace('"to":"ma"', '"to":"fr"'), 'field-malformed', '$.to');
  refused(text.replace('["H0","H1"]', '["H1","H0"]'), 'field-malformed', '$.handling');
  refused(text.replace('2027-11-23', '2027-02-29'), 'field-malformed', '$.handling');
  refused(text.replace('"leads/request"', '"request"'), 'field-malformed', '$.type');
  refused('[]', 'field-malformed', '$');
});

test('a basis longer than a screen and a head larger than its limit are refused', () => {
  const ids = Array.from({ length: 65 }, (_, i) => `"${i.toString(16).padStart(64, '0')}"`).join(',');
  refused(text.replace(`"${'ab'.repeat(32)}"`, ids), 'field-malformed', '$.basis');
  refused(new Uint8Array(16_385), 'too-large');
});

test('a member named __proto__ is an unknown member like any other', () => {
  refused(`{"__proto__":{},${text.slice(1)}`, 'field-unknown');
  refused(text.replace('"codes"', '"__proto__":1,"codes"'), 'field-malformed', '$.handling');
});

test('whatever bytes arrive, reading ends in a head or a refusal', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        fc.string(),
        fc.nat(text.length).map((at) => text.slice(0, at)),
      ),
      (given) => {
        try {
          readHead(bytes(given));
        } catch (error) {
          assert(error instanceof Refusal, String(error));
        }
      },
    ),
  );
});

test('inputs of any shape come back as they were written', () => {
  const visible = fc.string({ unit: fc.constantFrom('a', 'é', 'ش', '"', '\\', '😀', ' ') });
  fc.assert(
    fc.property(
      fc.dictionary(
        visible,
        fc.oneof(visible, fc.integer(), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true })),
      ),
      (inputs) => {
        const head = { ...readHead(bytes(text)), inputs };
        assert.equal(
          canonicalJson(readHead(writeHead(head)) as unknown as Json),
          canonicalJson(head as unknown as Json),
        );
      },
    ),
  );
});
