import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { BoundedQueue } from '../common/bounds/bounded-queue.ts';
import { checkedText } from '../common/checked-text.ts';
import type { Clock } from '../common/clocks/clock.ts';
import { Refused } from '../common/faults/refused.ts';
import { newFileId } from '../common/ids.ts';
import { runFolder, sourceKey, videoPrefix } from '../common/object-keys.ts';
import type { Database } from '../database/index.ts';
import { type Library, type Output, outputName, VideoGoneError } from '../library/index.ts';
import {
  joinedPlaylist,
  type PlacedSegment,
  rangeWithin,
  segmentsOf,
  segmentsWithin,
} from '../media/index.ts';
import type { ObjectStore } from '../storage/index.ts';
import type { StorageRoom } from './storage-room.ts';
import type { ClipRequest, ConcatRequest, Processing, SimpleHls } from './types.ts';

/** Longest HLS that is cut, ms (docs/wire/processing.md). */
const LONGEST_MS = 5 * 3600_000;
/** Longest that the copying may take, ms: less than its note is good for (library/deletion/unfinished.ts). */
const LONGEST_COPY_MS = 20 * 60_000;
/** The definition that repackages to HLS. */
const HLS_COPY = 6;

/** Some segments of a rendition, and the object that they are slices of. */
interface Piece {
  key: string;
  segments: readonly PlacedSegment[];
  rendition: Output;
}

/**
 * Makes HLS of HLS at once: whole segments are copied within the store, nothing is looked at or encoded. What is made is a video of its
 * own, a transport stream with a playlist over it, which stays when its sources go.
 */
export function simpleHls(deps: {
  database: Database;
  library: Library;
  store: ObjectStore;
  processing: Pick<Processing, 'startFirstCover'>;
  room: StorageRoom;
  clock: Clock;
}): SimpleHls {
  const { database, library, store, processing, room, clock } = deps;
  const { db } = database;
  const queue = new BoundedQueue('HLS to be copied', { atOnce: 2, mayWait: 100 });

  async function pieceOf(appId: string, videoId: string): Promise<Piece> {
    await library.videos.require(db, appId, videoId);
    const outputs = await library.outputs.of(db, appId, videoId);
    const [rendition] = outputs
      .filter(
        ({ kind, container, details }) => kind === 'transcode' && container === 'hls' && details === null,
      )
      .sort(
        (a, b) =>
          Number(b.definition === HLS_COPY) - Number(a.definition === HLS_COPY) || b.bitrate - a.bitrate,
      );
    if (!rendition)
      throw new Refused('video.unfit', `video ${videoId} has no HLS rendition that is not encrypted`);
    const folder =
      rendition.run === null ? videoPrefix(appId, videoId) : runFolder(appId, videoId, rendition.run);
    const playlist = await text(await store.read(folder + rendition.name));
    const file = /^([^#?\n]+)\?start=/m.exec(playlist)?.[1];
    if (file === undefined) throw new Refused('video.unfit', `the HLS of video ${videoId} has no segments`);
    return { key: videoPrefix(appId, videoId) + file, segments: segmentsOf(playlist), rendition };
  }

  async function make(appId: string, name: string, pieces: readonly Piece[], now: number) {
    const videoId = newFileId(now);
    const key = sourceKey(appId, videoId, 'ts');
    const prefix = videoPrefix(appId, videoId);
    const id = { kind: 'transcode' as const, definition: HLS_COPY, number: 0 };
    const playlistName = outputName(id, 'm3u8');
    const bytes = pieces
      .flatMap(({ segments }) => segments)
      .reduce((sum, one) => sum + one.end - one.start + 1, 0);
    const signal = AbortSignal.timeout(LONGEST_COPY_MS);
    await database.transaction((trx) => room.require(trx, appId, bytes));
    await library.unfinished.note(appId, videoId, clock());
    try {
      const [md5, sha1] = [createHash('md5'), createHash('sha1')];
      await store.put(key, Readable.from(bytesOf(store, pieces, [md5, sha1])), {
        ...{ contentType: 'video/mp2t', signal },
      });
      const playlist = Buffer.from(
        joinedPlaylist(
          key.slice(prefix.length),
          pieces.map(({ segments }) => segments),
        ),
      );
      await store.put(prefix + playlistName, playlist, {
        ...{ contentType: 'application/vnd.apple.mpegurl', signal },
      });
      const durationMs = pieces
        .flatMap(({ segments }) => segments)
        .reduce((sum, one) => sum + one.durationMs, 0);
      const [first] = pieces;
      const shape = first!.rendition.info!;
      const info = { ...shape, container: 'ts', size: bytes, durationMs, browserPlayable: false };
      const size = playlist.length;
      const output: Output = {
        ...{ ...first!.rendition, ...id, name: playlistName, run: null, size, totalSize: size, durationMs },
        ...{ md5: createHash('md5').update(playlist).digest('hex'), info: { ...shape, size, durationMs } },
      };
      await database.transaction(async (trx) => {
        await library.unfinished.takeBack(trx, videoId);
        await room.require(trx, appId, bytes + size);
        await library.videos.create(
          trx,
          {
            ...{ id: videoId, appId, name, type: 'ts', size: bytes, info, sourceKey: key },
            ...{ md5: md5.digest('hex'), sha1: sha1.digest('hex'), sourceType: 'ServerUpload' },
          },
          now,
        );
        await library.outputs.save(trx, appId, videoId, [output], now);
        await processing.startFirstCover(trx, { id: videoId, appId, info }, now);
      });
    } catch (error) {
      await library.unfinished.giveUp(videoId, clock());
      if (!signal.aborted) throw error;
      throw new Refused('service.busy', 'to copy the segments took too long, try again later', {
        cause: error,
      });
    }
    return { videoId, key: prefix + playlistName };
  }

  return {
    async clip(appId, { videoId, name, startMs, endMs }: ClipRequest, now) {
      const checked = checkedText('name', name);
      const piece = await pieceOf(appId, videoId);
      const durationMs = piece.segments.reduce((sum, segment) => sum + segment.durationMs, 0);
      if (durationMs > LONGEST_MS) {
        throw new Refused('video.unfit', `video ${videoId} lasts more than ${LONGEST_MS / 3600_000} hours`);
      }
      const range = rangeWithin({ startMs, endMs }, durationMs);
      if (range === null) {
        const message = `nothing lies between the two times; the video lasts ${durationMs / 1000} s`;
        throw new Refused('parameter.refused', message, { field: 'endMs' });
      }
      const segments = segmentsWithin(piece.segments, range);
      return queue.run(() => make(appId, checked, [{ ...piece, segments }], now));
    },
    async concat(appId, { videoIds, name }: Pick<ConcatRequest, 'videoIds' | 'name'>, now) {
      const checked = checkedText('name', name);
      const known = await library.videos.getMany(db, appId, [...new Set(videoIds)]);
      const missing = videoIds.find((id) => !known.some((video) => video.id === id));
      if (missing !== undefined) throw new VideoGoneError(missing);
      const pieces: Piece[] = [];
      for (const id of videoIds) pieces.push(await pieceOf(appId, id));
      return queue.run(() => make(appId, checked, pieces, now));
    },
  };
}

/** The bytes of all segments, hashed on their way. Segments that lie one after the other are read at once. */
async function* bytesOf(store: ObjectStore, pieces: readonly Piece[], hashes: readonly Hash[]) {
  for (const { key, segments } of pieces) {
    const [first] = segments;
    if (!first) continue;
    for await (const chunk of await store.read(key, { start: first.start, end: segments.at(-1)!.end })) {
      for (const hash of hashes) hash.update(chunk as Buffer);
      yield chunk as Buffer;
    }
  }
}
