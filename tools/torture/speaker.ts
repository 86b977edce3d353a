import type { ActId, DossierId, Sha256Hex } from '@entente/protocol';
import { openStation, type OpenStation } from '../../packages/station/src/cli/open-station.ts';
import { tellRelease } from '../../packages/station/src/exchange/wake.ts';
import { prepareActs, type ActWanted } from '../../packages/station/src/release/prepare-acts.ts';
import { writeStationActs } from '../../packages/station/src/release/station-acts.ts';
import type { Parts, Relation } from '../../packages/station/src/custody/relation.ts';
import { transact } from '../../packages/station/src/store/database.ts';
import { putIntoOutbox } from '../../packages/station/src/store/outbox.ts';
import {
  authorise,
  enrol,
  request,
  type TestOfficer,
  type Wanted,
  wantedAct,
} from '../../tests/support/officers.fixtures.ts';
import { storeFile } from '../bench/attach-file.ts';
import type { Chance } from './chance.ts';
import type { Spoken } from './compare.ts';
import type { StationProcess } from './station-process.ts';

const kinds = ['exercise', 'lead', 'urgent', 'threat-to-life'] as const;
export type Kind = (typeof kinds)[number];

const information: Wanted = {
  type: 'spontaneous',
  inputs: { crimeArea: 'drugs', purpose: 'prevention' },
  fields: { facts: { language: 'fr', text: 'Livraison attendue' } },
  legalBasis: 'SAFE-37b',
  gates: request.gates ?? [],
};
export const threat: Wanted = {
  ...information,
  type: 'threat-to-life',
  inputs: { crimeArea: 'homicide', purpose: 'protection-of-life' },
  fields: {
    threat: { language: 'fr', text: 'Attentat annoncé' },
    where: { placeName: 'Gare', windowFrom: '2026-11-23T08:00:00.000Z', windowUntil: '2026-11-24T08:00:00.000Z' },
  },
  floor: true,
};

/** Speaks for a party as its officers and its station would: authorises acts, again and again, whatever is killed meanwhile. */
export class Speaker {
  readonly #station: StationProcess;
  readonly #chance: Chance;
  readonly #authorised = new Map<Kind, ActId[]>(kinds.map((kind) => [kind, []]));
  readonly #uncertain = new Set<ActId>();
  readonly #failures = new Map<string, number>();
  #open: OpenStation | undefined;
  #key: TestOfficer['key'] | undefined;
  readonly #pseudonym = 'o-torture';
  #over = false;
  #loop: Promise<void> | undefined;

  constructor(station: StationProcess, chance: Chance) {
    this.#station = station;
    this.#chance = chance;
  }

  /** Besides what it said: words of what failed, and how often. */
  get spoken(): Spoken & { readonly failures: ReadonlyMap<string, number> } {
    return { authorised: this.#authorised, uncertain: this.#uncertain, failures: this.#failures };
  }

  /** The officer's key is bound while all is quiet; then it speaks until ended, a little every `pause` milliseconds. */
  async begin(pause: number): Promise<void> {
    await this.enrol();
    this.#loop = this.#speak(pause);
  }

  async enrol(): Promise<void> {
    const { key } = await enrol(await this.#asStation(), this.#pseudonym);
    this.#key = key;
  }

  async end(): Promise<void> {
    this.#over = true;
    await this.#loop;
    await this.close();
  }

  /** Lets go of the database: nothing here keeps it from ending. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.close();
  }

  /** So many acts of a kind, authorised together. */
  async say(kind: Kind, count: number): Promise<readonly ActId[]> {
    const { parts, relation } = await this.#asStation();
    const ids = kind === 'exercise' ? await this.#exercise(parts, relation, count) : await this.#leads(kind, count);
    this.#authorised.get(kind)?.push(...ids);
    for (const id of ids) this.#uncertain.delete(id);
    return ids;
  }

  /** A lead that names a file of so many bytes. @returns the file's hash, sealed */
  async sayWithFile(bytes: number): Promise<Sha256Hex> {
    const { parts, relation } = await this.#asStation();
    const { folder, keystore } = this.#station.founded.home;
    const stored = await storeFile({ parts, relation, keystore, home: folder, bytes });
    const file = { name: 'film.bin', mediaType: 'application/octet-stream', ...stored };
    const lead = wantedAct(information);
    const ids = await this.#authorise([{ ...lead, content: { ...lead.content, attachments: [file] } }]);
    this.#authorised.get('lead')?.push(...ids);
    for (const id of ids) this.#uncertain.delete(id);
    return stored.sealedSha256;
  }

  async #speak(pause: number): Promise<void> {
    while (!this.#over) {
      try {
        const kind = this.#chance.next() < 0.03 ? 'urgent' : this.#chance.pick<Kind>(['exercise', 'exercise', 'lead']);
        await this.say(kind, kind === 'urgent' ? 1 : this.#chance.between(1, kind === 'lead' ? 5 : 40));
      } catch (error) {
        const words = wordsOf(error);
        this.#failures.set(words, (this.#failures.get(words) ?? 0) + 1);
        await this.close().catch(() => {});
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  async #exercise(parts: Parts, relation: Relation, count: number): Promise<readonly ActId[]> {
    const statements = Array.from({ length: count }, () => ({
      type: 'relation/exercise',
      inputs: {},
      dossier: parts.crypto.randomBytes(16).toHex() as DossierId,
      fields: { filler: parts.crypto.randomBytes(270).toHex() },
    }));
    return transact(parts.database, async (transaction) => {
      const acts = await writeStationActs(parts, relation, transaction, statements);
      const ids = acts.map(({ act }) => act.toHex() as ActId);
      for (const id of ids) this.#uncertain.add(id);
      await putIntoOutbox(transaction, relation.number, acts);
      await tellRelease(transaction, relation.number);
      return ids;
    });
  }

  #leads(kind: Kind, count: number): Promise<readonly ActId[]> {
    const wanted = kind === 'urgent' ? request : kind === 'threat-to-life' ? threat : information;
    return this.#authorise(Array.from({ length: count }, () => wantedAct(wanted)));
  }

  async #authorise(acts: readonly ActWanted[]): Promise<readonly ActId[]> {
    const { parts, relation } = await this.#asStation();
    if (this.#key === undefined) throw new Error('no officer yet');
    const author = { officer: 1, function: 'duty-officer', pseudonym: this.#pseudonym };
    const prepared = await prepareActs(parts, relation, author, acts);
    for (const { act } of prepared) this.#uncertain.add(act);
    const officer: TestOfficer = {
      station: { parts, relation },
      function: author.function,
      pseudonym: this.#pseudonym,
      key: this.#key,
    };
    await authorise([officer], prepared);
    return prepared.map(({ act }) => act);
  }

  async #asStation(): Promise<TestOfficer['station']> {
    if (this.#open === undefined) {
      const running = await this.#station.running();
      // Only a running station's database is used: opening it otherwise would start another PostgreSQL.
      if (running === undefined) throw new Error('the station is not up');
      this.#open = await openStation(this.#station.founded.home, running.database);
    }
    const { parts, relations } = this.#open;
    const [relation] = relations;
    if (relation === undefined) throw new Error('no relation');
    return { parts, relation };
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return `${error.name} ${code} ${error.message}`.replaceAll(/\d{2,}/g, '…').slice(0, 120);
}
