import { constants } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSecureContext, type SecureContext, type SecureContextOptions, type TLSSocket } from 'node:tls';
import { Refusal, type RelationId, type Sha256Hex } from '@entente/protocol';
import { certificateName, pinOf, type TlsIdentity, type TlsPin } from '../../adapters/tls-certificate.ts';
import { Allowance } from './allowance.ts';
import { type FindPeer, type Peer } from './peer.ts';
import { type PeerLimits, peerLimits } from './peer-limits.ts';
import { answerPeer } from './peer-routes.ts';
import { checkLength, guardPace } from './read-request.ts';
import { tlsTerms } from './tls-terms.ts';
import { refusalAnswer, writeAnswer } from './write-answer.ts';

/** Where counterparts and witnesses of all relations dial in. */
export interface PeerServerTerms {
  readonly identity: TlsIdentity;
  readonly findPeer: FindPeer;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly limits?: PeerLimits;
  /** Milliseconds; only differences count. */
  readonly now: () => number;
  /** Told of what is neither an answer nor a refusal: a defect. */
  readonly onDefect: (error: unknown, relation: RelationId) => void;
}

export interface PeerServer {
  readonly port: number;
  /** From the next connection on: each of these to who asks for it by name, the first one to who asks for none of them. */
  show(first: TlsIdentity, ...others: readonly TlsIdentity[]): void;
  /** Ends connections at once: a counterpart tries again. */
  stop(): Promise<void>;
}

/** Starts the server. Nobody is answered, nor is one byte of HTTP read, before certificate and key are both known. */
export async function startPeerServer(terms: PeerServerTerms): Promise<PeerServer> {
  const limits = terms.limits ?? peerLimits;
  const named = new Map<string, SecureContext>();
  const server = createServer({
    ...showing(terms.identity),
    // Unknown names are not refused: who dials then finds another certificate than it pins, and ends it itself.
    SNICallback: (name, give) => give(null, named.get(name)),
    requestCert: true,
    // No authority vouches for a station: its pins do, below.
    rejectUnauthorized: false,
    handshakeTimeout: limits.handshake,
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headers,
    // A body's time depends on its length: `guardPace` keeps it.
    requestTimeout: 0,
    connectionsCheckingInterval: 1000,
    keepAliveTimeout: limits.keptAlive,
  });
  server.maxHeadersCount = 32;
  const gate = new Gate(terms, limits);
  // Before the listener of HTTP itself, so that a stranger's connection is gone when that one looks at it.
  server.prependListener('secureConnection', (socket) => gate.admit(socket));
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  server.on('clientError', (_error, socket) => socket.destroy());
  server.on('request', (request, response) => void gate.answer(request, response));
  const port = await listening(server, terms);
  return {
    port,
    show: (first, ...others) => {
      named.clear();
      for (const one of [first, ...others]) named.set(certificateName(one.pin), createSecureContext(showing(one)));
      server.setSecureContext(showing(first));
    },
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function showing({ key, certificate }: TlsIdentity): SecureContextOptions {
  const secureOptions = constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION;
  return { ...tlsTerms, key, cert: certificate, secureOptions };
}

async function listening(server: Server, { host, port }: PeerServerTerms): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Knows who is behind each connection, and what each of them is using. */
class Gate {
  readonly #terms: PeerServerTerms;
  readonly #limits: PeerLimits;
  readonly #shown = new WeakMap<object, TlsPin>();
  readonly #allowances = new Map<Sha256Hex, Allowance>();
  readonly #connections = new Map<Sha256Hex, number>();

  constructor(terms: PeerServerTerms, limits: PeerLimits) {
    this.#terms = terms;
    this.#limits = limits;
  }

  admit(socket: TLSSocket): void {
    const certificate = socket.getPeerX509Certificate();
    const shown = certificate && pinOf(certificate);
    const peer = shown && this.#terms.findPeer(shown);
    if (peer === undefined || shown === undefined || socket.isSessionReused()) {
      socket.destroy();
      return;
    }
    const open = this.#connections.get(shown.certificate) ?? 0;
    if (open >= this.#limits.connectionsAtOnce) {
      socket.destroy();
      return;
    }
    this.#connections.set(shown.certificate, open + 1);
    socket.once('close', () => {
      this.#connections.set(shown.certificate, (this.#connections.get(shown.certificate) ?? 1) - 1);
    });
    this.#shown.set(socket, shown);
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const shown = this.#shown.get(request.socket);
    const peer = shown && this.#terms.findPeer(shown);
    if (peer === undefined || shown === undefined) {
      request.destroy();
      return;
    }
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      await this.#answerKnown(peer, shown, request, response, gone.signal);
    } catch (error) {
      if (request.socket.destroyed || response.headersSent) {
        request.destroy();
        return;
      }
      if (!(error instanceof Refusal)) this.#terms.onDefect(error, peer.relation);
      const refusal = error instanceof Refusal ? error : new Refusal('link-down');
      if (isEndless(request, this.#limits)) response.setHeader('connection', 'close');
      await writeAnswer(response, refusalAnswer(refusal), this.#limits.silence);
    }
  }

  async #answerKnown(
    peer: Peer,
    shown: TlsPin,
    request: IncomingMessage,
    response: ServerResponse,
    gone: AbortSignal,
  ): Promise<void> {
    const limits = this.#limits;
    const allowance = this.#allowanceOf(shown);
    checkLength(request, limits.parcelBytes);
    guardPace(request, Number(request.headers['content-length'] ?? 0), limits);
    const leave = allowance.enter(this.#terms.now());
    try {
      await writeAnswer(response, await answerPeer(peer, { request, allowance, limits, gone }), limits.silence);
    } finally {
      leave();
    }
  }

  #allowanceOf({ certificate }: TlsPin): Allowance {
    const known = this.#allowances.get(certificate);
    if (known !== undefined) return known;
    const allowance = new Allowance(this.#limits, this.#terms.now());
    this.#allowances.set(certificate, allowance);
    return allowance;
  }
}

/** Whether more of the body would come than anybody may send: then the connection ends with the refusal. */
function isEndless(request: IncomingMessage, { parcelBytes }: PeerLimits): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length']) > parcelBytes;
}
