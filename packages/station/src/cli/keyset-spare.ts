import { type Accord, type PartyId, Refusal, type Sha256Hex } from '@entente/protocol';
import { type KeyPair, verifyNextKeyset, writeKeyset } from '@entente/wire';
import { generateKeys } from '../custody/found-relation.ts';
import type { Relation } from '../custody/relation.ts';
import type { Command, Outcome } from './command.ts';
import { type Home, readNamed, writePrivate } from './home.ts';
import { parseJsonObject } from './json-file.ts';
import { type OpenedRelation, withRelation } from './opened-relation.ts';
import { readSpare, spareName } from './spare-keyset.ts';

/** Makes a spare keyset for an accord to come; nothing is in force before both roots agree on that accord. */
export const keysetSpare: Command = {
  name: 'keyset spare',
  summary: 'Make a new spare keyset, have our root sign it, and write the accord that names it, to be proposed',
  options: {
    relation: { value: 'NAME', describe: 'the relation; else the station’s only one' },
    accord: { value: 'FILE', describe: 'an edited accord to name it in; else the one in force' },
    out: { value: 'FILE', describe: 'where to write that accord (NAME-accord-draft.json)' },
  },
  examples: [
    'keyset spare --relation fr-ma --root /media/root',
    'keyset spare --relation fr-ma --accord edited.json --out fr-ma-accord-draft.json',
  ],
  run: (input, context): Promise<Outcome> =>
    withRelation(input, context, async (opened) => {
      const { name, own, authority } = opened.relation;
      const edited = input.optional('accord');
      const accord =
        edited === undefined
          ? authority.accord(own).accord
          : (parseJsonObject(await readNamed(edited), edited) as unknown as Accord);
      const keyset = await makeSpare(opened, context.home);
      const out = input.optional('out') ?? `${name}-accord-draft.json`;
      await writePrivate(out, `${JSON.stringify(naming(accord, own, keyset), undefined, 2)}\n`);
      const text = [
        `Spare keyset ${keyset.slice(0, 12)}… is in ${context.home.rootFolder}, and named in ${out}.`,
        `It counts once both roots agree: entente accord amend --relation ${name} --accord ${out}`,
      ].join('\n');
      return { text, json: { relation: name, keyset, file: out } };
    }),
};

async function makeSpare({ parts, relation, relations }: OpenedRelation, home: Home): Promise<Sha256Hex> {
  const { crypto } = parts;
  const last = relation.keysets.findLast(({ keyset }) => keyset.party === relation.own);
  if (last === undefined) throw new Error(`no keyset of ${relation.own}`);
  const root = {
    present: await home.rootKeys.readHybrid('root', 'present'),
    next: await home.rootKeys.readHybrid('root', 'next'),
  };
  const tls = await spareTls(home, relation, relations);
  const founded = await generateKeys(crypto, relation.own, root, last.keyset.number + 1, undefined, tls);
  const id = crypto.sha256Hex(writeKeyset(founded.keyset));
  // Found out now, not on the day it is needed, that this root folder is another root's.
  verifyNextKeyset(crypto, last, founded.signed, [id]);
  const name = spareName(relation.name, id);
  await home.rootKeys.writeRelation(name, founded.keys);
  await writePrivate(`${home.rootFolder}/${name}.identity`, `${founded.offlineIdentity}\n`);
  await writePrivate(`${home.rootFolder}/${name}.json`, founded.signed);
  return id;
}

/** The TLS key that our spare keysets share, unless it was in force before. */
async function spareTls(home: Home, relation: Relation, relations: readonly Relation[]): Promise<KeyPair | undefined> {
  const own = relations.flatMap((one) => one.keysets.filter(({ keyset }) => keyset.party === one.own));
  const used = new Set(own.map(({ keyset }) => keyset.keys.tls.publicKey.toHex()));
  for (const one of [relation, ...relations.filter((other) => other !== relation)]) {
    const { tls } = await home.rootKeys.readRelation((await readSpare(home, one)).name);
    if (!used.has(tls.publicKey.toHex())) return tls;
  }
  return undefined;
}

function naming(accord: Accord, own: PartyId, spareKeyset: Sha256Hex): Accord {
  const [first, second] = accord.parties;
  if (first?.id === own) return { ...accord, parties: [{ ...first, spareKeyset }, second] };
  if (second?.id === own) return { ...accord, parties: [first, { ...second, spareKeyset }] };
  throw new Refusal('accord-malformed', { where: '$.parties', what: own });
}
