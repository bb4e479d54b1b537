import { connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';

/** Holds the port of 127.0.0.1 at which a test run says where its server is. */
export const BROKER_PORT = 'OPENVOD_TEST_POSTGRES_BROKER';

export interface Broker {
  /** Where `askForPostgres` finds it. */
  port: number;
  close(): void;
}

/**
 * Shares one server among the processes of a test run: whoever asks is told what `address` says, which starts the server when
 * the first of them asks. A run of pure unit tests therefore starts none.
 */
export async function sharePostgres(address: () => Promise<string>): Promise<Broker> {
  const broker = createServer((socket) => {
    socket.on('error', () => {}); // Whoever asked has gone.
    address().then(
      (url) => socket.end(url),
      (error) => socket.end(`no PostgreSQL: ${error}`),
    );
  });
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve));
  const bound = broker.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  return { port: bound.port, close: () => broker.close() };
}

/** The address of the shared server. Throws when it does not start. */
export async function askForPostgres(port: number): Promise<string> {
  const answer = await text(connect(port, '127.0.0.1'));
  if (!answer.startsWith('postgres')) throw new Error(answer || 'the test run has no PostgreSQL any more');
  return answer;
}
