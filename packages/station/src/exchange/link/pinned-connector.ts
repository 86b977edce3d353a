import { connect } from 'node:tls';
import { Refusal } from '@entente/protocol';
import type { buildConnector } from 'undici';
import { certificateName, isPinned, pinOf, type TlsIdentity, type TlsPin } from '../../adapters/tls-certificate.ts';
import { tlsTerms } from './tls-terms.ts';

/**
 * Opens connections that are handed to HTTP only once the other end has shown the pinned certificate and key: no byte of a
 * request goes to anybody else.
 */
export function pinnedConnector(identity: TlsIdentity, counterpart: TlsPin, timeout: number): buildConnector.connector {
  return ({ hostname, port }, callback) => {
    const socket = connect({
      ...tlsTerms,
      host: hostname,
      port: Number(port),
      key: identity.key,
      cert: identity.certificate,
      servername: certificateName(counterpart),
      // No authority vouches for a station: its pins do, below.
      rejectUnauthorized: false,
    });
    let settled = false;
    const settle = (error?: Error): void => {
      if (settled) return;
      settled = true;
      clearTimeout(patience);
      if (error === undefined) {
        socket.off('error', settle);
        callback(null, socket);
      } else {
        socket.destroy();
        callback(error, null);
      }
    };
    const patience = setTimeout(() => settle(new Refusal('link-down', { what: 'no answer' })), timeout);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 30_000);
    socket.on('error', settle);
    socket.once('close', () => settle(new Refusal('link-down', { what: 'closed in the handshake' })));
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      const shown = certificate && pinOf(certificate);
      const known = shown !== undefined && isPinned(counterpart, shown) && !socket.isSessionReused();
      settle(known ? undefined : new Refusal('key-unknown', { where: 'TLS certificate of the counterpart' }));
    });
  };
}
