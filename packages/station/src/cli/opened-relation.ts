import type { Relation } from '../custody/relation.ts';
import type { Context, Outcome } from './command.ts';
import type { Input } from './input.ts';
import { type OpenStation, openStation, relationNamed } from './open-station.ts';

/** An open station and the one relation that a command is about. */
export interface OpenedRelation extends OpenStation {
  readonly relation: Relation;
}

/** Opens the station, works with the relation named, and closes. @throws Refusal */
export async function withRelation(
  input: Input,
  { home, databaseUrl }: Pick<Context, 'home' | 'databaseUrl'>,
  work: (opened: OpenedRelation) => Promise<Outcome>,
): Promise<Outcome> {
  const name = input.relation();
  const opened = await openStation(home, databaseUrl);
  try {
    const relation = relationNamed(opened.relations, name);
    return await work({ ...opened, relation });
  } finally {
    await opened.close();
  }
}
