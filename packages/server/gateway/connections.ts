import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '../common/log.ts';

/** Why a connection was ended by us: there were too many, its client took nothing, or sent too much at once. */
export type DropReason = 'limit' | 'stalled' | 'pipelined';

/** What the listeners together have to do with connections. */
export interface Connections {
  /** Open ones. */
  open: number;
  onOpened: () => void;
  onDropped: (reason: DropReason) => void;
}

/** For files that are no connection and no object that one is sent: the database, logs, the process itself. */
const OTHER_FILES = 64;
/** A connection that is served holds itself and an open object. */
const FILES_EACH = 2;
/** Between two lines in the log about the same trouble. ms. */
const QUIET_MS = 60_000;
/** Between two rounds of making room by ending idle connections. ms. */
const ROOM_MS = 1000;

/**
 * Bounds what the connections of a server may hold: at most `max` of them, those above closed at once; and a client that
 * takes nothing of its answer for `stallMs` is cut off (it may take twice as long until that is noticed).
 * A connection that the system refuses to open (no file handle left) is told of, and the server goes on.
 */
export function guardConnections(
  server: Server,
  { max, stallMs, log, connections }: { max: number; stallMs: number; log: Logger; connections: Connections },
): void {
  const complain = atMostEvery(QUIET_MS, (details: object) =>
    log.warn(details, 'connections are refused: too many are open'),
  );
  const makeRoom = atMostEvery(ROOM_MS, () => server.closeIdleConnections());
  server.maxConnections = max;
  server.on('connection', (socket: Socket) => {
    connections.open += 1;
    connections.onOpened();
    socket.once('close', () => {
      connections.open -= 1;
    });
  });
  server.on('drop', () => {
    connections.onDropped('limit');
    complain({ open: max });
    makeRoom();
  });
  server.on('listening', () => server.on('error', (error) => complain({ err: error })));

  server.timeout = stallMs;
  // Nothing moved for that long (TLS moves a write at a time, so large answers go in pieces): the connection waits for its client (to take an answer, or to send another request),
  // or for us.
  server.on('timeout', (socket: Socket) => {
    const isStalled = socket.writableLength > 0;
    if (!isStalled && isAnswering(socket)) return;
    if (isStalled) connections.onDropped('stalled');
    socket.destroy();
  });
}

/**
 * How many connections each of some listeners may have: as many as `wanted`, or what the files that this process may
 * open are enough for.
 */
export function connectionBound(wanted: number, listeners: number, openFiles = openFileLimit()): number {
  const enoughFor = Math.floor((openFiles - OTHER_FILES) / FILES_EACH / listeners);
  return Math.max(1, Math.min(wanted, enoughFor));
}

interface Report {
  userLimits?: { open_files?: { soft: unknown } };
}

/** How many files this process may open; Infinity where that is not known. */
function openFileLimit(): number {
  // Without it, names of the peers of open connections are looked up.
  Object.assign(process.report ?? {}, { excludeNetwork: true });
  const report = process.report?.getReport() as Report | undefined;
  const soft = report?.userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : Number.POSITIVE_INFINITY;
}

/** Node's own question, and that of `faults.ts`. */
function isAnswering(socket: Socket & { _httpMessage?: object | null }): boolean {
  return Boolean(socket._httpMessage);
}

/** `act`, but not again before `ms` have passed. */
function atMostEvery<T extends unknown[]>(ms: number, act: (...args: T) => void): (...args: T) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (...args) => {
    const now = performance.now();
    if (now - last < ms) return;
    last = now;
    act(...args);
  };
}
