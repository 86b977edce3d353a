import { findGenerator, invent } from './invented.ts';
import type { Searches, Stored } from './read-searches.ts';

/** Everybody that is stored: whom the queries want, real others, and invented ones up to a number. */
export interface Population {
  readonly size: number;
  batches(): AsyncGenerator<readonly Stored[]>;
}

/**
 * As many as `wanted`; all that the folder has where these are more, and only these where no generator is found.
 * @param say is told what is missing
 */
export async function populate(
  folder: string,
  { stored }: Searches,
  wanted: number,
  say: (what: string) => void,
): Promise<Population> {
  const generator = await findGenerator(folder);
  if (generator === undefined && wanted > stored.length) {
    say(
      `gen_synth.mjs is not in ${folder} nor beside it: only the ${stored.length} identities of the folder are stored`,
    );
  }
  const invented = generator === undefined ? 0 : Math.max(0, wanted - stored.length);
  return {
    size: stored.length + invented,
    async *batches() {
      yield stored;
      if (generator !== undefined && invented > 0) yield* invent(generator, invented);
    },
  };
}
