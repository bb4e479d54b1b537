import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { type Config, SETTINGS } from '../config.ts';
import { StartError } from './errors.ts';

/** @throws StartError when the files that TLS was set up with cannot be used */
export async function checkTlsFiles({ tlsCert, tlsKey }: Config): Promise<void> {
  if (!tlsCert || !tlsKey) return;
  const cert = await readOrSay(SETTINGS.tlsCert.variable, tlsCert);
  const key = await readOrSay(SETTINGS.tlsKey.variable, tlsKey);
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    const both = `${SETTINGS.tlsCert.variable}, ${SETTINGS.tlsKey.variable}`;
    const words = `${tlsCert} and ${tlsKey} are not a certificate and its key in PEM (${(error as Error).message})`;
    throw new StartError(both, words, error);
  }
}

async function readOrSay(setting: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new StartError(setting, `${file} cannot be read (${code ?? message})`, error);
  }
}

const CANNOT_LISTEN: Record<string, string> = {
  EADDRINUSE: 'is in use',
  EACCES: 'may not be listened on (ports below 1024 need rights)',
};

/** Which settings a listener's address comes from. */
interface ListenSettings {
  host: string;
  portOf(port: number): string;
}

/** The listeners of the API and of playback, plain and TLS. */
export function mainListeners(config: Config): ListenSettings {
  const { host, port: plain, tlsPort } = SETTINGS;
  return {
    host: host.variable,
    portOf: (port) => (port === config.tlsPort && port !== config.port ? tlsPort : plain).variable,
  };
}

export const METRICS_LISTENER: ListenSettings = {
  host: SETTINGS.metricsHost.variable,
  portOf: () => SETTINGS.metricsPort.variable,
};

/** Opens a listener. @throws StartError that names the setting of the port or address that is not to be had */
export async function listenOrSay<T>(settings: ListenSettings, listen: () => Promise<T>): Promise<T> {
  try {
    return await listen();
  } catch (error) {
    const { code = '', port } = error as NodeJS.ErrnoException & { port?: number };
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
      throw new StartError(settings.host, 'is not an address of this machine', error);
    }
    const words = CANNOT_LISTEN[code];
    if (words === undefined || port === undefined) throw error;
    throw new StartError(settings.portOf(port), `port ${port} ${words}`, error);
  }
}
