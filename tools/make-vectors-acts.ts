import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readBody, readHead, Refusal, writeBody, writeHead } from '@entente/protocol';
import type { Body, Head, Json } from '@entente/protocol';

// Writes tests/vectors/acts: heads and bodies as the very bytes, with their ids or the refusal they meet.
const folder = new URL('../tests/vectors/acts/', import.meta.url);
const hash = (digits: string): string => digits.repeat(64 / digits.length);

const head = {
  v: 1,
  type: 'leads/request',
  trackVersion: 1,
  from: 'fr',
  to: 'ma',
  relation: 'fr-ma',
  accord: hash('9f'),
  dossier: '00112233445566778899aabbccddeeff',
  basis: [],
  handling: { codes: ['H0'] },
  inputs: { crimeArea: 'drugs', urgency: 'other' },
  gates: [],
  author: { function: 'duty-officer', pseudonym: 'o-7f3a' },
} as unknown as Head;
const fullHead = {
  ...head,
  basis: [hash('ab'), hash('01')],
  leaves: hash('ab'),
  notAfter: '2026-11-24T00:00:00.000Z',
  legalBasis: 'SAFE-37b',
  handling: { codes: ['H0', 'H2'], evaluation: 'B2', until: '2028-02-29' },
  gates: [{ gate: 'torture-risk', result: 'waived-by-floor', reasoning: hash('cd') }],
  floor: true,
  author: { function: 'ضابط الخدمة', pseudonym: 'o-7f3a' },
  body: hash('2c'),
} as unknown as Head;
const body: Body = {
  nonce: Buffer.alloc(32, 7).toString('base64'),
  fields: {
    facts: {
      language: 'fr',
      text: 'Vu à Tanger,\nle « 3 ».\t😀',
      translation: { language: 'ar', text: 'شوهد في طنجة', by: 'o-1', at: '2026-11-23T11:27:41.123Z' },
    },
  },
  attachments: [
    {
      name: 'plan.pdf',
      mediaType: 'application/pdf',
      size: 10,
      sha256: hash('aa'),
      sealedSize: 226,
      sealedSha256: hash('bb'),
    } as unknown as Body['attachments'][number],
  ],
};

const text = Buffer.from(writeHead(fullHead)).toString();
const bodyText = Buffer.from(writeBody(body)).toString();

const valid: Readonly<Record<string, Uint8Array>> = {
  'smallest.head.json': writeHead(head),
  'every-member.head.json': writeHead(fullHead),
  'quotes-and-backslash.head.json': writeHead({ ...head, inputs: { said: 'il dit "oui" \\ rien' } }),
  'numbers.head.json': writeHead({ ...head, inputs: { a: 0, b: -1.5, c: 1e21, d: 1e-7, e: 9007199254740991 } }),
  'keys-in-utf16-order.head.json': writeHead({ ...head, inputs: { '\ufb33': 1, '😀': 2, é: 3, '10': 4, '9': 5 } }),
  'basis-of-64.head.json': writeHead({ ...head, basis: ids(64) }),
  'relation-heads.head.json': writeHead({
    ...head,
    type: 'relation/heads',
    dossier: '0'.repeat(32) as Head['dossier'],
    inputs: {},
  }),
  'free-text.body.json': writeBody(body),
  'empty.body.json': writeBody({ ...body, fields: {}, attachments: [] }),
};

const invalid: Readonly<Record<string, string | Uint8Array>> = {
  'empty.head.json': '',
  'not-json.head.json': '{"v":1',
  'not-utf8.head.json': Buffer.concat([
    Buffer.from(text.slice(0, 40)),
    Buffer.from([0xff]),
    Buffer.from(text.slice(40)),
  ]),
  'byte-order-mark.head.json': `\ufeff${text}`,
  'final-newline.head.json': `${text}\n`,
  'white-space.head.json': text.replace('"v":1', '"v": 1'),
  'duplicate-key.head.json': text.replace('"evaluation"', '"codes":[],"evaluation"'),
  'duplicate-key-escaped.head.json': text.replace('"v":1', '"v":1,"\\u0076":1'),
  'keys-out-of-order.head.json': text.replace('"relation":"fr-ma","to":"ma"', '"to":"ma","relation":"fr-ma"'),
  'number-with-fraction-zero.head.json': text.replace('"v":1', '"v":1.0'),
  'number-negative-zero.head.json': text.replace('"crimeArea":"drugs"', '"crimeArea":-0'),
  'number-too-large.head.json': text.replace('"crimeArea":"drugs"', '"crimeArea":1e999'),
  'escape-not-needed.head.json': text.replace('"from":"fr"', '"from":"\\u0066r"'),
  'lone-surrogate.head.json': text.replace('"drugs"', '"\\ud800"'),
  'too-deep.head.json': text.replace('"drugs"', '['.repeat(40) + ']'.repeat(40)),
  'too-large.head.json': text.replace('"drugs"', `"${'x'.repeat(16_384)}"`),
  'array.head.json': '[]',
  'bidi-override.head.json': text.replace('o-7f3a', 'o-\u202e7f3a'),
  'right-to-left-mark.head.json': text.replace('"drugs"', '"\u200fdrugs"'),
  'arabic-letter-mark.head.json': text.replace('"drugs"', '"\u061cdrugs"'),
  'zero-width-joiner.head.json': text.replace('"drugs"', '"dr\u200dugs"'),
  'soft-hyphen-in-name.head.json': text.replace('"crimeArea"', '"crime\u00adArea"'),
  'tag-characters.head.json': text.replace('"drugs"', '"drugs\u{e0041}"'),
  'nul.head.json': text.replace('"drugs"', '"\\u0000"'),
  'line-feed.head.json': text.replace('"drugs"', '"a\\nb"'),
  'c1-control.head.json': text.replace('"drugs"', '"\u0085"'),
  'member-missing.head.json': text.replace('"to":"ma",', ''),
  'member-unknown.head.json': text.replace('"v":1', '"v":1,"w":1'),
  'proto.head.json': `{"__proto__":{},${text.slice(1)}`,
  'version-two.head.json': text.replace('"v":1', '"v":2'),
  'type-without-track.head.json': text.replace('"leads/request"', '"request"'),
  'to-oneself.head.json': text.replace('"to":"ma"', '"to":"fr"'),
  'party-in-capitals.head.json': text.replace('"to":"ma"', '"to":"MA"'),
  'hash-in-capitals.head.json': text.replace(hash('9f'), hash('9F')),
  'dossier-too-short.head.json': text.replace('00112233445566778899aabbccddeeff', '0011'),
  'basis-of-65.head.json': text.replace(/"basis":\[[^\]]*\]/, `"basis":${JSON.stringify(ids(65))}`),
  'basis-twice.head.json': text.replace(hash('01'), hash('ab')),
  'codes-out-of-order.head.json': text.replace('["H0","H2"]', '["H2","H0"]'),
  'code-unknown.head.json': text.replace('"H2"', '"H9"'),
  'day-that-is-not.head.json': text.replace('2028-02-29', '2027-02-29'),
  'instant-without-milliseconds.head.json': text.replace('00:00:00.000Z', '00:00:00Z'),
  'instant-that-is-not.head.json': text.replace('2026-11-24', '2026-11-31'),
  'legal-basis-unknown.head.json': text.replace('SAFE-37b', 'SAFE-99'),
  'floor-false.head.json': text.replace('"floor":true', '"floor":false'),
  'gate-result-unknown.head.json': text.replace('waived-by-floor', 'skipped'),
  'author-with-name.head.json': text.replace('"pseudonym"', '"name":"X","pseudonym"'),
  'null-member.head.json': text.replace(`"body":"${hash('2c')}"`, '"body":null'),
  'nonce-short.body.json': bodyText.replace(/"nonce":"[^"]*"/, `"nonce":"${Buffer.alloc(31).toString('base64')}"`),
  'nonce-stray-bits.body.json': bodyText.replace('Bwc="', 'Bwd="'),
  'nonce-url-alphabet.body.json': bodyText.replace(/"nonce":"..../, '"nonce":"____'),
  'member-unknown.body.json': bodyText.replace('"fields"', '"extra":1,"fields"'),
  'fields-missing.body.json': `{"attachments":[],"nonce":"${body.nonce}"}`,
  'attachment-size-negative.body.json': bodyText.replace('"size":10', '"size":-1'),
  'attachment-name-bidi.body.json': bodyText.replace('plan.pdf', 'plan\u202efdp.exe'),
  'text-hidden.body.json': bodyText.replace('Tanger', 'Tan\u2060ger'),
  'carriage-return.body.json': bodyText.replace('\\t', '\\r'),
};

function ids(count: number): Head['basis'] {
  return Array.from({ length: count }, (_, i) => i.toString(16).padStart(64, '0')) as unknown as Head['basis'];
}

function refusalOf(name: string, bytes: Uint8Array): string {
  try {
    const read: Json = (name.endsWith('.head.json') ? readHead(bytes) : readBody(bytes)) as unknown as Json;
    throw new Error(`${name} was read: ${JSON.stringify(read)}`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code;
  }
}

mkdirSync(new URL('valid/', folder), { recursive: true });
mkdirSync(new URL('invalid/', folder), { recursive: true });
for (const [name, bytes] of Object.entries(valid)) writeFileSync(new URL(`valid/${name}`, folder), bytes);
const sums = Object.entries(valid).map(
  ([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`,
);
writeFileSync(new URL('valid/SHA256SUMS', folder), sums.join(''));
const codes = Object.entries(invalid).map(([name, content]) => {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  writeFileSync(new URL(`invalid/${name}`, folder), bytes);
  return `${refusalOf(name, bytes)} ${name}\n`;
});
writeFileSync(new URL('invalid/REFUSALS', folder), codes.join(''));
