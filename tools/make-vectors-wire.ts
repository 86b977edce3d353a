// Writes tests/vectors/{envelopes,approvals,parcels}: run again only when a format changes on purpose, for ML-DSA-44
// signatures differ each time. Keys come from names (`seedOf`), so anyone can make them again.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  approvalChallenge,
  approveByKey,
  approveByKeyFile,
  approveByRoot,
  c2spCryptoOf,
  type KeyFile,
  logSigners,
  logVkeys,
  makeAssertion,
  nobleCrypto,
  officerApproval,
  type ParcelHeader,
  type ParcelItem,
  publicKeyOfFile,
  publicKeysOf,
  writeApproval,
  writeEnvelope,
  writeParcel,
  writeParcelHeader,
} from '@entente/wire';
import { entryOf, nothingSeen, TestChannel } from '../packages/wire/src/channel.fixtures.ts';
import {
  doubleSeedOf,
  fr,
  hashOf,
  headOf,
  ma,
  parties,
  relation,
  seedOf,
  sizeOf,
  terms,
  utf8,
} from '../packages/wire/src/wire.fixtures.ts';

const root = join(import.meta.dirname, '..', 'tests', 'vectors');
const noble = nobleCrypto;
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

type Valid = Readonly<Record<string, string>>;
/** File name to the refusal code it must give and its content. */
type Invalid = Readonly<Record<string, readonly [code: string, content: string]>>;

function write(family: string, valid: Valid, invalid: Invalid, others: Valid): void {
  const folder = join(root, family);
  for (const part of ['valid', 'invalid']) rmSync(join(folder, part), { recursive: true, force: true });
  const expected = Object.entries(invalid).map(([name, [code]]) => `${name} ${code}\n`);
  const files = [
    ...Object.entries(valid).map(([name, content]) => [`valid/${name}`, content] as const),
    ...Object.entries(invalid).map(([name, [, content]]) => [`invalid/${name}`, content] as const),
    ['EXPECTED', expected.join('')] as const,
    ...Object.entries(others),
  ];
  for (const [name, content] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

function writeEnvelopes(): void {
  const signature = { key: hashOf('key'), approval: hashOf('approval') };
  const one = textOf(writeEnvelope(utf8('{"v":1}'), [signature]));
  const four = ['a', 'b', 'c', 'd'].map((name) => ({ key: hashOf(name), approval: hashOf(`${name} approval`) }));
  const inner = `{"approval":"${signature.approval}","type":"entente.approval.v1"}`;
  const withInner = (text: string): string => one.replace(utf8(inner).toBase64(), utf8(text).toBase64());
  const bad = (content: string): readonly [string, string] => ['envelope-malformed', content];
  write(
    'envelopes',
    { 'one-signature.json': one, 'four-signatures.json': textOf(writeEnvelope(utf8('{"n":"é"}'), four)) },
    {
      'no-signature.json': bad(one.replace(/\[.*\]/, '[]')),
      'newline-at-end.json': bad(`${one}\n`),
      'space.json': bad(one.replace(',"', ', "')),
      'members-in-another-order.json': bad(one.replace(/^\{("payload":"[^"]*"),("payloadType":"[^"]*")/, '{$2,$1')),
      'another-type.json': bad(one.replace('act+json', 'accord+json')),
      'payload-not-canonical-base64.json': ['base64-malformed', one.replace('fQ==', 'fR==')],
      'payload-unpadded.json': ['base64-malformed', one.replace('fQ==', 'fQ')],
      'key-in-capitals.json': bad(one.replace(signature.key, signature.key.toUpperCase())),
      'unknown-member.json': bad(one.replace('{"payload"', '{"extra":1,"payload"')),
      'payload-twice.json': bad(one.replace('{"payload"', '{"payload":"","payload"')),
      'signature-of-another-type.json': bad(withInner(inner.replace('approval.v1', 'approval.v2'))),
      'five-signatures.json': bad(one.replace(/\[(.*)\]/, '[$1,$1,$1,$1,$1]')),
    },
    {},
  );
}

function writeApprovals(): void {
  const acts = [hashOf('one'), hashOf('two'), hashOf('three')];
  const context = { rpId: terms.fr.rpId, origin: 'https://sign.fr.example', counter: 3 };
  const keyFile = (algorithm: KeyFile['algorithm']): KeyFile => ({
    algorithm,
    secretSeed: seedOf(`officer ${algorithm}`),
  });
  const officer = (algorithm: KeyFile['algorithm']) => ({
    kind: 'officer',
    keyKind: 'key-file',
    algorithm,
    publicKey: publicKeyOfFile(noble, keyFile(algorithm)).toBase64(),
  });
  const single = (kind: string) => ({ kind, publicKey: noble.ed25519.publicKeyOf(seedOf(kind)).toBase64() });
  const rootKeys = publicKeysOf(noble, doubleSeedOf('fr root'));
  const keys = {
    ...terms.fr,
    keys: {
      'officer-ed25519': officer('ed25519'),
      'officer-p256': officer('p256'),
      station: single('station'),
      administration: single('administration'),
      root: { kind: 'root', ed25519: rootKeys.ed25519.toBase64(), mldsa44: rootKeys.mldsa44.toBase64() },
    },
  };
  const signed = (origin: string): string => {
    const file = keyFile('ed25519');
    const assertion = makeAssertion(noble, file, { ...context, origin }, approvalChallenge(noble, acts));
    return textOf(writeApproval(officerApproval(acts, noble.sha256Hex(publicKeyOfFile(noble, file)), assertion)));
  };
  const station = textOf(writeApproval(approveByKey(noble, 'station', acts, seedOf('station'))));
  const ed25519 = textOf(writeApproval(approveByKeyFile(noble, keyFile('ed25519'), context, acts)));
  write(
    'approvals',
    {
      'officer-ed25519.json': ed25519,
      'officer-p256.json': textOf(writeApproval(approveByKeyFile(noble, keyFile('p256'), context, acts))),
      'station.json': station,
      'administration.json': textOf(
        writeApproval(approveByKey(noble, 'administration', acts, seedOf('administration'))),
      ),
      'root.json': textOf(writeApproval(approveByRoot(noble, acts, doubleSeedOf('fr root')))),
    },
    {
      'officer-ed25519.another-page.json': ['signature-invalid', signed('https://sign.fr.evil.example')],
      'officer-ed25519.acts-in-another-order.json': [
        'signature-invalid',
        ed25519.replace(`"${acts[0]}","${acts[1]}"`, `"${acts[1]}","${acts[0]}"`),
      ],
      'officer-p256.another-key.json': ['key-unknown', ed25519],
      'station.act-twice.json': ['approval-malformed', station.replace(`"${acts[1]}"`, `"${acts[0]}"`)],
      'station.no-act.json': ['field-malformed', station.replace(/\[.*\]/, '[]')],
      'station.unknown-member.json': ['field-unknown', station.replace('"by":{', '"by":{"extra":1,')],
      'station.space.json': ['json-not-canonical', station.replace(':', ': ')],
      'station.another-type.json': ['approval-malformed', station.replace('approval.v1', 'approval.v2')],
      'administration.of-the-station.json': ['key-unknown', station],
    },
    { 'keys.json': `${JSON.stringify(keys, undefined, 2)}\n` },
  );
}

function writeParcels(): void {
  const channel = new TestChannel(parties.fr, parties.ma);
  const back = new TestChannel(parties.ma, parties.fr);
  const byStation = (acts: Parameters<typeof approveByKey>[2]) =>
    approveByKey(noble, 'station', acts, parties.fr.station);
  for (const body of ['{"fields":{},"nonce":"…"}', null, '{"text":"\u0000 é مرحبا"}']) {
    channel.entries.push(entryOf(headOf(fr, { inputs: { n: channel.entries.length } }), byStation, nothingSeen, body));
  }
  const items: readonly ParcelItem[] = channel.entries.flatMap(({ approval, envelope, body, seen, time }) => [
    { kind: 'approval', approval } as const,
    { kind: 'entry', envelope, body, seen, time } as const,
  ]);
  const { ed25519: signer } = logSigners(noble, channel.origin, parties.fr.log);
  const route = { from: fr, to: ma, relation, epoch: 1 };
  const header = (change: Partial<Extract<ParcelHeader, { kind: 'run' }>> = {}): string =>
    writeParcelHeader(signer, { kind: 'run', ...route, start: sizeOf(0), end: sizeOf(3), ...change });
  const parts = {
    kind: 'run',
    header: header(),
    checkpoint: channel.checkpoint(),
    cosigned: back.checkpoint(),
    items,
  } as const;
  const expressHeader = writeParcelHeader(signer, { kind: 'express', ...route, index: sizeOf(2) });
  const proofOf = (index: number): string => textOf(channel.proof(index, channel.checkpoint()));
  const express = { kind: 'express', header: expressHeader, proof: proofOf(2), items: items.slice(4) } as const;
  const run = textOf(writeParcel(parts));
  const parcel = (change: object): string => textOf(writeParcel({ ...parts, ...change }));
  const twoLines = parts.checkpoint.split('\n');
  const vkeys = logVkeys(c2spCryptoOf(noble), channel.origin, parties.fr.keyset.keys.log);
  write(
    'parcels',
    {
      'run.txt': run,
      'express.txt': textOf(writeParcel(express)),
      'no-entry.txt': parcel({ header: header({ start: sizeOf(3) }), items: [] }),
    },
    {
      'for-another-party.txt': ['wrong-recipient', parcel({ header: header({ to: fr, from: ma }) })],
      'another-relation.txt': [
        'wrong-relation',
        parcel({ header: header({ relation: ma as string as typeof relation }) }),
      ],
      'another-epoch.txt': ['wrong-epoch', parcel({ header: header({ epoch: 2 }) })],
      'checkpoint-of-another-size.txt': ['parcel-malformed', parcel({ checkpoint: channel.checkpoint(2) })],
      'checkpoint-without-mldsa44.txt': [
        'signature-missing',
        parcel({ checkpoint: twoLines.filter((_, at) => at !== 5).join('\n') }),
      ],
      'header-changed.txt': ['signature-invalid', run.replace('range 0 3', 'range 1 3')],
      'entry-missing.txt': ['parcel-malformed', parcel({ items: items.slice(2) })],
      'entry-too-many.txt': ['parcel-malformed', parcel({ items: [...items, ...items.slice(4)] })],
      'not-a-padme-size.txt': ['parcel-malformed', run.replace('"pad":"', '"pad":"0')],
      'padding-of-another-character.txt': ['parcel-malformed', run.replace('"pad":"0', '"pad":"1')],
      'size-spelled-twice.txt': [
        'parcel-malformed',
        run.replace('"seen":[0,', '"seen":[-0,').replace('"pad":"0', '"pad":"'),
      ],
      'express-of-another-entry.txt': ['parcel-malformed', textOf(writeParcel({ ...express, proof: proofOf(1) }))],
    },
    { 'vkeys.txt': `${vkeys.ed25519.text}\n${vkeys.mldsa44.text}\n` },
  );
}

writeEnvelopes();
writeApprovals();
writeParcels();
