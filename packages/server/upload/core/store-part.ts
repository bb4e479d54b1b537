import type { Readable } from 'node:stream';
import { Refused } from '../../common/faults/refused.ts';
import { AssemblyClosedError } from '../../storage/index.ts';
import type { UploadContext } from './context.ts';
import { gaps, type Range } from './ranges.ts';
import { GaveUpError, receive } from './receive.ts';
import {
  changedMeanwhile,
  cutOff,
  otherBytes,
  otherPartStored,
  tooLong,
  tooShort,
  tooSlow,
} from './refusals.ts';
import { partsWithin, type Session, type StoredPart, statusOf } from './sessions.ts';

/** A body of announced size, as it comes from a client; nothing that is said of it is trusted. */
export interface Incoming {
  /** Bytes. */
  size: number;
  /** Lower-case hex; null when the client does not say. */
  md5: string | null;
  /** Its chunks are ours to free (`Call.body`). */
  body: Readable;
}

export interface IncomingPart extends Incoming {
  /** Bytes from the beginning of the file. */
  offset: number;
}

/** A slow client may hold memory for as long as nobody waits for it, else for so long, ms; one that is silent is cut off before. */
const PATIENCE_MS = 60_000;

/** So much of a part goes to the hashing thread at a time: its hash is done soon after its last byte. */
const HASH_BYTES = 512 * 1024;

/**
 * Stores a part, in one way for all of them: it waits for memory, comes in, is verified, what of it is missing is written
 * and recorded, and the hash of the whole goes on. Done when it is durable. Nothing is written before it has proved right,
 * and bytes that count are never written again: those of a repeated part are only verified.
 * @throws Refused `upload.content`, `upload.changed` (see `refusals.ts`); NoSpaceError
 */
export async function storePart(
  context: UploadContext,
  session: Session,
  part: IncomingPart,
  now: number,
): Promise<void> {
  const { memory, live } = context;
  const bytes = await memory.take(part.size);
  const md5 = await receiveVerified(context, part, bytes).catch((error: unknown) => {
    memory.give(bytes);
    throw error;
  });
  // Of a registered file all is stored, though no row says so any more.
  if (session.status === 'done') return memory.give(bytes);
  const whole = await storeMissing(context, session, part, md5, bytes, now).catch((error: unknown) => {
    if (error instanceof Refused) memory.give(bytes);
    else memory.giveLater(bytes);
    throw error;
  });
  if (whole) live.of(session.id, now).hash.add(part, bytes);
  else memory.give(bytes);
}

/**
 * Fills `bytes`, which has the announced size, and hashes it as it comes.
 * @returns the MD5, lower-case hex
 * @throws Refused `upload.content`
 */
export async function receiveVerified(
  { partHasher, memory }: Pick<UploadContext, 'partHasher' | 'memory'>,
  { body, size, md5 }: Incoming,
  bytes: Buffer,
): Promise<string> {
  const begunAt = performance.now();
  const isTooSlow = () => memory.short && performance.now() - begunAt > PATIENCE_MS;
  const hash = partHasher.stream('md5');
  let hashed = 0;
  const onFilled = (filled: number) => {
    if (filled - hashed < HASH_BYTES || filled === size) return;
    hash.push(bytes.subarray(hashed, filled));
    hashed = filled;
  };
  try {
    const received = await receive(body, bytes, { onFilled, isTooSlow });
    if (received > size) throw tooLong(size);
    if (received < size) throw tooShort(received, size);
  } catch (error) {
    hash.end();
    if (error instanceof Refused) throw error;
    throw error instanceof GaveUpError ? tooSlow(PATIENCE_MS) : cutOff(error);
  }
  const actual = await hash.last(bytes.subarray(hashed));
  if (md5 !== null && actual !== md5) throw otherBytes('MD5', actual, md5);
  return actual;
}

/**
 * Writes and records what of a part is not stored yet, while nobody else in this process stores any of it. Another server
 * may: who records first wins.
 * @returns whether all of it was missing
 */
async function storeMissing(
  context: UploadContext,
  session: Session,
  part: Range,
  md5: string,
  bytes: Buffer,
  now: number,
): Promise<boolean> {
  const live = context.live.of(session.id, now);
  const release = await live.locks.acquire(part);
  try {
    const stored = await context.lookups.run(() => partsWithin(context.database.db, session.id, part));
    const missing = gaps(part, stored);
    if (missing[0]?.size === part.size) {
      await storePiece(context, session, { offset: part.offset, size: part.size, md5 }, bytes, now);
      return true;
    }
    refuseTwin(part, md5, stored);
    for (const { offset, size } of missing) {
      const piece = bytes.subarray(offset - part.offset, offset - part.offset + size);
      const stored = { offset, size, md5: await context.partHasher.stream('md5').last(piece) };
      await storePiece(context, session, stored, piece, now);
      live.hash.add(stored, null);
    }
    return false;
  } finally {
    release();
  }
}

function refuseTwin({ offset, size }: Range, md5: string, [same]: readonly StoredPart[]): void {
  const isTwin = same?.offset === offset && same.size === size;
  if (isTwin && same.md5 !== md5) throw otherPartStored(same, same.md5);
}

async function storePiece(
  { store, database, live, partLog }: UploadContext,
  { id }: Session,
  piece: StoredPart,
  bytes: Buffer,
  now: number,
): Promise<void> {
  const assembly = store.assembly(id);
  try {
    await assembly.writePart(piece.offset, piece.size, bytes);
  } catch (error) {
    throw error instanceof AssemblyClosedError ? changedMeanwhile(id, error) : error;
  }
  const outcome = await partLog.record(id, piece, now);
  if (outcome === 'recorded') return;
  // The upload ended while we wrote, and our part may have begun its assembly anew; a sealed one is still needed.
  if (outcome === 'closed' && (await statusOf(database.db, id)) !== 'sealed') {
    live.forget(id);
    await assembly.discard();
  }
  throw changedMeanwhile(id);
}
