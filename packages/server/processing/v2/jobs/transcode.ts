import { videoPrefix } from '../../../common/object-keys.ts';
import { metaDataOf } from '../../../library/index.ts';
import { outputSpecs, withoutHigherBitrate } from '../../definitions.ts';
import { refuseUnencrypted } from '../../encryptions.ts';
import { type TranscodeOptions, transcodeJob } from '../../jobs/transcode.ts';
import { refuseMarkedCopies } from '../../watermarks.ts';
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

  async ask({ transcode }, { db, video, templates, watermarks, encryptions }) {
    if (!transcode) return { jobs: [] };
    const watermark = transcode.watermark
      ? await watermarks.require(db, video.appId, transcode.watermark)
      : null;
    const asked = outputSpecs(await templates.require(db, video.appId, 'transcode', transcode.definition));
    refuseMarkedCopies(asked, watermark);
    const encryption = transcode.drm
      ? await encryptions.require(db, video.appId, transcode.drm.definition)
      : null;
    refuseUnencrypted(asked, encryption);
    const wanted = transcode.disableHigherBitrate ? withoutHigherBitrate(video.info, asked) : asked;
    const options = {
      masterPlaylist: transcode.hlsMasterPlaylist,
      alignKeyFrames: transcode.idrAlignment,
    } satisfies TranscodeOptions;
    const jobs = wanted.map((spec) => transcodeJob.ask({ definition: spec.id, spec, watermark, encryption }));
    return { jobs, options };
  },

  input(job) {
    const { definition, watermark } = transcodeJob.inputOf(job);
    return { definition, watermark: watermark ? 1 : 0 };
  },

  output(job, { appId, videoId, addresses }) {
    const made = transcodeJob.outputOf(job);
    if (!made) return {};
    const { name, info, md5, totalSize } = made;
    const metaData = metaDataOf(info ?? NO_MEDIA, { md5, totalSize }, 'kbit/s');
    return { url: addresses.of(videoPrefix(appId, videoId) + name), ...metaData };
  },
};
