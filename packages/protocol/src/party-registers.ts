import type { LineEntry } from './line.ts';
import type { ActId, Sha256Hex } from './identifiers.ts';
import type { LaneDirection, LaneSetting } from './lanes.ts';
import type { OfficerKey, RegisterWrite, SealingKey } from './relation/read-register.ts';
import { Timeline } from './timeline.ts';

type Of<Kind extends RegisterWrite['kind']> = Extract<RegisterWrite, { readonly kind: Kind }>;

/** The registers that one party alone writes, each with the positions in its channel that wrote it. */
export class PartyRegisters {
  readonly officers: Map<Sha256Hex, Timeline<OfficerKey>> = new Map();
  readonly lanes: Map<string, Timeline<LaneSetting>> = new Map();
  readonly keysets: Timeline<Of<'keyset'>> = new Timeline();
  readonly sealing: Timeline<SealingKey> = new Timeline();
  readonly blindKeys: Map<string, Timeline<Of<'blind-key'>>> = new Map();
  readonly proposals: Map<ActId, Of<'proposal'> & { readonly entry: LineEntry }> = new Map();
  readonly acceptances: Timeline<Of<'acceptance'>> = new Timeline();
  readonly epochs: Timeline<Of<'epoch'>> = new Timeline();
  readonly notices: Timeline<Of<'compromise'>> = new Timeline();
  readonly confirmations: Timeline<Of<'confirmation'>> = new Timeline();
  /** A stopped key stays stopped: the first index counts. */
  readonly #stopped = new Map<Sha256Hex, number>();

  write(id: ActId, entry: LineEntry, write: RegisterWrite): void {
    const at = entry.index;
    switch (write.kind) {
      case 'officer-key':
        return timelineOf(this.officers, write.officer.key).write(at, write.officer);
      case 'key-stopped':
        return this.#stop(write.key, at);
      case 'sealing-key':
        return this.sealing.write(at, write.sealing);
      case 'blind-key':
        return timelineOf(this.blindKeys, write.purpose).write(at, write);
      case 'lane':
        return timelineOf(this.lanes, laneName(write.track, write.direction)).write(at, write.setting);
      case 'proposal':
        return void this.proposals.set(id, { ...write, entry });
      case 'acceptance':
        return this.acceptances.write(at, write);
      case 'keyset':
        return this.keysets.write(at, write);
      case 'epoch':
        return this.epochs.write(at, write);
      case 'compromise':
        write.keys.forEach((key) => this.#stop(key, at));
        return this.notices.write(at, write);
      case 'confirmation':
        return this.confirmations.write(at, write);
      default:
        return write satisfies never;
    }
  }

  isStopped(key: Sha256Hex, limit: number): boolean {
    return (this.#stopped.get(key) ?? Infinity) < limit;
  }

  lane(track: string, direction: LaneDirection, limit: number): LaneSetting {
    return this.lanes.get(laneName(track, direction))?.before(limit) ?? 'open';
  }

  #stop(key: Sha256Hex, at: number): void {
    if (!this.#stopped.has(key)) this.#stopped.set(key, at);
  }
}

function laneName(track: string, direction: LaneDirection): string {
  return `${track}/${direction}`;
}

function timelineOf<Key, Value>(timelines: Map<Key, Timeline<Value>>, key: Key): Timeline<Value> {
  const known = timelines.get(key) ?? new Timeline<Value>();
  timelines.set(key, known);
  return known;
}
