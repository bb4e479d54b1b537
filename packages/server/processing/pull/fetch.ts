import type { IncomingMessage } from 'node:http';
import type { DiskRoom } from '../../common/data-folder/data-folder.ts';
import { outageOf } from '../../common/faults/outage.ts';
import { AddressError, get } from '../../common/outbound/get.ts';
import type { Outbound } from '../../common/outbound/outbound.ts';
import { type Known, meaningOf, partHeaders, partMeaningOf, rangeHeaders } from './answer.ts';
import { PullError } from './errors.ts';
import { MOST_FAULTS, type PullLimits, pause, pauseMs, roomOn } from './limits.ts';

/** What a pull is given for its work. */
export interface FetchContext {
  outbound: Outbound;
  disk: DiskRoom;
  limits: PullLimits;
  signal: AbortSignal;
  /** Told of bytes as they come, also of those that come again. */
  onPulled?: (bytes: number) => void;
}

/** Where the bytes go. */
export interface Sink {
  /** The stretch of the file that is wanted; all of it when null or left out. */
  range?: { offset: number; length: number } | null;
  /** What is there already; asked before each try. */
  known(): Known;
  /** All of what was there counts for nothing: the file begins here. */
  begin(answer: { url: string; validator: string | null; total: number | null }): Promise<void>;
  /** What follows; the chunks are the sink's from now on, down to their memory. `total` is what the other side says, bytes. */
  write(chunks: readonly Uint8Array[], total: number | null): Promise<void>;
}

/** The other side is at fault, or the way to it; another try may go well. */
class PassingFault extends Error {}

/** The disk of this machine is full, for the moment. */
class NoRoom extends Error {}

/** Pieces are collected up to this before they are written, bytes. */
const WRITE_BYTES = 4 * 1024 * 1024;
/** A try that brought so much has gone well, however it ended, bytes. */
const WORTH_BYTES = 256 * 1024;
/** Who sends less than `SLOWEST_BYTES` in `SLOW_MS` may be waited for until the end of days. */
const SLOW_MS = 60_000;
const SLOWEST_BYTES = 60 * 1024;
/** How often the disk is asked for room, ms. */
const ROOM_MS = 1000;

/**
 * Fetches a file into `sink`, to its end: over broken connections it goes on where it was, if the other side can do that and the file
 * is still the same. A full disk is waited for.
 * @throws PullError; what the disk has against writing; the signal's reason
 */
export async function fetchInto(url: string, sink: Sink, context: FetchContext): Promise<void> {
  const { disk, limits, signal } = context;
  for (let faults = 0; ; ) {
    await roomOn(disk, signal);
    const before = sink.known().offset;
    try {
      return await attempt(url, sink, context);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof NoRoom) continue;
      if (error instanceof AddressError) throw new PullError('pull.source', error.message, { cause: error });
      if (!(error instanceof PassingFault)) throw error;
      if (sink.known().offset - before >= WORTH_BYTES) faults = 0;
      faults += 1;
      if (faults > MOST_FAULTS) throw new PullError('pull.source', error.message, { cause: error });
      await pause(pauseMs(faults, limits.retryMs), signal);
    }
  }
}

async function attempt(url: string, sink: Sink, context: FetchContext): Promise<void> {
  const { outbound, signal, limits } = context;
  const known = sink.known();
  const { range = null } = sink;
  const headers = range === null ? rangeHeaders(known) : partHeaders(range);
  const asked = { headers, signal, idleMs: limits.idleMs };
  const got = await get(outbound, url, asked).catch(sayWhoseFault);
  const { response } = got;
  try {
    const { statusCode: status = 0, headers: said } = response;
    const meaning = range === null ? meaningOf(status, said, known) : partMeaningOf(status, said, range);
    switch (meaning.kind) {
      case 'never':
        throw new PullError('pull.source', meaning.message);
      case 'end':
        return;
      case 'later':
        throw new PassingFault(meaning.message);
      case 'anew':
        await sink.begin({ url, validator: null, total: null });
        throw new PassingFault('the file at its address has changed meanwhile');
      case 'whole':
        await sink.begin({ url: got.url, validator: meaning.validator, total: meaning.total });
    }
    await readBody(response, (chunks) => sink.write(chunks, meaning.total), context);
    const { offset } = sink.known();
    // Of an end that is none, only the framing tells, and old servers have none.
    if (meaning.total !== null && offset < meaning.total)
      throw new PassingFault('the connection was broken off');
  } finally {
    response.destroy();
  }
}

/**
 * Writes go on while more comes, one at a time; who sends faster than that is made to wait. Chunks are taken as they come, since an
 * iterator would join, and so copy, what has gathered meanwhile.
 */
async function readBody(
  response: IncomingMessage,
  write: (chunks: readonly Uint8Array[]) => Promise<void>,
  { disk, onPulled }: FetchContext,
): Promise<void> {
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  // bounded by: WRITE_BYTES, twice
  let chunks: Buffer[] = [];
  let size = 0;
  let writing: Promise<void> | null = null;
  /** What writing failed with, which is not the other side's fault. */
  let failed: { error: unknown } | null = null;
  let askedAt = performance.now();
  const speed = new Speed();

  async function writeBatch(): Promise<void> {
    const batch = chunks;
    [chunks, size] = [[], 0];
    await write(batch);
    const now = performance.now();
    if (now - askedAt < ROOM_MS) return;
    askedAt = now;
    if ((await disk.shortage()) !== null) throw new NoRoom();
  }
  const begin = () => {
    writing = writeBatch().then(
      () => {
        writing = null;
        if (size >= WRITE_BYTES) begin();
        response.resume();
      },
      (error: unknown) => {
        writing = null;
        failed = { error };
        reject(error);
      },
    );
  };
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    onPulled?.(chunk.length);
    try {
      speed.count(chunk.length);
    } catch (error) {
      reject(error);
    }
    const isEnough = size >= WRITE_BYTES;
    if (writing === null && (isEnough || performance.now() - askedAt >= ROOM_MS)) begin();
    else if (isEnough) response.pause();
  });
  response.on('end', resolve);
  response.on('error', reject);
  response.on('close', () => reject(new Error('the connection was closed')));
  // It may have been while the file was begun, and says so once.
  if (response.destroyed) reject(new Error('the connection was closed'));
  const fault = await ended.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  response.removeAllListeners('data').pause();
  while (writing !== null) await writing;
  const lost = failed as { error: unknown } | null;
  if (lost !== null) throw lost.error;
  // What came before a fault counts.
  if (chunks.length > 0) await write(chunks);
  if (fault !== null) sayWhoseFault(fault.error);
}

/** Notices a body that trickles: its connection is never silent for long enough. */
class Speed {
  #since = performance.now();
  #bytes = 0;

  /** @throws PassingFault when it is too slow */
  count(bytes: number): void {
    this.#bytes += bytes;
    const now = performance.now();
    if (now - this.#since < SLOW_MS) return;
    if (this.#bytes < SLOWEST_BYTES) throw new PassingFault('its address sends too slowly');
    this.#since = now;
    this.#bytes = 0;
  }
}

/** Faults of the network are the other side's, or of the way there; those of this machine are not. */
function sayWhoseFault(error: unknown): never {
  const isKnown = error instanceof AddressError || error instanceof PassingFault;
  if (isKnown || outageOf(error) !== null) throw error;
  const { code, message } = error as NodeJS.ErrnoException;
  throw new PassingFault(`its address cannot be fetched: ${code ?? message}`, { cause: error });
}
