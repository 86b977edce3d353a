import { tracks } from '@entente/tracks';
import { signingOptions } from './act-options.ts';
import { sendActs } from './act-send.ts';
import { apiOf } from './api.ts';
import type { Command, Outcome } from './command.ts';
import { draftOptions, requestFromOptions } from './draft-from-options.ts';
import { isJsonObject, listIn, textIn } from './json-file.ts';
import { readActs, signActs } from './sign-acts.ts';
import { uploadFile } from './upload.ts';

/** One command for each act type that one officer may say: `act request`, `act answer`, … drawn from the tracks. */
export const actCommands: readonly Command[] = tracks.flatMap(({ name: track, acts }) =>
  acts
    .filter(({ author }) => author === 'one-officer')
    .map(({ name, transfers }) => sayCommand(track, name, transfers === true)),
);

function sayCommand(track: string, type: string, transfers: boolean): Command {
  return {
    name: `act ${type}`,
    summary: `Draw up, sign and send ${track}/${type} in one step`,
    options: { ...signingOptions, ...draftOptions },
    examples: [
      `act ${type} --relation fr-ma --file ${type}.json`,
      ...(transfers
        ? [`act ${type} --relation fr-ma --field facts="…" --gate necessity-proportionality="…" --legal-basis SAFE-37b`]
        : []),
    ],
    async run(input, context): Promise<Outcome> {
      const relation = input.relation();
      const api = await apiOf(context, input, relation);
      const attachments = [];
      for (const path of input.list('attach'))
        attachments.push(await uploadFile(api, relation, path, context.terminal));
      const request = await requestFromOptions(input, track, type, context.language, attachments);
      const prepared = await api.send('POST', `/v1/relations/${relation}/acts/prepare`, { acts: [request] });
      const file = readActs({ ...prepared, relation });
      const outcome = await sendActs(api, await signActs(file, input, context));
      const [act] = listIn(prepared['acts']);
      const dossier = isJsonObject(act) ? textIn(act, 'dossier', 'acts[0]') : '';
      return {
        ...outcome,
        text: `${outcome.text}\ndossier ${dossier}`,
        json: { relation, dossier, acts: file.acts.map(({ id }) => id) },
      };
    },
  };
}
