import type { Database } from '../database/index.ts';
import { className } from './classes/names.ts';
import { insertRenditions, playableQuery, renditions } from './renditions.ts';
import type { Library } from './types.ts';
import { findBySha1, getVideo } from './videos/read.ts';
import { changeVideo, createVideo, lockVideo } from './videos/write.ts';

/** The library's functions on one database; nothing runs by itself. */
export function libraryOn(database: Database): Library {
  return {
    createVideo,
    getVideo,
    className,
    playable: playableQuery(database),
    renditions,
    async saveRenditions(trx, appId, videoId, list, now) {
      await lockVideo(trx, appId, videoId, now);
      await insertRenditions(trx, appId, videoId, list);
    },
    setStatus: (trx, appId, videoId, status, now) => changeVideo(trx, appId, videoId, { status }, now),
    setCover: (trx, appId, videoId, coverKey, now) => changeVideo(trx, appId, videoId, { coverKey }, now),
    findBySha1,
  };
}
