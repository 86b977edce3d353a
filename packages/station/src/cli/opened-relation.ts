import { readChannel } from '../store/channels.ts';
import type { Relation } from '../custody/relation.ts';
import type { Context, Outcome } from './command.ts';
import type { Input } from './input.ts';
import { type OpenStation, openStation, relationNamed } from './open-station.ts';

/** An open station and the one relation that a command is about. */
export interface OpenedRelation extends OpenStation {
  readonly relation: Relation;
}

/** Opens the station, brings the registers of the relation named up to date, works with it, and closes. @throws Refusal */
export async function withRelation(
  input: Input,
  { home, databaseUrl }: Pick<Context, 'home' | 'databaseUrl'>,
  work: (opened: OpenedRelation) => Promise<Outcome>,
): Promise<Outcome> {
  const name = input.relation();
  const opened = await openStation(home, databaseUrl);
  try {
    const relation = relationNamed(opened.relations, name);
    const { database } = opened.parts;
    const own = await readChannel(database, relation.number, relation.own);
    const theirs = await readChannel(database, relation.number, relation.counterpart);
    await relation.authority.catchUp(database, own, theirs);
    return await work({ ...opened, relation });
  } finally {
    await opened.close();
  }
}
