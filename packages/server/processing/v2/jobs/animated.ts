import { Refused } from '../../../common/faults/refused.ts';
import { videoPrefix } from '../../../common/object-keys.ts';
import { animatedJob } from '../../jobs/animated.ts';
import { bodyOf } from '../template.ts';
import type { WireJob } from './job.ts';

/** No page says how long a moving picture is; the sample shows five seconds. */
const USUAL_SECONDS = 5;
/** A minute is many megabytes already. */
const MOST_SECONDS = 60;

/** `AnimatedGraphics`, in whole seconds. */
export const animatedOnWire: WireJob = {
  type: animatedJob.type,
  taskType: 'AnimatedGraphics',
  parameter: 'animatedGraphics',

  async ask({ animatedGraphics }, { db, video: { appId }, templates }) {
    if (!animatedGraphics) return { jobs: [] };
    const { definition, startTime = 0, endTime = startTime + USUAL_SECONDS } = animatedGraphics;
    if (endTime <= startTime || endTime > startTime + MOST_SECONDS) {
      const field = 'animatedGraphics.endTime';
      const wish = `must be after startTime, by ${MOST_SECONDS} s at most`;
      throw new Refused('parameter.refused', `${field} ${wish}`, { field });
    }
    const about = { db, appId, templates };
    const spec = await bodyOf(about, 'animated', definition, 'animatedGraphics.definition');
    const stretch = { startMs: startTime * 1000, endMs: endTime * 1000 };
    return { jobs: [animatedJob.ask({ definition, spec, ...stretch })] };
  },

  input(job) {
    const { definition, startMs, endMs } = animatedJob.inputOf(job);
    return { definition, startTime: startMs / 1000, endTime: endMs / 1000 };
  },

  output(job, { appId, videoId, addresses }) {
    const made = animatedJob.outputOf(job);
    if (!made) return {};
    const { name, format, fps, height, width } = made;
    const url = addresses.of(videoPrefix(appId, videoId) + name);
    return { url, container: format, fps: Math.round(fps), height, width };
  },
};
