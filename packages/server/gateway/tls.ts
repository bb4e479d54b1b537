import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HOSTS } from '@openvod/contract/v2';
import { generate } from 'selfsigned';

export interface TlsConfig {
  /** Certificate and key files, PEM; both or neither. */
  tlsCert?: string | undefined;
  tlsKey?: string | undefined;
  /** `self-signed` makes a certificate when no files are given. */
  tls: '' | 'self-signed';
  /** Keeps the certificate that was made. */
  dataDir: string;
}

/** PEM texts. */
export interface Certificate {
  cert: string;
  key: string;
}

const TEN_YEARS_MS = 10 * 365 * 24 * 3600 * 1000;

/** What a client may call this machine, or believe to be calling. */
const NAMES = ['localhost', ...HOSTS.map(({ name }) => name)];

/** The certificate for the TLS listener; null when the settings ask for none. Throws when a file cannot be read. */
export async function readCertificate(config: TlsConfig): Promise<Certificate | null> {
  if (config.tlsCert && config.tlsKey) return readPair(config.tlsCert, config.tlsKey);
  if (config.tls !== 'self-signed') return null;
  const folder = path.join(config.dataDir, 'tls');
  const files = [path.join(folder, 'certificate.pem'), path.join(folder, 'key.pem')] as const;
  try {
    return await readPair(...files);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const certificate = await selfSigned();
  await mkdir(folder, { recursive: true });
  await writeFile(files[0], certificate.cert);
  await writeFile(files[1], certificate.key, { mode: 0o600 });
  return certificate;
}

async function readPair(certFile: string, keyFile: string): Promise<Certificate> {
  const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')]);
  return { cert, key };
}

async function selfSigned(): Promise<Certificate> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'OpenVOD, self-signed' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + TEN_YEARS_MS),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          ...NAMES.map((value) => ({ type: 2 as const, value })),
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { cert, key };
}
