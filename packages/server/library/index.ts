import type { Clock } from '../common/clock.ts';
import type { Logger } from '../common/log.ts';
import { Refused } from '../common/refused.ts';
import type { ActionHandler } from '../common/v2/handler.ts';
import type { Database } from '../database/index.ts';
import type { Events } from '../events/types.ts';
import type { ObjectStore } from '../storage/index.ts';
import type { Tasks } from '../tasks/types.ts';
import { requireClass } from './classes/existing.ts';
import { classNames } from './classes/names.ts';
import { removePicture } from './deletion/pictures.ts';
import { removeVideo } from './deletion/remove.ts';
import { createSweeper } from './deletion/sweeper.ts';
import { VideoGoneError } from './errors.ts';
import { listByName } from './listing/by-name.ts';
import { listByTime } from './listing/by-time.ts';
import { insertRenditions, playableOf, playableQuery, renditions } from './renditions.ts';
import type { Library } from './types.ts';
import { createClassAction } from './v2/CreateClass.ts';
import { createVodTags } from './v2/CreateVodTags.ts';
import { deleteClassAction } from './v2/DeleteClass.ts';
import { deleteVodFile } from './v2/DeleteVodFile.ts';
import { deleteVodTags } from './v2/DeleteVodTags.ts';
import { describeAllClass } from './v2/DescribeAllClass.ts';
import { describeClass } from './v2/DescribeClass.ts';
import { describeVodInfo } from './v2/DescribeVodInfo.ts';
import { describeVodPlayInfo } from './v2/DescribeVodPlayInfo.ts';
import { describeVodPlayUrls } from './v2/DescribeVodPlayUrls.ts';
import type { LibraryActionDeps } from './v2/deps.ts';
import { getVideoInfo } from './v2/GetVideoInfo.ts';
import { modifyClass } from './v2/ModifyClass.ts';
import { modifyVodInfo } from './v2/ModifyVodInfo.ts';
import { findVideo } from './videos/find.ts';
import { findBySha1, getVideo, getVideos, isVideoId } from './videos/read.ts';
import { changeTags, changeVideo, createVideo, lockVideo } from './videos/write.ts';

export { VideoGoneError } from './errors.ts';
export type { Library, Rendition, Video, VideoStatus } from './types.ts';
export { coverUrlOf } from './v2/views/cover-url.ts';
export { metaDataOf, wholeSeconds } from './v2/views/meta-data.ts';
export { playSetOf } from './v2/views/play-set.ts';

export interface LibraryDeps {
  database: Database;
  store: ObjectStore;
  tasks: Tasks;
  events: Events;
  clock: Clock;
  log: Logger;
}

export interface LibraryService extends Library {
  /** Begins to remove what was deleted or has expired. */
  start(): void;
  /** Ends that; resolves once nothing of it runs any more. */
  stop(): Promise<void>;
}

/** The library on one database. Only its sweeper runs by itself, between `start` and `stop`. */
export function createLibrary(deps: LibraryDeps): LibraryService {
  const { database, tasks } = deps;
  const sweeper = createSweeper(deps);
  return {
    createVideo,
    getVideo,
    findVideo,
    getVideos,
    findBySha1,
    classNames,
    requireClass,
    playable: playableQuery(database),
    playableOf,
    renditions,
    listByTime,
    listByName,
    changeVideo,
    changeTags,
    setStatus: (trx, appId, videoId, status, now) => changeVideo(trx, appId, videoId, { status }, now),
    setCover: (trx, appId, videoId, coverKey, now) => changeVideo(trx, appId, videoId, { coverKey }, now),
    async saveRenditions(trx, appId, videoId, list, now) {
      await lockVideo(trx, appId, videoId, now);
      await insertRenditions(trx, appId, videoId, list);
    },
    async deleteVideo(appId, videoId, priority, now) {
      if (!isVideoId(videoId)) throw new VideoGoneError(videoId);
      const removed = await database.transaction(async (trx) => {
        const waits = priority === 'low' && (await getVideo(trx, appId, videoId)) !== null;
        if (waits && (await tasks.activeFlows(trx, appId, videoId)) > 0) {
          const message = `video ${videoId} is being processed; a deletion of higher priority cancels that`;
          throw new Refused('video.busy', message);
        }
        return removeVideo(trx, tasks, { appId, videoId, priority }, now);
      });
      if (!removed && !(await removePicture(deps, { appId, pictureId: videoId }, now))) {
        throw new VideoGoneError(videoId);
      }
      sweeper.wake();
    },
    start: sweeper.start,
    stop: sweeper.stop,
  };
}

/** Handlers of the actions on videos and classes. */
export function libraryActions(deps: LibraryActionDeps): ActionHandler[] {
  return [
    describeVodPlayUrls(deps),
    getVideoInfo(deps),
    describeVodInfo(deps),
    describeVodPlayInfo(deps),
    modifyVodInfo(deps),
    createVodTags(deps),
    deleteVodTags(deps),
    deleteVodFile(deps),
    createClassAction(deps),
    describeAllClass(deps),
    describeClass(deps),
    modifyClass(deps),
    deleteClassAction(deps),
  ];
}
