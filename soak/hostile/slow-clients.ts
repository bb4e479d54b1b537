import { connect, type Socket } from 'node:net';

/** Beginnings of requests whose rest never comes, or comes byte by byte. */
const BEGINNINGS = [
  '',
  'G',
  'GET /v2/index.php?Action=DescribeAllClass HTTP/1.1\r\nHost: a\r\nX-A: ',
  'POST /v2/index.php HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nA',
  'POST /v2/index.php?Action=UploadPart HTTP/1.1\r\nHost: a\r\nContent-Length: 524288\r\n\r\nA',
  'POST /v2/index.php HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1',
];
const BYTE_EVERY_MS = 1000;

/** Connections that hold on to the server and give it next to nothing (slowloris). */
export class SlowClients {
  /** Connections that were opened. */
  readonly opened: number;
  /** Those that the server has ended. */
  ended = 0;
  readonly #sockets: Socket[];
  readonly #timer: NodeJS.Timeout;

  constructor(port: number, count: number) {
    this.opened = count;
    this.#sockets = Array.from({ length: count }, (_, index) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(BEGINNINGS[index % BEGINNINGS.length]!));
      socket.on('error', () => {});
      socket.on('close', () => {
        this.ended++;
      });
      // What it is answered must not fill up its own buffer.
      socket.resume();
      return socket;
    });
    this.#timer = setInterval(() => {
      for (const socket of this.#sockets) if (socket.writable) socket.write('1');
    }, BYTE_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const socket of this.#sockets) socket.destroy();
  }
}
