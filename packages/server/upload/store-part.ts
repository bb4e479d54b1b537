import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Refused } from '../common/refused.ts';
import { AssemblyClosedError } from '../storage/index.ts';
import { checkedBody, compareMd5, drain, fill, receive } from './body.ts';
import type { UploadContext } from './deps.ts';
import { badBody, badParameter, noSession } from './faults.ts';
import { gaps, isPartOf, type Range } from './ranges.ts';
import { currentSession, partsWithin, type Session, type StoredPart, statusOf } from './sessions.ts';

/** A part as its call announces it; nothing of it is trusted. */
export interface IncomingPart extends StoredPart {
  appId: string;
  /** SHA-1 of the whole file, lower-case hex. */
  sha1: string;
  body: Readable;
  /** Aborted when the client goes away. */
  signal: AbortSignal;
}

/**
 * Stores a part; done when it is durable and known to be right. Bytes that count are never written again:
 * those of a repeated part are only checked.
 * @throws Refused `parameter.refused` when the file has no such part, -10005 without a session, -10006 for a wrong body
 */
export async function storePart(context: UploadContext, part: IncomingPart, now: number): Promise<void> {
  const { database, live, config } = context;
  const session = await currentSession(database.db, part.appId, part.sha1);
  if (!session || session.touched_at < now - config.sessionTtlMs) throw noSession(part.sha1);
  checkLayout(session, part);
  if (session.status === 'done') {
    await receiveNothing(part);
    return;
  }
  const release = await live.of(session.id, now).locks.acquire(part);
  try {
    const stored = await partsWithin(database.db, session.id, part);
    const missing = gaps(part, stored);
    if (missing[0]?.size === part.size) {
      await context.partLog.expecting(() => writeWhole(context, session, part, now));
    } else if (missing.length > 0) await writeMissing(context, session, part, missing, now);
    else await repeat(part, stored);
  } finally {
    release();
  }
}

/** Some clients keep to the part size they announced, whatever InitUpload answered. */
function checkLayout(session: Session, part: IncomingPart): void {
  const { size, part_size: first, announced_part_size: latest } = session;
  if (isPartOf(size, first, part) || isPartOf(size, latest, part)) return;
  throw badParameter(
    'offset, dataSize',
    `${part.size} bytes at ${part.offset} is no part of a file of ${size} bytes ` + `in parts of ${first}`,
  );
}

/**
 * The ordinary case: the part is kept in memory, where a thread hashes it while the store writes it. Where other servers
 * may be storing the same part, it must prove right before it is written: it could lie over a good one.
 */
async function writeWhole(context: UploadContext, session: Session, part: IncomingPart, now: number) {
  const { database, buffers, live } = context;
  const verifyFirst = database.dialect !== 'sqlite';
  const shared = buffers.take(part.size);
  const buffer = shared ?? (verifyFirst ? Buffer.alloc(part.size) : null);
  try {
    if (buffer) await writeKept(context, session, part, buffer, verifyFirst);
    else await writeStreamed(context, session, part);
    await record(context, session, part, now);
  } catch (error) {
    if (shared) buffers.forget(shared);
    throw error;
  }
  live.of(session.id, now).hash.add(part, shared);
}

async function writeKept(
  context: UploadContext,
  session: Session,
  part: IncomingPart,
  buffer: Buffer,
  verifyFirst: boolean,
) {
  await fill(buffer, part.body);
  const proof = context.hasher.md5(buffer).then((actual) => compareMd5(actual, part.md5));
  proof.catch(() => {}); // Reported below, unless the store fails before.
  if (verifyFirst) await proof;
  await write(context, session, part, buffer, part.signal);
  await proof;
}

/** Where there is no memory to spare: to the store while it is being hashed, by and by. */
async function writeStreamed(context: UploadContext, session: Session, part: IncomingPart) {
  const checked = checkedBody(part.body, part.size, part.md5);
  try {
    await write(context, session, part, checked.stream, part.signal);
    checked.verify();
  } catch (error) {
    checked.stream.destroy();
    throw error;
  }
}

/** A part of another size than the stored ones: what it adds is written, and only after it has proved right. */
async function writeMissing(
  context: UploadContext,
  session: Session,
  part: IncomingPart,
  missing: readonly Range[],
  now: number,
) {
  const bytes = await receive(part.body, part.size, part.md5);
  for (const { offset, size } of missing) {
    const piece = bytes.subarray(offset - part.offset, offset - part.offset + size);
    await write(context, session, { offset, size }, piece, part.signal);
    const md5 = createHash('md5').update(piece).digest('hex');
    await record(context, session, { offset, size, md5 }, now);
    context.live.of(session.id, now).hash.add({ offset, size }, null);
  }
}

async function repeat(part: IncomingPart, stored: readonly StoredPart[]): Promise<void> {
  const [same] = stored;
  if (same && same.offset === part.offset && same.size === part.size && same.md5 !== part.md5) {
    throw badBody(`another part at ${part.offset} was stored before, with the MD5 ${same.md5}`);
  }
  await receiveNothing(part);
}

async function receiveNothing(part: IncomingPart): Promise<void> {
  await drain(checkedBody(part.body, part.size, part.md5));
}

async function write(
  { store }: UploadContext,
  session: Session,
  { offset, size }: Range,
  body: Readable | Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  try {
    await store.assembly(session.id).writePart(offset, size, body, { signal });
  } catch (error) {
    if (error instanceof AssemblyClosedError) throw closed(session.sha1, error);
    throw error;
  }
}

async function record(
  { database, partLog, live, store }: UploadContext,
  session: Session,
  { offset, size, md5 }: StoredPart,
  now: number,
): Promise<void> {
  const part = { offset, size, md5 };
  const outcome = await partLog.record(session.id, part, now);
  if (outcome === 'recorded') return;
  // The upload ended while we wrote, and our part may have begun its assembly anew; a sealed one is still needed.
  if (outcome === 'closed' && (await statusOf(database.db, session.id)) !== 'sealed') {
    live.forget(session.id);
    await store.assembly(session.id).discard();
  }
  throw closed(session.sha1);
}

function closed(sha1: string, cause?: unknown) {
  const message = `the upload of ${sha1} changed while the part was stored: send it again`;
  return new Refused('upload.changed', message, { cause });
}
