import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from '@prometheus-io/client';
import type { Logger } from '../common/log.ts';

export interface MetricsListener {
  /** Where it listens. */
  port: number;
  close(): Promise<void>;
}

/** Answers `/metrics` and nothing else on a port of its own. Rejects when that is not to be had. */
export async function listenForMetrics(
  { host, port }: { host: string; port: number },
  { registry, log }: { registry: Registry; log: Logger },
): Promise<MetricsListener> {
  const server = createServer(async (request, response) => {
    request.resume();
    if (request.url?.split('?', 1)[0] !== '/metrics') return void response.writeHead(404).end();
    try {
      const text = await registry.metrics();
      response.writeHead(200, { 'content-type': registry.contentType, 'x-content-type-options': 'nosniff' });
      response.end(text);
    } catch (error) {
      log.error({ err: error }, 'the metrics could not be read');
      response.writeHead(500).end();
    }
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
