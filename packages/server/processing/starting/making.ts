import { checkedText } from '../../common/checked-text.ts';
import { Refused } from '../../common/faults/refused.ts';
import { newFileId } from '../../common/ids.ts';
import type { Executor } from '../../database/index.ts';
import { type Video, VideoGoneError } from '../../library/index.ts';
import { type MediaInfo, rangeWithin } from '../../media/index.ts';
import type { NewFlow } from '../../tasks/index.ts';
import { clipFlow } from '../flows/clip.ts';
import { concatFlow } from '../flows/concat.ts';
import type { FlowKind } from '../flows/flow.ts';
import { askClip } from '../making/clip.ts';
import { askConcat } from '../making/concat.ts';
import type { MakingOptions } from '../making/maker.ts';
import type { ClipRequest, ConcatRequest } from '../types.ts';
import type { Starting } from './context.ts';

/** All sources of a joined video together, bytes (docs/wire/processing.md). */
const MOST_JOINED_BYTES = 10 * 1024 ** 3;

/** See `Processing.startClip`. */
export async function startClip(
  starting: Starting,
  trx: Executor,
  appId: string,
  { videoId, name, startMs, endMs }: ClipRequest,
  now: number,
): Promise<string> {
  const video = await starting.library.videos.require(trx, appId, videoId);
  const { durationMs } = requireMedia(video);
  if (durationMs > 0 && rangeWithin({ startMs, endMs }, durationMs) === null) {
    const message = `nothing lies between the two times; the video lasts ${durationMs / 1000} s`;
    throw new Refused('parameter.refused', message, { field: 'endMs' });
  }
  const jobs = [askClip({ startMs, endMs })];
  return make(starting, trx, clipFlow, { appId, name, sources: [videoId], jobs }, now);
}

/** See `Processing.startConcat`. */
export async function startConcat(
  starting: Starting,
  trx: Executor,
  appId: string,
  { videoIds, name, containers }: ConcatRequest,
  now: number,
): Promise<string> {
  await requireSources(starting, trx, appId, videoIds);
  const jobs = [...new Set(containers)].map((container) => askConcat({ container }));
  return make(starting, trx, concatFlow, { appId, name, sources: [...videoIds], jobs }, now);
}

/**
 * Videos that are to be joined, in their order; one may come several times.
 * @throws VideoGoneError; Refused `video.unfit`, `parameter.refused` (`videoIds`)
 */
export async function requireSources(
  { library }: Pick<Starting, 'library'>,
  trx: Executor,
  appId: string,
  videoIds: readonly string[],
): Promise<Video[]> {
  const found = await library.videos.getMany(trx, appId, [...new Set(videoIds)]);
  const videos = new Map(found.map((video) => [video.id, video]));
  const inOrder = videoIds.map((id) => {
    const video = videos.get(id);
    if (!video) throw new VideoGoneError(id);
    requireMedia(video);
    return video;
  });
  const bytes = inOrder.reduce((sum, { size }) => sum + size, 0);
  if (bytes > MOST_JOINED_BYTES) {
    const message = `must have at most ${MOST_JOINED_BYTES} bytes together, and have ${bytes}`;
    throw new Refused('parameter.refused', message, { field: 'videoIds' });
  }
  return inOrder;
}

/** A flow that makes a video of others. */
async function make(
  { tasks, requireQuotas }: Starting,
  trx: Executor,
  { kind, newId }: FlowKind,
  { appId, name, ...flow }: Pick<NewFlow, 'appId' | 'sources' | 'jobs'> & { name: string },
  now: number,
): Promise<string> {
  const id = newId(appId);
  const options = { name: checkedText('name', name), videoId: newFileId(now) } satisfies MakingOptions;
  await tasks.createFlow(trx, { ...flow, id, appId, kind, options }, now);
  await requireQuotas(trx, appId);
  return id;
}

/** @throws Refused `video.unfit` */
export function requireMedia({ id, info }: Video): MediaInfo {
  if (info === null) throw new Refused('video.unfit', `video ${id} is no media file`);
  return info;
}
