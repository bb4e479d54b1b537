import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import type { FastifyInstance } from 'fastify';
import { type Logger, silentLogger } from '../../common/log.ts';
import { createListeners, type DropReason, type ListenersConfig } from '../index.ts';

export interface OpenListeners extends AsyncDisposable {
  port: number;
  /** Why connections were ended, each time. */
  dropped: DropReason[];
  /** How many connections are open. */
  open(): number;
  connect(): net.Socket;
}

/** Listeners on free ports with the routes that `register` adds; `encrypted`: those who connect speak TLS. */
export async function openListeners(
  register: (app: FastifyInstance) => void,
  {
    encrypted = false,
    log = silentLogger,
    ...given
  }: Partial<ListenersConfig> & { encrypted?: boolean; log?: Logger } = {},
): Promise<OpenListeners> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'openvod-listeners-'));
  const config = {
    ...{ host: '127.0.0.1', port: 0, tlsPort: 0, dataDir, maxConnections: 1000 },
    tls: encrypted ? ('self-signed' as const) : ('' as const),
    ...given,
  };
  const dropped: DropReason[] = [];
  const listeners = await createListeners(config, log, (reason) => dropped.push(reason));
  register(listeners.app);
  const { port, tlsPort } = await listeners.listen();
  return {
    port,
    dropped,
    open: listeners.connections,
    connect: () =>
      encrypted ? tls.connect({ port: tlsPort!, rejectUnauthorized: false }) : net.connect(port, '127.0.0.1'),
    async [Symbol.asyncDispose]() {
      await listeners.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
