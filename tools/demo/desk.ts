import { join } from 'node:path';
import {
  type ActId,
  type DossierId,
  isActId,
  isDossierId,
  type Json,
  type JsonObject,
  readHead,
} from '@entente/protocol';
import { approveByKeyFile, type AssertionContext, type KeyFile, writeApproval } from '@entente/wire';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { Home, readNamed } from '../../packages/station/src/cli/home.ts';
import { readOfficerFile } from '../../packages/station/src/cli/officer-file.ts';
import { readStation } from '../../packages/station/src/cli/station-file.ts';
import { Api, RefusedByStation } from './api.ts';
import { folderOfOfficer } from './found-parties.ts';
import { demoParties, homeOf, type Party, relation } from './parties.ts';
import { listIn, objectIn, textIn } from './read-json.ts';

/** An act as the station's API takes it (contract, `prepareActs`). */
export type ActWanted = JsonObject;

export interface SaidAct {
  readonly act: ActId;
  readonly dossier: DossierId;
}

const longestWait = 60_000;

/**
 * An officer at work: has the station draw up acts, checks the bytes, signs them with their own key, authorises them. The
 * software authenticator makes the assertion a passkey would make; the station verifies it like any other.
 */
export class Desk {
  readonly api: Api;
  readonly #key: KeyFile;
  readonly #context: Omit<AssertionContext, 'counter'>;

  constructor(api: Api, key: KeyFile, context: Omit<AssertionContext, 'counter'>) {
    this.api = api;
    this.#key = key;
    this.#context = context;
  }

  /** Says acts, all or none, under one approval list. Waits while the dossiers they stand in are still being folded. */
  async say(wanted: readonly ActWanted[]): Promise<readonly SaidAct[]> {
    const prepared = listIn(await this.#prepare(wanted), 'acts').map((act, at) => readPrepared(act, wanted[at]));
    const acts = prepared.map(({ act }) => act);
    const approval = approveByKeyFile(nodeCrypto, this.#key, { ...this.#context, counter: 0 }, acts);
    await this.api.post(`/v1/relations/${relation}/acts/authorise`, {
      acts: prepared.map(({ bytes }) => bytes),
      approvals: [writeApproval(approval).toBase64()],
    });
    return prepared;
  }

  async #prepare(wanted: readonly ActWanted[]): Promise<JsonObject> {
    for (const limit = performance.now() + longestWait; ;) {
      try {
        return await this.api.post(`/v1/relations/${relation}/acts/prepare`, { acts: wanted });
      } catch (error) {
        if (!isEarly(error) || performance.now() > limit) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }
}

/** The desk of a party's duty officer, over their key file and their token. */
export async function openDesk(folder: string, party: Party, url: string): Promise<Desk> {
  const home = new Home(homeOf(folder, party), undefined);
  const [{ name }] = demoParties[party].officers;
  const { token } = await readOfficerFile(home, name, relation as Parameters<typeof readOfficerFile>[2]);
  const seed = await readNamed(join(home.folder, 'officers', folderOfOfficer(name), `${relation}.key`));
  const { rpId, origins } = (await readStation(home)).signing;
  const key: KeyFile = {
    algorithm: 'ed25519',
    secretSeed: Uint8Array.fromBase64(new TextDecoder().decode(seed).trim()),
  };
  return new Desk(new Api(url, async () => token), key, { rpId, origin: origins[0] ?? '' });
}

/** An officer signs what the bytes say, not what the station says of them. */
function readPrepared(prepared: JsonObject, wanted: ActWanted | undefined): SaidAct & { readonly bytes: Json } {
  const { body } = prepared;
  const [head, act, dossier] = [textIn(prepared, 'head'), textIn(prepared, 'act'), textIn(prepared, 'dossier')];
  const headBytes = Uint8Array.fromBase64(head);
  const content = objectIn(wanted?.['content']);
  const said = readHead(headBytes);
  const asked = `${textIn(content, 'track')}/${textIn(content, 'type')}`;
  if (!isActId(act) || nodeCrypto.sha256Hex(headBytes) !== act || said.type !== asked || !isDossierId(dossier)) {
    throw new Error('the station drew up another act than was asked for');
  }
  return { act, dossier, bytes: body === undefined ? { head } : { head, body } };
}

/** The dossier is on its way or still being folded. */
function isEarly(error: unknown): boolean {
  return (
    error instanceof RefusedByStation && ['dossier-unknown', 'not-allowed-in-state', 'act-unknown'].includes(error.code)
  );
}
