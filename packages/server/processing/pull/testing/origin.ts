import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the origin saw it. */
export interface Seen {
  path: string;
  range: string | undefined;
  ifRange: string | undefined;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Another server, which has what is to be pulled; each path has an answer of its own. */
export async function startOrigin() {
  // bounded by: what the test adds
  const answers = new Map<string, Answer>();
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    seen.push({
      path,
      range: request.headers.range,
      ifRange: request.headers['if-range'] as string | undefined,
    });
    const answer = answers.get(path.split('?')[0]!);
    if (!answer) return void response.writeHead(404).end();
    void answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    seen,
    on(path: string, answer: Answer): string {
      answers.set(path, answer);
      return `http://127.0.0.1:${port}${path}`;
    },
    stop(): Promise<unknown> {
      server.closeAllConnections();
      server.close();
      return once(server, 'close');
    },
  };
}

export type Origin = Awaited<ReturnType<typeof startOrigin>>;

/** Headers, and what of a file a request asks for, as a server that knows ranges answers it. */
export function rangeOf(
  { headers }: IncomingMessage,
  file: Uint8Array,
  etag: string,
): { status: number; start: number; headers: Record<string, string | number> } {
  const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? Number.NaN);
  const ifRange = headers['if-range'];
  if (Number.isNaN(start) || (ifRange !== undefined && ifRange !== etag)) {
    return { status: 200, start: 0, headers: { etag, 'content-length': file.length } };
  }
  if (start >= file.length)
    return { status: 416, start, headers: { 'content-range': `bytes */${file.length}` } };
  const range = `bytes ${start}-${file.length - 1}/${file.length}`;
  return {
    status: 206,
    start,
    headers: { etag, 'content-range': range, 'content-length': file.length - start },
  };
}

/** Serves a file with ranges; breaks off after so many bytes of each answer. */
export function serve(
  file: () => Uint8Array,
  { etag = (): string => '"1"', breakAfter = Number.POSITIVE_INFINITY } = {},
): Answer {
  return (request, response) => {
    const { status, start, headers } = rangeOf(request, file(), etag());
    response.writeHead(status, headers);
    if (status === 416) return void response.end();
    const rest = file().subarray(start);
    if (rest.length <= breakAfter) return void response.end(rest);
    response.write(rest.subarray(0, breakAfter), () => setTimeout(() => response.destroy(), 20));
  };
}
