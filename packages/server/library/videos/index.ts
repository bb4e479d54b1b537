import type { Classes } from '../../classes/index.ts';
import { checkedText } from '../../common/checked-text.ts';
import { Refused } from '../../common/faults/refused.ts';
import type { Database } from '../../database/index.ts';
import type { ObjectStore } from '../../storage/index.ts';
import type { Tasks } from '../../tasks/types.ts';
import { setCover } from '../covers.ts';
import { removePicture } from '../deletion/pictures.ts';
import { removeVideo } from '../deletion/remove.ts';
import { findVideo } from './find.ts';
import { VideoGoneError } from './gone.ts';
import { findBySha1, getVideo, getVideos, isVideoId } from './read.ts';
import { withoutTags, withTags } from './tags.ts';
import type { Videos } from './types.ts';
import { changeTags, changeVideo, createVideo } from './write.ts';

export interface VideosDeps {
  database: Database;
  store: ObjectStore;
  classes: Classes;
  tasks: Tasks;
  /** Called when a video was deleted, and its objects wait to be removed. */
  onDeleted(): void;
}

export function createVideos({ database, store, classes, tasks, onDeleted }: VideosDeps): Videos {
  return {
    async create(trx, video, now) {
      const classId = await classes.orDefault(trx, video.appId, video.classId ?? 0);
      await createVideo(trx, video, classId, now);
    },
    get: getVideo,
    async require(db, appId, videoId) {
      const video = await getVideo(db, appId, videoId);
      if (!video) throw new VideoGoneError(videoId);
      return video;
    },
    find: findVideo,
    getMany: getVideos,
    findBySha1,
    change: changeVideo,
    async edit(appId, videoId, { name, description, ...changes }, now) {
      const checked = {
        ...changes,
        name: name === undefined ? undefined : checkedText('name', name),
        description: description === undefined ? undefined : checkedText('description', description),
      };
      await database.transaction(async (trx) => {
        if (changes.classId !== undefined) await classes.require(trx, appId, changes.classId);
        await changeVideo(trx, appId, videoId, checked, now);
      });
    },
    addTags: (appId, videoId, tags, now) =>
      database.transaction((trx) =>
        changeTags(trx, appId, videoId, (present) => withTags(present, tags), now),
      ),
    removeTags: (appId, videoId, tags, now) =>
      database.transaction((trx) =>
        changeTags(trx, appId, videoId, (present) => withoutTags(present, tags), now),
      ),
    setCover: (appId, videoId, name, now) => setCover({ database, store }, appId, videoId, name, now),
    async delete(appId, videoId, priority, now) {
      if (!isVideoId(videoId)) throw new VideoGoneError(videoId);
      const removed = await database.transaction(async (trx) => {
        const waits = priority === 'low' && (await getVideo(trx, appId, videoId)) !== null;
        if (waits && (await tasks.activeFlows(trx, appId, videoId)) > 0) {
          const message = `video ${videoId} is being processed; a deletion of higher priority cancels that`;
          throw new Refused('video.busy', message);
        }
        return removeVideo(trx, tasks, { appId, videoId, priority }, now);
      });
      if (!removed && !(await removePicture({ database, store }, { appId, pictureId: videoId }, now))) {
        throw new VideoGoneError(videoId);
      }
      onDeleted();
    },
  };
}
