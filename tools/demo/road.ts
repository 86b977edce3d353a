import { other, parties } from './parties.ts';
import type { Ports } from './ports.ts';
import { startRelay } from './relay.ts';

/** The link between the two stations, both directions, as one thing to cut. */
export interface Road {
  readonly isCut: boolean;
  /** Cuts it, or opens it again. @returns whether it is cut now */
  toggle(): boolean;
  stop(): Promise<void>;
}

export async function startRoad(ports: Ports): Promise<Road> {
  const relays = await Promise.all(parties.map((party) => startRelay(ports[party].relay, ports[other(party)].peer)));
  let isCut = false;
  return {
    get isCut() {
      return isCut;
    },
    toggle: () => {
      isCut = !isCut;
      for (const relay of relays) {
        if (isCut) relay.cut();
        else relay.heal();
      }
      return isCut;
    },
    stop: async () => {
      await Promise.all(relays.map((relay) => relay.stop()));
    },
  };
}
