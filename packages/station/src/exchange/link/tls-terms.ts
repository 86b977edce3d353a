import type { TlsOptions } from 'node:tls';

/** How stations speak TLS: 1.3 only, a hybrid post-quantum key exchange, so that what is recorded today stays closed. */
export const tlsTerms: Pick<TlsOptions, 'minVersion' | 'maxVersion' | 'ecdhCurve' | 'ciphers' | 'highWaterMark'> =
  Object.freeze({
    minVersion: 'TLSv1.3',
    maxVersion: 'TLSv1.3',
    ecdhCurve: 'X25519MLKEM768',
    ciphers: 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256',
    // Four times the usual: an attachment is not stopped and started at every record.
    highWaterMark: 256 * 1024,
  });
