import { videoPrefix } from '../../../common/object-keys.ts';
import { metaDataOf } from '../../../library/index.ts';
import { outputSpecs, withoutHigherBitrate } from '../../definitions.ts';
import { type TranscodeOptions, transcodeJob } from '../../jobs/transcode.ts';
import { refuseUnoffered } from '../deps.ts';
import { NO_MEDIA } from '../views/no-media.ts';
import type { WireJob } from './job.ts';

/**
 * Definitions that disableHigherBitrate leaves out do not appear among the sub-tasks; when it leaves none, the flow
 * ends as a success without outputs. The documents say neither.
 */
export const transcodeOnWire: WireJob = {
  type: transcodeJob.type,
  taskType: 'Transcode',
  parameter: 'transcode',

  async ask({ transcode }, { db, video, templates }) {
    if (!transcode) return { jobs: [] };
    refuseUnoffered({
      'transcode.watermark': (transcode.watermark ?? 0) !== 0,
      'transcode.drm': transcode.drm !== undefined,
    });
    const asked = outputSpecs(await templates.require(db, video.appId, 'transcode', transcode.definition));
    const wanted = transcode.disableHigherBitrate ? withoutHigherBitrate(video.info, asked) : asked;
    const options = {
      masterPlaylist: transcode.hlsMasterPlaylist,
      alignKeyFrames: transcode.idrAlignment,
    } satisfies TranscodeOptions;
    return { jobs: wanted.map((spec) => transcodeJob.ask({ definition: spec.id, spec })), options };
  },

  input: (job) => ({ definition: transcodeJob.inputOf(job).definition, watermark: 0 }),

  output(job, { appId, videoId, addresses }) {
    const made = transcodeJob.outputOf(job);
    if (!made) return {};
    const { name, info, md5, totalSize } = made;
    const metaData = metaDataOf(info ?? NO_MEDIA, { md5, totalSize }, 'kbit/s');
    return { url: addresses.of(videoPrefix(appId, videoId) + name), ...metaData };
  },
};
