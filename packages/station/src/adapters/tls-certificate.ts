// tsyringe, which @peculiar/x509 rests on, wants this before it is loaded.
import 'reflect-metadata';
import { createPrivateKey, createPublicKey, hash, webcrypto, X509Certificate } from 'node:crypto';
import type { PartyId, Sha256Hex } from '@entente/protocol';
import { X509CertificateGenerator } from '@peculiar/x509';

/** What the other end pins: the certificate as a whole and the key in it. */
export interface TlsPin {
  /** SHA-256 of the certificate in DER. */
  readonly certificate: Sha256Hex;
  /** Raw Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** What a station shows in TLS. */
export interface TlsIdentity {
  /** PKCS #8, PEM. Secret. */
  readonly key: string;
  /** PEM. */
  readonly certificate: string;
  readonly pin: TlsPin;
}

const algorithm = 'Ed25519';
// RFC 5280, §4.1.2.5: no well-defined end. A key ends by keyset, never by a date that passes while nobody looks.
const notBefore = new Date('2000-01-01T00:00:00Z');
const notAfter = new Date('9999-12-31T23:59:59Z');

/**
 * The self-signed certificate of a station's TLS key. It is a pure function of party and key (Ed25519 draws no chance), so
 * the key alone is kept: the pinned hash is the same after every start and every restore.
 * @param secretSeed Ed25519, 32 bytes
 */
export async function tlsIdentity(party: PartyId, secretSeed: Uint8Array): Promise<TlsIdentity> {
  const privateKey = createPrivateKey({
    key: Buffer.from(secretSeed),
    format: 'raw-private',
    asymmetricKeyType: 'ed25519',
  });
  const publicKey = createPublicKey(privateKey);
  const rawPublicKey = publicKey.export({ format: 'raw-public' });
  const made = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialOf(rawPublicKey),
      name: `CN=${party}`,
      notBefore,
      notAfter,
      keys: {
        privateKey: privateKey.toCryptoKey(algorithm, false, ['sign']),
        publicKey: publicKey.toCryptoKey(algorithm, true, ['verify']),
      },
      signingAlgorithm: { name: algorithm },
    },
    webcrypto,
  );
  return Object.freeze({
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }),
    certificate: made.toString('pem'),
    pin: pinFrom(new X509Certificate(Buffer.from(made.rawData)), rawPublicKey),
  });
}

/** What a certificate would be pinned by; undefined where its key is not Ed25519. */
export function pinOf(certificate: X509Certificate): TlsPin | undefined {
  const key = certificate.publicKey;
  return key.asymmetricKeyType === 'ed25519' ? pinFrom(certificate, key.export({ format: 'raw-public' })) : undefined;
}

/** Whether what was shown is what is pinned, in both respects. */
export function isPinned(pin: TlsPin, shown: TlsPin): boolean {
  return shown.certificate === pin.certificate && Buffer.compare(shown.publicKey, pin.publicKey) === 0;
}

/** The server name by which who dials asks for the certificate it pins: its hash as two labels of a DNS name. */
export function certificateName({ certificate }: TlsPin): string {
  return `${certificate.slice(0, 32)}.${certificate.slice(32)}`;
}

function pinFrom(certificate: X509Certificate, publicKey: Uint8Array): TlsPin {
  return Object.freeze({ certificate: hash('sha256', certificate.raw, 'hex') as Sha256Hex, publicKey });
}

/** Positive and not zero, at most 20 bytes (RFC 5280, §4.1.2.2). */
function serialOf(publicKey: Uint8Array): string {
  return `01${hash('sha256', publicKey, 'hex').slice(0, 30)}`;
}
