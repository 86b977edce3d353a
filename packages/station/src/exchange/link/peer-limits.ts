/** What one counterpart may ask of a station, whatever it sends (invariant 6). Sizes in bytes, times in milliseconds. */
export interface PeerLimits {
  readonly headerBytes: number;
  readonly parcelBytes: number;
  readonly noteBytes: number;
  /** Of an attachment in one request, so that no chunk holds up a parcel. */
  readonly chunkBytes: number;
  /** Of bodies a relation may have in this station's memory at once. */
  readonly bodyBytesAtOnce: number;
  readonly requestsAtOnce: number;
  readonly connectionsAtOnce: number;
  readonly requestsPerSecond: number;
  readonly requestsInBurst: number;
  readonly longestWait: number;
  readonly handshake: number;
  readonly headers: number;
  /** Without one byte of a body, or of an answer taken. */
  readonly silence: number;
  /** A body may take `silence`, plus its length at this many bytes a second. */
  readonly slowestBytesPerSecond: number;
  readonly keptAlive: number;
}

export const peerLimits: PeerLimits = Object.freeze({
  headerBytes: 8 * 1024,
  parcelBytes: 65 * 1024 * 1024,
  noteBytes: 64 * 1024,
  chunkBytes: 4 * 1024 * 1024,
  bodyBytesAtOnce: 80 * 1024 * 1024,
  requestsAtOnce: 16,
  connectionsAtOnce: 16,
  requestsPerSecond: 500,
  requestsInBurst: 1000,
  longestWait: 60_000,
  handshake: 10_000,
  headers: 10_000,
  silence: 20_000,
  slowestBytesPerSecond: 16 * 1024,
  keptAlive: 90_000,
});
