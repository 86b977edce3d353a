import type { LogSize } from '@entente/protocol';
import type { Queryable } from './database.ts';
import type { HeldChannel, Sizes } from './folding.ts';

/** An entry that writes a register of the relation. */
export interface RegisterEntry {
  readonly own: boolean;
  readonly index: LogSize;
  /** What it had seen, in the present epoch. */
  readonly seen: LogSize;
  readonly envelope: Uint8Array;
}

/** Register entries of both channels after one pair of sizes and up to another, each after all it has seen. */
export async function readRegisterEntries(
  queryable: Queryable,
  relation: number,
  { own, theirs }: Readonly<Record<'own' | 'theirs', Pick<HeldChannel, 'channel'>>>,
  from: Sizes,
  to: Sizes,
): Promise<readonly RegisterEntry[]> {
  const { rows } = await queryable.query<RegisterEntry>({
    name: 'read-register-entries',
    text: `select channel = $2 as own, index, saw(entry) as seen, envelope from entry
           where relation = $1 and register
             and ((channel = $2 and index >= $3 and index < $4) or (channel = $5 and index >= $6 and index < $7))
           order by rank`,
    values: [relation, own.channel, from.own, to.own, theirs.channel, from.theirs, to.theirs],
  });
  return rows;
}

/** Envelopes of the entries of a channel before an index that write registers. */
export async function readRegisterEnvelopes(
  queryable: Queryable,
  { relation, channel }: { readonly relation: number; readonly channel: number },
  before: LogSize,
): Promise<readonly Uint8Array[]> {
  const { rows } = await queryable.query<{ envelope: Uint8Array }>(
    'select envelope from entry where relation = $1 and channel = $2 and register and index < $3',
    [relation, channel, before],
  );
  return rows.map(({ envelope }) => envelope);
}

/** The entries of a channel that write registers and have a body: proposals of accords and keysets, no person in them. */
export async function readProposalEntries(
  queryable: Queryable,
  { relation, channel }: { readonly relation: number; readonly channel: number },
): Promise<readonly { readonly envelope: Uint8Array; readonly body: Uint8Array }[]> {
  const { rows } = await queryable.query<{ envelope: Uint8Array; body: Uint8Array }>(
    `select envelope, body from entry where relation = $1 and channel = $2 and register and body is not null order by index`,
    [relation, channel],
  );
  return rows;
}
