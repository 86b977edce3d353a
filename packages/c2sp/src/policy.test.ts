import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  makeVkey,
  mayTrust,
  type PolicyParts,
  readPolicy,
  signCheckpoint,
  verifyCheckpoint,
  writePolicy,
} from './index.ts';
import { crypto, makeSigner, refuses, utf8 } from './node-crypto.test.ts';

const log = makeSigner('example.org/log', 1);
const owner = makeSigner('example.org/log', 6);
const [x1, x2, x3, y1] = ['x1', 'x2', 'x3', 'y1'].map((name) => makeSigner(`example.org/${name}`, 4).vkey.text);
const WITNESSES = `witness X1 ${x1}\nwitness X2 ${x2}\nwitness X3 ${x3}\nwitness Y1 ${y1}\n`;
const EXAMPLE = `# who may be believed
log ${log.vkey.text} https://log.example.org/
\t
${WITNESSES}  group X-witnesses\t2 X1 X2 X3
group Y-witnesses any Y1
group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
`;
const read = (text: string) => readPolicy(crypto, utf8(text));

test('the quorum of the specification needs two of the X and one of the Y', () => {
  const policy = read(EXAMPLE);
  assert.equal(policy.logs[0]?.url, 'https://log.example.org/');
  assert.ok(mayTrust(policy, ['X1', 'X3', 'Y1']));
  for (const few of [[], ['X1', 'X2'], ['X1', 'Y1'], ['X1', 'X1', 'Y1'], ['X-and-Y'.slice(1)]]) {
    assert.ok(!mayTrust(policy, few), few.join());
  }
});

test('a written policy reads back as the same policy', () => {
  const policy = read(EXAMPLE);
  assert.deepEqual(readPolicy(crypto, writePolicy(crypto, policy)), policy);
});

test('names are octets: a name and its look-alike are two', () => {
  const policy = readPolicy(crypto, utf8(`witness K ${x1}\nwitness \u212a ${x2}\nquorum \u212a\n`));
  assert.ok(!mayTrust(policy, ['K']));
  assert.deepEqual(readPolicy(crypto, writePolicy(crypto, policy)), policy);
});

test('each rule of the format is enforced', () => {
  const broken: readonly (readonly [string, Parameters<typeof refuses>[1]])[] = [
    ['', 'policy-quorum'],
    ['quorum none', 'policy-line'],
    ['quorum none\nquorum none\n', 'policy-quorum'],
    ['quorum X1\n', 'policy-name'],
    [`quorum X1\nwitness X1 ${x1}\n`, 'policy-name'],
    [`witness none ${x1}\nquorum none\n`, 'policy-name'],
    [`witness X1 ${x1}\nwitness X1 ${x2}\nquorum none\n`, 'policy-name'],
    [`witness X1 ${x1}\nwitness X2 ${x1}\nquorum none\n`, 'policy-duplicate'],
    [`log ${log.vkey.text}\nlog ${log.vkey.text} url\nquorum none\n`, 'policy-duplicate'],
    [`log ${x1}\nquorum none\n`, 'vkey-type'],
    [`witness L ${log.vkey.text}\nquorum none\n`, 'vkey-type'],
    [`${WITNESSES}group G any X1 X1\nquorum G\n`, 'policy-name'],
    [`${WITNESSES}group G any X1\ngroup H any X1\nquorum G\n`, 'policy-name'],
    [`${WITNESSES}group G any none\nquorum G\n`, 'policy-name'],
    [`${WITNESSES}group G any G\nquorum G\n`, 'policy-name'],
    [`${WITNESSES}group X1 any X2\nquorum X1\n`, 'policy-name'],
    [`${WITNESSES}group G 0 X1\nquorum G\n`, 'policy-threshold'],
    [`${WITNESSES}group G 3 X1 X2\nquorum G\n`, 'policy-threshold'],
    [`${WITNESSES}group G all\nquorum G\n`, 'policy-threshold'],
    [`${WITNESSES}group G 01 X1\nquorum G\n`, 'number'],
    [`${WITNESSES}group G some X1\nquorum G\n`, 'number'],
    [`witness X1 ${x1} url more\nquorum none\n`, 'policy-line'],
    ['log\nquorum none\n', 'policy-line'],
    ['quorum none none\n', 'policy-line'],
    ['Quorum none\n', 'policy-line'],
    ['quorum none\r\n', 'control-character'],
    ['quorum none\u007f\n', 'control-character'],
    ['quorum\u00a0none\n', 'policy-line'],
  ];
  for (const [text, code] of broken) refuses(() => read(text), code);
  refuses(() => readPolicy(crypto, new Uint8Array(256 * 1024 + 1)), 'size-limit');
});

test('no text makes the reader fail otherwise than by refusing', () => {
  const word = fc.constantFrom(
    'log',
    'witness',
    'group',
    'quorum',
    'none',
    'any',
    'all',
    '1',
    'X1',
    'G',
    x1 ?? '',
    '#',
    '\n',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 30 }), (words) => {
      let policy;
      try {
        policy = read(`${words.join(' ')}\n`);
      } catch (error) {
        assert.ok(error instanceof Error && error.name === 'FormatError');
        return;
      }
      assert.equal(mayTrust(policy, []), policy.quorum === 'none');
    }),
    { numRuns: 500 },
  );
});

test('a policy of 32 logs, witnesses and groups is read', () => {
  const each = (line: (at: number) => string) => Array.from({ length: 32 }, (_, at) => line(at)).join('');
  const text =
    each((at) => `log ${makeSigner(`log${at}`, 1).vkey.text}\n`) +
    each((at) => `witness W${at} ${makeSigner(`w${at}`, 4).vkey.text}\n`) +
    each((at) => `group G${at} all W${at}${at === 0 ? '' : ` G${at - 1}`}\n`);
  const policy = read(`${text}quorum G31\n`);
  const all = Array.from({ length: 32 }, (_, at) => `W${at}`);
  assert.ok(mayTrust(policy, all));
  assert.ok(!mayTrust(policy, all.slice(1)));
});

test('a writer refuses parts that make no policy', () => {
  const parts: PolicyParts = { logs: [], witnesses: [], groups: [], quorum: 'none' };
  refuses(() => writePolicy(crypto, { ...parts, quorum: 'W' }), 'policy-name');
  refuses(() => writePolicy(crypto, { ...parts, quorum: 'none\nquorum' }), 'policy-line');
  refuses(
    () => writePolicy(crypto, { ...parts, groups: [{ name: 'G', threshold: 0, members: [] }] }),
    'policy-threshold',
  );
  refuses(() => writePolicy(crypto, { ...parts, logs: [{ vkey: log.vkey, url: 'a b' }] }), 'policy-line');
});

test('two keys that one signature line could mean are refused', () => {
  const collide = { sha256: () => new Uint8Array(32) };
  const key = (byte: number, type: 1 | 4) => makeVkey(collide, 'w', type, new Uint8Array(32).fill(byte)).text;
  const policy = utf8(`log ${key(1, 1)}\nwitness W ${key(2, 4)}\nquorum none\n`);
  refuses(() => readPolicy(collide, policy), 'policy-duplicate');
});

const checkpoint = { origin: 'example.org/log', size: 0, root: crypto.sha256(new Uint8Array(0)), extension: [] };
const both = read(`log ${log.vkey.text}\nwitness owner ${owner.vkey.text}\nquorum owner\n`);
const expectOrigin = { expectOrigin: 'example.org/log' };

test('a checkpoint is believed when a log of its origin signed and the quorum cosigned', () => {
  const note = utf8(signCheckpoint(checkpoint, [log, owner], 12));
  const verified = verifyCheckpoint(crypto, both, note, expectOrigin);
  assert.deepEqual(verified.checkpoint, checkpoint);
  assert.deepEqual(verified.cosigners, [{ name: 'owner', timestamp: 12 }]);
});

test('a checkpoint without its log, its quorum or its origin is refused', () => {
  const sign = (signers: Parameters<typeof signCheckpoint>[1], origin = checkpoint.origin) =>
    utf8(signCheckpoint({ ...checkpoint, origin }, signers, 12));
  refuses(() => verifyCheckpoint(crypto, both, sign([log]), expectOrigin), 'quorum-missing');
  refuses(() => verifyCheckpoint(crypto, both, sign([owner]), expectOrigin), 'signature-missing');
  refuses(() => verifyCheckpoint(crypto, both, sign([log, owner]), { expectOrigin: 'other' }), 'origin-unexpected');
  refuses(
    () => verifyCheckpoint(crypto, both, sign([log, owner], 'other'), { expectOrigin: 'other' }),
    'signature-missing',
  );
});

test('strangers in a note change nothing; one bad line by a known witness refuses it', () => {
  const stranger = makeSigner('example.org/log', 6);
  const note = signCheckpoint(checkpoint, [stranger, log, owner], 12);
  assert.equal(verifyCheckpoint(crypto, both, utf8(note), expectOrigin).cosigners.length, 1);
  const later = signCheckpoint(checkpoint, [owner], 13).split('\n').at(-2) ?? '';
  const spoilt = `${note}${later.slice(0, -1)}A\n`;
  assert.notEqual(spoilt, note);
  assert.throws(() => verifyCheckpoint(crypto, both, utf8(spoilt), expectOrigin), { name: 'FormatError' });
});
