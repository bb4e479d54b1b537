import { createHash } from 'node:crypto';
import http from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** So long a machine takes to say that a connection is none any more. */
const ANSWERED_MS = 300;

export interface Segment {
  url: string;
  /** Bytes. */
  size: number;
  /** Of the whole segment. */
  sha1: string;
}

/** Reads one segment after the other, on one connection, no faster than its speed. */
export class Player {
  /** Segments that came whole and right. */
  segments = 0;
  bytes = 0;
  /** Answers that asked for another attempt. */
  refusals = 0;
  readonly problems: string[] = [];
  readonly #list: Segment[];
  readonly #speed: number;
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  #next: number;
  #stopped = false;

  /** `speed`: bytes/s. */
  constructor(list: Segment[], speed: number, random: () => number) {
    this.#list = list;
    this.#speed = speed;
    this.#next = Math.floor(random() * list.length);
  }

  async play(): Promise<void> {
    while (!this.#stopped) {
      const segment = this.#list[this.#next % this.#list.length]!;
      try {
        if (await this.#read(segment)) this.#next++;
        else await sleep(500);
      } catch (error) {
        if (!this.#stopped) this.problems.push(`${segment.url}: ${(error as Error).message}`);
        await sleep(500);
      }
    }
    this.#agent.destroy();
  }

  stop(): void {
    this.#stopped = true;
  }

  /** False when it was asked to come again. */
  async #read({ url, size, sha1 }: Segment): Promise<boolean> {
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      http.get(url, { agent: this.#agent }, resolve).on('error', reject);
    });
    if (response.statusCode === 503 || response.statusCode === 429) {
      this.refusals++;
      response.resume();
      return false;
    }
    if (response.statusCode !== 200) {
      response.resume();
      throw new Error(`status ${response.statusCode}`);
    }
    const hash = createHash('sha1');
    let read = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      if (this.#stopped) return true;
      hash.update(chunk);
      read += chunk.length;
      this.bytes += chunk.length;
      if (Number.isFinite(this.#speed)) await sleep((chunk.length / this.#speed) * 1000);
    }
    if (read !== size) throw new Error(`${read} of ${size} bytes`);
    if (hash.digest('hex') !== sha1) throw new Error('other bytes than before');
    this.segments++;
    return true;
  }
}

/** Of so many connections one asks more than once, without waiting for an answer. */
const EACH = 10;
const REQUESTS = 100;

/** Connections that ask for a film, some of them a hundred times in one breath, and take nothing of it. */
export class Idlers {
  readonly #sockets: Socket[];

  constructor(url: string, count: number) {
    const { hostname, port, pathname, search } = new URL(url);
    this.#sockets = Array.from({ length: count }, (_, index) => {
      const request = `GET ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`;
      const socket = connect(Number(port), hostname, () =>
        socket.write(request.repeat(index % EACH === 0 ? REQUESTS : 1)),
      );
      socket.pause();
      socket.on('error', () => {});
      return socket;
    });
  }

  /** How many the server has ended: who reads nothing learns of it only when it writes. */
  async ended(): Promise<number> {
    for (const _attempt of [1, 2]) {
      for (const socket of this.#sockets) if (socket.writable) socket.write('\r\n');
      await sleep(ANSWERED_MS);
    }
    return this.#sockets.filter(({ destroyed }) => destroyed).length;
  }

  stop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
