import { videoPrefix } from '../../../common/object-keys.ts';
import { spriteJob } from '../../jobs/sprite.ts';
import { bodyOf } from '../template.ts';
import type { WireJob } from './job.ts';

/** `ImageSprites`. */
export const spriteOnWire: WireJob = {
  type: spriteJob.type,
  taskType: 'ImageSprites',
  parameter: 'imageSprite',

  async ask({ imageSprite }, { db, video: { appId }, templates }) {
    if (!imageSprite) return { jobs: [] };
    const { definition } = imageSprite;
    const spec = await bodyOf({ db, appId, templates }, 'sprite', definition, 'imageSprite.definition');
    return { jobs: [spriteJob.ask({ definition, spec })] };
  },

  input: (job) => ({ definition: spriteJob.inputOf(job).definition }),

  output(job, { appId, videoId, addresses }) {
    const made = spriteJob.outputOf(job);
    if (!made) return {};
    const urlOf = (name: string) => addresses.of(videoPrefix(appId, videoId) + name);
    return { totalCount: made.count, urlList: made.sheets.map(urlOf), webVttUrl: urlOf(made.index) };
  },
};
