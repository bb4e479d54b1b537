import { createDecipheriv, createHash } from 'node:crypto';
import { PullError } from '../errors.ts';
import type { FetchContext } from '../fetch.ts';
import type { PartialFile } from '../partial-file.ts';
import { fetchBytes } from './fetch-bytes.ts';
import type { Piece, PieceKey } from './playlist.ts';

/** Largest segment, bytes: it passes through memory. */
const MAX_PIECE_BYTES = 64 * 1024 ** 2;
/** Pieces that are fetched at a time: one is waited for while the next is under way. */
const AHEAD = 2;
const KEY_BYTES = 16;
/** Keys that are kept in memory; most films have one. */
const MOST_KEYS = 100;

/** What is noted beside a track that is being fetched. */
export interface TrackState {
  /** Of which pieces it is put together. */
  print: string;
  /** How many of them it has. */
  done: number;
}

export interface TrackLimits {
  /** Bytes that it may have. */
  maxBytes: number;
  tooLarge: () => Error;
  /** How many pieces there are by now. */
  onPiece: (done: number) => void;
}

/**
 * Fetches the pieces of a track, decrypts them and puts one after the other: transport streams, fragments and packed sound make one
 * file of their kind that way. Goes on where it was.
 * @throws what `fetchBytes` throws; PullError
 */
export async function fetchTrack(
  pieces: readonly Piece[],
  file: PartialFile<TrackState>,
  { maxBytes, tooLarge, onPiece }: TrackLimits,
  context: FetchContext,
): Promise<void> {
  const print = printOf(pieces);
  if (file.state?.print !== print) await file.beginAnew();
  const keys = keyRing(context);
  const stopping = new AbortController();
  const within = { ...context, signal: AbortSignal.any([context.signal, stopping.signal]) };
  const fetchPiece = async ({ url, range, key }: Piece): Promise<Buffer> => {
    const { bytes } = await fetchBytes(url, range, MAX_PIECE_BYTES, within);
    return key === null ? bytes : decrypt(bytes, await keys(key), key);
  };
  const begun = file.state?.done ?? 0;
  // bounded by: AHEAD
  const underWay: Promise<Buffer>[] = [];
  try {
    for (let i = begun; i < pieces.length; i++) {
      while (underWay.length < AHEAD && i + underWay.length < pieces.length) {
        const next = fetchPiece(pieces[i + underWay.length]!);
        // It is waited for later; until then nobody else would see it fail.
        next.catch(() => {});
        underWay.push(next);
      }
      const bytes = await underWay.shift()!;
      if (file.bytes + bytes.length > maxBytes) throw tooLarge();
      await file.append([bytes], { print, done: i + 1 });
      onPiece(i + 1);
    }
  } finally {
    stopping.abort();
  }
  await file.mark({ print, done: pieces.length });
}

/** Addresses change with the signatures in their queries, while what lies there is the same. */
function printOf(pieces: readonly Piece[]): string {
  const places = pieces.map(({ url, range, key }) => [
    url.replace(/\?.*$/s, ''),
    range,
    key?.iv.toString('hex'),
  ]);
  return createHash('sha256').update(JSON.stringify(places)).digest('hex');
}

/** Each key is fetched once. */
function keyRing(context: FetchContext): (key: PieceKey) => Promise<Buffer> {
  // bounded by: MOST_KEYS
  const known = new Map<string, Promise<Buffer>>();
  return ({ url }) => {
    const key = known.get(url) ?? fetchKey(url, context);
    if (known.size >= MOST_KEYS) known.clear();
    known.set(url, key);
    return key;
  };
}

async function fetchKey(url: string, context: FetchContext): Promise<Buffer> {
  const { bytes } = await fetchBytes(url, null, 1024, context);
  if (bytes.length !== KEY_BYTES)
    throw new PullError('pull.source', 'a key of its playlist has not 16 bytes');
  return bytes;
}

function decrypt(bytes: Buffer, key: Buffer, { iv }: PieceKey): Buffer {
  try {
    const cipher = createDecipheriv('aes-128-cbc', key, iv);
    return Buffer.concat([cipher.update(bytes), cipher.final()]);
  } catch (cause) {
    throw new PullError('pull.source', 'a segment of its playlist cannot be decrypted', { cause });
  }
}
