import { Refused } from '../../../common/faults/refused.ts';
import { videoPrefix } from '../../../common/object-keys.ts';
import { coverJob } from '../../jobs/cover.ts';
import { bodyOf } from '../template.ts';
import type { ProcessFileParams, WireJob } from './job.ts';

/** `CoverBySnapshot`: seconds for Time, percent of the duration for Percent. */
export const coverOnWire: WireJob = {
  type: coverJob.type,
  taskType: 'CoverBySnapshot',
  parameter: 'coverBySnapshot',

  async ask({ coverBySnapshot }, { db, video, templates }) {
    if (!coverBySnapshot) return { jobs: [] };
    const { definition } = coverBySnapshot;
    const about = { db, appId: video.appId, templates };
    const body = await bodyOf(about, 'snapshot', definition, 'coverBySnapshot.definition');
    return { jobs: [coverJob.ask({ definition, ...body, position: positionOf(coverBySnapshot) })] };
  },

  input(job) {
    const { definition, position } = coverJob.inputOf(job);
    return {
      definition,
      ...('ms' in position
        ? { positionType: 'Time', position: position.ms / 1000 }
        : { positionType: 'Percent', position: Math.round(position.share * 100) }),
    };
  },

  output(job, { appId, videoId, addresses }) {
    const made = coverJob.outputOf(job);
    return made ? { imageUrl: addresses.of(videoPrefix(appId, videoId) + made.name) } : {};
  },
};

function positionOf({
  positionType,
  position,
}: Pick<NonNullable<ProcessFileParams['coverBySnapshot']>, 'positionType' | 'position'>) {
  if (positionType === 'Time') return { ms: position * 1000 };
  if (position > 100) {
    const field = 'coverBySnapshot.position';
    throw new Refused('parameter.refused', `${field} is a percentage, at most 100`, { field });
  }
  return { share: position / 100 };
}
