import { type ActId, type LogSize, Refusal, type Sha256Hex, writeAccord } from '@entente/protocol';
import { readEnvelope } from '@entente/wire';
import { readAct } from '../exchange/weigh-entry.ts';
import { readApprovals } from '../store/approvals.ts';
import type { Channel } from '../store/channels.ts';
import { type Entry, readEntries } from '../store/entries.ts';
import { readRegisterEntries, type RegisterEntry } from '../store/register-entries.ts';
import { readProposedAccord } from './proposed-accord.ts';
import type { Parts, Relation } from './relation.ts';

/** An act of a root in its channel, with the approval that its envelope names first. */
export interface RootEntry {
  readonly entry: Entry;
  readonly channel: Channel;
  readonly other: Channel;
  readonly approval: Uint8Array;
}

/** An accord that came after the first, as proposed, and the acts that agreed on it. */
export interface AgreedChange {
  readonly hash: Sha256Hex;
  readonly accord: Uint8Array;
  readonly proposal: RootEntry;
  readonly acceptance: RootEntry;
}

/** Every accord that was agreed on in the channels, in causal order, with what proves it. */
export async function readAgreedAccords(
  { database, crypto }: Pick<Parts, 'database' | 'crypto'>,
  relation: Relation,
  own: Channel,
  theirs: Channel,
): Promise<readonly AgreedChange[]> {
  const none = { own: 0, theirs: 0 };
  const all = { own: own.size, theirs: theirs.size };
  const rows = await readRegisterEntries(database, relation.number, { own, theirs }, none, all);
  const proposals = new Map<ActId, RegisterEntry>();
  const changes: AgreedChange[] = [];
  for (const row of rows) {
    const { id, head } = readAct(crypto, row.envelope, undefined);
    if (head?.type === 'relation/accord-proposal') proposals.set(id, row);
    if (head?.type !== 'relation/accord-acceptance') continue;
    const proposed = proposals.get(head.inputs['proposal'] as ActId);
    if (proposed === undefined) throw new Error(`acceptance ${id} was judged effective without a proposal`);
    const proposal = await rootEntry(proposed);
    const act = readAct(crypto, proposal.entry.envelope, proposal.entry.body);
    const found = readProposedAccord(crypto, act, relation.parties);
    if (found === undefined)
      throw new Refusal('accord-not-signed', { where: `act ${act.id}`, what: 'no accord in it' });
    changes.push({
      hash: found.hash,
      accord: writeAccord(found.accord),
      proposal,
      acceptance: await rootEntry(row),
    });
  }
  return changes;

  async function rootEntry({ own: isOwn, index }: RegisterEntry): Promise<RootEntry> {
    const [channel, other] = isOwn ? [own, theirs] : [theirs, own];
    const [entry] = await readEntries(database, channel, index, (index + 1) as LogSize);
    const named = entry && readEnvelope(entry.envelope).signatures[0]?.approval;
    const approval = named && (await readApprovals(database, relation.number, [named])).get(named);
    if (entry === undefined || approval === undefined) throw new Error(`entry ${index} or its approval is not here`);
    return { entry, channel, other, approval };
  }
}
