import { keysetPayloadType, readDsse, readKeyset } from '@entente/wire';
import { generateKeys } from '../custody/found-relation.ts';
import type { Command, Context, Outcome } from './command.ts';
import { readIfThere, writePrivate } from './home.ts';
import { installKeyset } from './keyset-install.ts';
import { type OpenedRelation, withRelation } from './opened-relation.ts';

/** Makes the keyset after the one in force and puts it in force. */
export const keysetNext: Command = {
  name: 'keyset next',
  summary: 'Make the keyset that follows the one in force, have our root sign it, and put it in force',
  options: {
    relation: { value: 'NAME', describe: 'the relation; else the station’s only one' },
    out: { value: 'FILE', describe: 'where to write the notice (NAME-keyset-N.notice)' },
    yes: { describe: 'do not ask' },
  },
  examples: ['keyset next --relation fr-ma --root /media/root'],
  run: (input, context): Promise<Outcome> =>
    withRelation(input, context, async (opened) => {
      const { name, ownKeyset } = opened.relation;
      const question = `The keys of ${name}, keyset ${ownKeyset.number}, are replaced for good by new ones. Go on?`;
      await context.terminal.confirm(question, input.flag('yes'));
      const number = ownKeyset.number + 1;
      const stored = `${name}-keyset-${number}`;
      const signed = await makeKeyset(opened, context, number, stored);
      const out = input.optional('out') ?? `${stored}.notice`;
      return installKeyset(opened, context, { signed, name: stored, out });
    }),
};

/** In the root folder before anywhere else: whatever then fails, these very keys are put in force the next time. */
async function makeKeyset(
  { parts, relation, relations }: OpenedRelation,
  { home }: Pick<Context, 'home'>,
  number: number,
  stored: string,
): Promise<Uint8Array> {
  const file = `${home.rootFolder}/${stored}.json`;
  const made = await readIfThere(file);
  const last = relation.keysets.findLast(({ keyset }) => keyset.party === relation.own);
  if (last === undefined) throw new Error(`no keyset of ${relation.own}`);
  if (made !== undefined && followsOf(made) === last.id) return made;
  const root = {
    present: await home.rootKeys.readHybrid('root', 'present'),
    next: await home.rootKeys.readHybrid('root', 'next'),
  };
  // The relations of a station share one TLS key: where another has replaced the one that is still ours, its new one.
  const replaced = relations.find(
    ({ keys }) => keys.tlsBefore?.publicKey.toHex() === relation.keys.tls.publicKey.toHex(),
  );
  const tls = replaced?.keys.tls;
  const founded = await generateKeys(parts.crypto, relation.own, root, number, last.id, tls);
  await home.rootKeys.writeRelation(stored, founded.keys);
  await writePrivate(`${home.rootFolder}/${stored}.identity`, `${founded.offlineIdentity}\n`);
  await writePrivate(file, founded.signed);
  return founded.signed;
}

function followsOf(signed: Uint8Array): string | undefined {
  return readKeyset(readDsse(signed, keysetPayloadType, 'keyset-malformed', signed.length).payload).previous;
}
