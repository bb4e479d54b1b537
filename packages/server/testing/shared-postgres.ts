import { connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TestPostgres } from './postgres.ts';

/** Holds the port of 127.0.0.1 at which a test run says where its server is. */
export const BROKER_PORT = 'OPENVOD_TEST_POSTGRES_BROKER';

export interface SharedPostgres {
  /** Where `askForPostgres` finds it. */
  port: number;
  stop(): Promise<void>;
}

/**
 * Shares one server among the processes of a test run. It starts when the first of them asks, so that a run of pure
 * unit tests starts none.
 */
export async function sharePostgres(start: () => Promise<TestPostgres | null>): Promise<SharedPostgres> {
  let started: Promise<TestPostgres | null> | undefined;
  const broker = createServer((socket) => {
    socket.on('error', () => {}); // Whoever asked has gone.
    started ??= start();
    started.then(
      (postgres) => socket.end(postgres?.url ?? 'none'),
      (error) => socket.end(`error: ${error}`),
    );
  });
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve));
  const address = broker.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    async stop() {
      broker.close();
      await (await started?.catch(() => null))?.stop();
    },
  };
}

/** The address of the shared server; null where PostgreSQL is not installed. Throws when it does not start. */
export async function askForPostgres(port: number): Promise<string | null> {
  const answer = await text(connect(port, '127.0.0.1'));
  if (answer === 'none') return null;
  if (!answer.startsWith('postgres')) throw new Error(answer || 'the test run has no PostgreSQL any more');
  return answer;
}
