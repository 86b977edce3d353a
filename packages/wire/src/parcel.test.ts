import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  approveByKey,
  c2spCryptoOf,
  claimOfParcel,
  logSigners,
  logVkeys,
  nobleCrypto,
  openParcel,
  padmeSize,
  type ParcelExpectation,
  type ParcelHeader,
  type ParcelItem,
  parcelLimits,
  type ParcelParts,
  writeParcel,
  writeParcelHeader,
} from './index.ts';
import { entryOf, nothingSeen, TestChannel } from './channel.fixtures.ts';
import { fr, headOf, ma, parties, refuses, relation, sizeOf, utf8 } from './wire.fixtures.ts';

const channel = new TestChannel(parties.fr, parties.ma);
const back = new TestChannel(parties.ma, parties.fr);
const byStation = (acts: Parameters<typeof approveByKey>[2]) =>
  approveByKey(nobleCrypto, 'station', acts, parties.fr.station);
for (const body of ['{"fields":{},"nonce":"…"}', null, '{"text":"\u0000 é \\u0000 مرحبا \\"quoted\\""}']) {
  channel.entries.push(entryOf(headOf(fr, { inputs: { n: channel.entries.length } }), byStation, nothingSeen, body));
}

const { ed25519: signer } = logSigners(nobleCrypto, channel.origin, parties.fr.log);
const route = { from: fr, to: ma, relation, epoch: 1 };
const expect: ParcelExpectation = {
  ...route,
  log: logVkeys(c2spCryptoOf(nobleCrypto), channel.origin, parties.fr.keyset.keys.log),
};
const run: ParcelHeader = { kind: 'run', ...route, start: sizeOf(1), end: sizeOf(3) };
const items: readonly ParcelItem[] = channel.entries
  .slice(1)
  .flatMap(({ approval, envelope, body, seen, time }) => [
    { kind: 'approval', approval } as const,
    { kind: 'entry', envelope, body, seen, time } as const,
  ]);
const parts = {
  kind: 'run',
  header: writeParcelHeader(signer, run),
  checkpoint: channel.checkpoint(),
  cosigned: back.checkpoint(),
  items,
} satisfies ParcelParts;
const parcel = writeParcel(parts);
const express = {
  kind: 'express',
  header: writeParcelHeader(signer, { kind: 'express', ...route, index: sizeOf(2) }),
  proof: new TextDecoder().decode(channel.proof(2, channel.checkpoint())),
  items: items.slice(2),
} satisfies ParcelParts;
const open = (plaintext: Uint8Array, wanted = expect) => openParcel(nobleCrypto, plaintext, wanted);
const refusedWith = (code: string, plaintext: Uint8Array, wanted = expect): void =>
  assert.throws(() => [...open(plaintext, wanted).items()], { code });

test('a parcel opens to the very bytes that were put in, in order', () => {
  const opened = open(parcel);
  assert.deepEqual(opened.header, run);
  assert.equal(opened.checkpoint.size, 3);
  assert.equal(opened.checkpointNote, parts.checkpoint);
  assert.equal(opened.cosigned, parts.cosigned);
  assert.deepEqual([...opened.items()], items);
  assert.deepEqual(claimOfParcel(parcel), run);
});

test('an express parcel brings one entry with the head and the proof for it', () => {
  const opened = open(writeParcel(express));
  assert.ok(opened.kind === 'express');
  assert.equal(opened.proof.index, 2);
  assert.deepEqual(opened.proof.inclusion, channel.inclusion(2));
  assert.deepEqual([...opened.items()], items.slice(2));
});

test('a parcel without entries carries a head and a receipt alone', () => {
  const header = writeParcelHeader(signer, { ...run, start: sizeOf(3) });
  const opened = open(writeParcel({ ...parts, header, items: [] }));
  assert.deepEqual([...opened.items()], []);
});

test('any changed byte of a parcel is refused, or changes what one entry says', () => {
  const first = parcel.indexOf(0x0a);
  const check = (at: number, bit: number): void => {
    const changed = parcel.with(at, (parcel[at] ?? 0) ^ (1 << bit));
    let said: readonly ParcelItem[] = [];
    const refused = refuses(() => (said = [...open(changed).items()]));
    if (at <= first) assert.ok(refused, `byte ${at} of the first line`);
    if (!refused) assert.deepEqual(writeParcel({ ...parts, items: said, ...cosignedOf(changed) }), changed);
  };
  fc.assert(fc.property(fc.nat(parcel.length - 1), fc.nat(7), check), { numRuns: 300 });
});

function cosignedOf(plaintext: Uint8Array): { readonly cosigned?: string } {
  const { cosigned } = open(plaintext);
  return cosigned === undefined ? {} : { cosigned };
}

test('nothing after the first line is parsed before header and checkpoint are verified', () => {
  const other = logVkeys(c2spCryptoOf(nobleCrypto), channel.origin, parties.ma.keyset.keys.log);
  const garbage = parcel.slice();
  garbage.fill(0x7b, parcel.indexOf(0x0a) + 1);
  assert.throws(() => open(garbage, { ...expect, log: other }), { code: 'signature-missing' });
});

test('a parcel cut anywhere is refused', () => {
  for (let length = 0; length < parcel.length; length += 7)
    assert.ok(refuses(() => [...open(parcel.subarray(0, length)).items()]));
});

test('a parcel for another party, of another relation or epoch is refused', () => {
  refusedWith('wrong-recipient', parcel, { ...expect, to: fr });
  refusedWith('wrong-relation', parcel, { ...expect, relation: 'fr-ma-2' as typeof relation });
  refusedWith('wrong-epoch', parcel, { ...expect, epoch: 2 });
});

test('a parcel with fewer or more entries than its header says is refused', () => {
  refusedWith('parcel-malformed', writeParcel({ ...parts, items: items.slice(2) }));
  refusedWith('parcel-malformed', writeParcel({ ...parts, items: [...items, ...items.slice(2)] }));
});

test('a checkpoint that is not the head right after the last entry is refused', () => {
  refusedWith('parcel-malformed', writeParcel({ ...parts, checkpoint: channel.checkpoint(2) }));
});

test('a checkpoint by one of the two algorithms only is refused', () => {
  const lines = channel.checkpoint().split('\n');
  const without = (at: number): string => lines.filter((_, line) => line !== at).join('\n');
  for (const at of [4, 5]) refusedWith('signature-missing', writeParcel({ ...parts, checkpoint: without(at) }));
});

test('an express header over a run, and a proof of another entry, are refused', () => {
  refusedWith('parcel-malformed', writeParcel({ ...parts, header: express.header }));
  const proof = new TextDecoder().decode(channel.proof(1, channel.checkpoint()));
  refusedWith('parcel-malformed', writeParcel({ ...express, proof }));
});

test('a parcel above its limits is refused before the work', () => {
  const small = { ...parcelLimits, plaintext: 1000 };
  assert.throws(() => openParcel(nobleCrypto, parcel, expect, small), { code: 'too-large' });
  assert.throws(() => openParcel(nobleCrypto, parcel, expect, { ...parcelLimits, entries: 1 }), { code: 'too-large' });
  assert.throws(() => writeParcel(parts, small), { code: 'too-large' });
  const line = { ...parcelLimits, line: 1000 };
  assert.throws(() => openParcel(nobleCrypto, parcel, expect, line), { code: 'too-large' });
});

test('text without a meaning in UTF-8 is refused in a parcel', () => {
  const text = new TextDecoder().decode(parcel).replace('مرحبا', String.raw`\ud800مرح`);
  assert.equal(utf8(text).length, parcel.length + 2);
  const [, pad = ''] = /"pad":"(0*)"/.exec(text) ?? [];
  refusedWith('parcel-malformed', utf8(text.replace(`"${pad}"`, `"${pad.slice(2)}"`)));
});

test('the padded size hides the length: at most 12 % more, and few sizes', () => {
  const check = (length: number): void => {
    const padded = padmeSize(length);
    assert.ok(padded >= length && padded <= length * 1.12 + 1);
    assert.equal(padmeSize(padded), padded);
  };
  fc.assert(fc.property(fc.integer({ min: 2, max: 2 ** 40 }), check));
  assert.equal(new Set(Array.from({ length: 65_536 }, (_, at) => padmeSize(at + 65_536))).size, 33);
  assert.equal(padmeSize(parcel.length), parcel.length);
});

test('an entry spelled in another way, with a member more or out of order, is refused', () => {
  const text = new TextDecoder().decode(parcel);
  const spellings: readonly (readonly [string | RegExp, string])[] = [
    ['"body":null', '"body":null,"more":1'],
    ['"body":null,', '"body":null, '],
    ['"seen":[0,', '"seen":[-0,'],
    ['"seen":[0,', '"seen":[0.0,'],
    ['"seen":[0,', '"more":[],"seen":[0,'],
    ['{"approval":', '{"more":1,"approval":'],
    ['é', String.raw`\u00e9`],
  ];
  for (const [from, to] of spellings) {
    const longer = text.replace(from, to);
    const excess = utf8(longer).length - parcel.length;
    assert.ok(excess >= 0);
    refusedWith('parcel-malformed', utf8(longer.replace(`"pad":"${'0'.repeat(excess)}`, '"pad":"')));
  }
});

test('any bytes at all are a parcel or a refusal, never another error', () => {
  const line = fc.oneof(fc.string(), fc.json(), fc.constant(new TextDecoder().decode(parcel).split('\n')[0] ?? ''));
  const check = (lines: readonly string[]): void => {
    const bytes = utf8(lines.join('\n'));
    const padded = new Uint8Array([...bytes, ...new Uint8Array(padmeSize(bytes.length) - bytes.length)]);
    refuses(() => [...open(padded).items()]);
    refuses(() => claimOfParcel(bytes));
  };
  fc.assert(fc.property(fc.array(line, { maxLength: 5 }), check));
});
