import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/**
 * What stands between clients and servers. `open` hands each new connection to the next target, `shut` refuses it as a machine
 * does whose server is down, `silent` takes it and never answers.
 */
export type GateState = 'open' | 'shut' | 'silent';

/** A TCP front on a port of 127.0.0.1 that stays the same while the servers behind it come and go. */
export interface Gate extends AsyncDisposable {
  port: number;
  state: GateState;
  /** Origins such as `http://127.0.0.1:8620` that can be reached at this moment; none is the same as `shut`. */
  targets: () => string[];
  /** Breaks every connection there is. */
  cut(): void;
}

export async function openGate(targets: () => string[] = () => []): Promise<Gate> {
  const connections = new Set<Socket>();
  let turn = 0;
  const server = createServer({ allowHalfOpen: true }, (client) => {
    keep(client);
    if (gate.state === 'silent') return;
    const origins = gate.targets();
    const origin = gate.state === 'open' ? origins[turn++ % origins.length] : undefined;
    if (origin === undefined) {
      client.destroy();
      return;
    }
    const { hostname, port } = new URL(origin);
    const upstream = keep(connect({ host: hostname, port: Number(port), allowHalfOpen: true }));
    // One that breaks off breaks the other off, so that a client sees a server die.
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => one.readableEnded || other.destroy());
      one.pipe(other);
    }
  });

  function keep(socket: Socket): Socket {
    connections.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => connections.delete(socket));
    return socket;
  }

  server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 });
  await once(server, 'listening');
  const gate: Gate = {
    port: (server.address() as { port: number }).port,
    state: 'open',
    targets,
    cut() {
      for (const socket of connections) socket.destroy();
    },
    async [Symbol.asyncDispose]() {
      server.close();
      gate.cut();
      await once(server, 'close');
    },
  };
  return gate;
}
