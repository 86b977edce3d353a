import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { blindInput, evaluateInput, readScalar, tagOf } from '@entente/matching';
import { openOpening } from '../../packages/station/src/blind/opening.ts';
import { prepareCheck } from '../../packages/station/src/blind/prepare-check.ts';
import { readOpening } from '../../packages/station/src/store/blind-checks.ts';
import { quiet } from '../../tools/torture/compare.ts';
import { authorise } from '../support/officers.fixtures.ts';
import {
  type BlindPair,
  type BlindSide,
  blindPair,
  person,
  publish,
  purpose,
  settled,
} from '../support/blind.fixtures.ts';

let pair: BlindPair;
before(async () => {
  pair = await blindPair({ queriesPerDay: 100, queriesPerMonth: 100 });
  await publish(pair.ma, pair.fr, [person('Karim Haddad'), person('Lucía Fernández')]);
});
after(() => pair.close());

/** Everything a station holds: each row of each table, and each file of its folder. */
type Holdings = ReadonlyMap<string, Uint8Array>;

async function holdingsOf(side: BlindSide): Promise<Holdings> {
  const { database } = side.parts;
  const { rows: tables } = await database.query<{ name: string }>(
    `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  assert.ok(tables.length > 30, 'a dump that sees no table tells nothing');
  const held = new Map<string, Uint8Array>();
  for (const { name } of tables) {
    const { rows } = await database.query<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`);
    for (const { row } of rows) held.set(`${name} ${row}`, new TextEncoder().encode(row));
  }
  for (const path of await readdir(side.folder, { recursive: true })) {
    const file = join(side.folder, path);
    if ((await stat(file)).isFile()) held.set(`file ${path}`, new Uint8Array(await readFile(file)));
  }
  return held;
}

/** One check, with nothing else going on, and all that it left behind on the answering side. */
async function leftBy(
  name: string,
): Promise<{ readonly state: string; readonly left: Holdings; readonly act: string }> {
  const { fr, ma } = pair;
  await quiet({ fr: fr.parts.database, ma: ma.parts.database }, 30_000);
  const before = await holdingsOf(ma);
  const author = { officer: 1, function: fr.officer.function, pseudonym: fr.officer.pseudonym };
  const wanted = { purpose, legalBasis: 'SAFE-37b', identity: person(name) } as const;
  const prepared = await prepareCheck(fr.blind, fr.relation, author, wanted);
  await authorise([fr.officer], [prepared]);
  const { state, act } = await settled(fr, prepared.act);
  await quiet({ fr: fr.parts.database, ma: ma.parts.database }, 30_000);
  const after = await holdingsOf(ma);
  return { state, act, left: new Map([...after].filter(([key, bytes]) => !isSame(before.get(key), bytes))) };
}

/**
 * What is left, without what differs between any two queries: random bytes keep their length; positions, times and running
 * totals are numbers. How often a cosignature crossed, and whether a receipt went alone or with the answer, hangs on when a
 * parcel was made: the one counts once, an entry that is nothing but a receipt not at all.
 */
function shapeOf(left: Holdings): readonly string[] {
  const shapes = [...left].map(([key, bytes]) => {
    if (key.startsWith('file ')) return `${key.replaceAll(/[0-9a-f]{16,}/g, 'hash')} ${bytes.length} bytes`;
    const at = key.indexOf(' {');
    return `${key.slice(0, at)} ${JSON.stringify(shape(JSON.parse(key.slice(at + 1))))}`;
  });
  const said = shapes.filter((one) => !/^public\.entry .*"heads":true/.test(one));
  const counted = said.filter((one) => /^public\.(?:blind_|house_entry|outbox|entry)/.test(one));
  return [...counted.toSorted(), ...new Set(said)].toSorted();
}

function shape(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((member) => shape(member));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, shape(inner, member)]));
  if (typeof value === 'number') return ['relation', 'channel', 'epoch'].includes(name) ? value : 'number';
  if (typeof value !== 'string') return value;
  if (name === 'frontier') return 'as many hashes as the size has bits';
  if (name.endsWith('_note')) return `${value.split('\n').length} lines`;
  if (/^\\x[0-9a-f]*$/.test(value)) return textual(value) ?? `${value.length / 2 - 1} bytes`;
  return /^[0-9a-f]{32,}$/.test(value) || /^\d{4}-\d\d-\d\dT/.test(value) ? `${value.length} characters` : value;
}

/** Bytes that are JSON are compared member by member; base64 in them by its length. */
function textual(value: string): unknown {
  try {
    const text = Buffer.from(value.slice(2), 'hex').toString('utf8');
    return JSON.stringify(JSON.parse(text), (_, member: unknown) =>
      typeof member === 'string' && (member.length >= 32 || /^\d{4}-/.test(member))
        ? `${member.length} characters`
        : typeof member === 'number'
          ? 'number'
          : member,
    );
  } catch {
    return undefined;
  }
}

test('what a hit leaves on the answering side cannot be told from what a miss leaves', async () => {
  // The first check of all may make a row that later ones only change.
  await leftBy('Maria Nobody');
  const hit = await leftBy('كريم حداد');
  const miss = await leftBy('Jean-Baptiste Poquelin');
  const again = await leftBy('Lucia Fernandez');
  assert.deepEqual([hit.state, miss.state, again.state], ['hit', 'no-hit', 'hit']);
  assert.ok(hit.left.size > 8, `only ${hit.left.size} things changed`);
  assert.deepEqual(shapeOf(hit.left), shapeOf(miss.left));
  assert.deepEqual(shapeOf(hit.left), shapeOf(again.left));
});

test('nothing the answering side holds shows whom it was asked about, though it knows its own key', async () => {
  const { fr, ma } = pair;
  const asked = await leftBy('كريم حداد');
  assert.equal(asked.state, 'hit');
  const sealed = await readOpening(fr.parts.database, 1, asked.act as never);
  const { inputs } = await openOpening(fr.parts.crypto, fr.blind.group, fr.offlineIdentity, sealed ?? new Uint8Array());
  const secret = readScalar(await ma.blind.keystore.readBlind('fr-ma', purpose, 1));
  const { group } = ma.blind;
  const one = readScalar(new Uint8Array([1, ...new Uint8Array(31)]));
  const sought = inputs.flatMap(({ input, blind }) => {
    const output = evaluateInput(group, secret, input);
    const tag = new Uint8Array(8);
    new DataView(tag.buffer).setBigUint64(0, tagOf(output));
    const { element } = blindInput(group, input, one);
    const evaluated = group.multiply(secret, element) ?? element;
    return [input, blind, output, tag, element, evaluated];
  });
  const haystack = [...asked.left.values()].map((bytes) => Buffer.from(bytes));
  // Columns of bytes are hexadecimal in a dump, and heads in them are base64 within base64.
  const opened = haystack.flatMap((bytes) => [bytes, ...unwrapped(bytes.toString('latin1'))]);
  assert.ok(opened.length > haystack.length, 'envelopes are looked into');
  for (const secretBytes of sought) {
    const bytes = Buffer.from(secretBytes);
    for (const form of [bytes, bytes.toString('hex'), bytes.toString('base64')]) {
      assert.ok(!opened.some((held) => held.includes(form)), `found ${bytes.toString('hex')}`);
    }
  }
});

/** What hexadecimal and base64 runs in a text say, three layers deep. */
function unwrapped(text: string, depth = 3): readonly Buffer[] {
  if (depth === 0) return [];
  const runs = [
    ...[...text.matchAll(/\\\\x([0-9a-f]{16,})/g)].map(([, run]) => Buffer.from(run ?? '', 'hex')),
    ...[...text.matchAll(/[A-Za-z0-9+/]{40,}={0,2}/g)].map(([run]) => Buffer.from(run, 'base64')),
  ];
  return runs.flatMap((run) => [run, ...unwrapped(run.toString('latin1'), depth - 1)]);
}

function isSame(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one !== undefined && Buffer.compare(one, other) === 0;
}
