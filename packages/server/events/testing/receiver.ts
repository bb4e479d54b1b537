import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request that a receiver of callbacks got. */
export interface Received {
  method: string | undefined;
  type: string | undefined;
  authorization: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are checked by value
  body: any;
}

/** An HTTP server that answers as `answer` says once it has the whole body; `await using` closes it. */
export async function openReceiver(answer: (response: ServerResponse, count: number) => void) {
  const received: Received[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
    const { authorization, 'content-type': type } = request.headers;
    received.push({ method: request.method, type, authorization, body });
    answer(response, received.length);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}/`,
    received,
    /** Resolves once so many requests have come. */
    async hasGot(count: number) {
      while (received.length < count) await sleep(5);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
