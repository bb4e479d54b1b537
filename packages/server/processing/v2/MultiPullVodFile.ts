import { exactNumber, MultiPullVodFile, type ParamsOf } from '@openvod/contract/v2';
import { Refused } from '../../common/faults/refused.ts';
import type { Outbound } from '../../common/outbound/outbound.ts';
import { handler } from '../../common/v2/handler.ts';
import type { PullRequest } from '../types.ts';
import type { ProcessingActionDeps } from './deps.ts';
import { refuseInside } from './refuse-inside.ts';

/** medium, high, low. */
const PRIORITIES = [0, 10, -10] as const;
const MAX_TAGS = 100;
/** As long as those of other uploads may be, characters. */
const MAX_TAG_LENGTH = 128;

export const multiPullVodFile = ({ database, processing, watermarks, outbound }: ProcessingActionDeps) =>
  handler(MultiPullVodFile, async ({ pullset }, { appId, now }) => {
    const asked = pullset.map((wanted, i) => pullOf(wanted, `pullset.${i + 1}`, outbound));
    const isMarked = pullset.some(({ isWatermark }) => isWatermark);
    const watermark = isMarked ? await watermarks.require(database.db, appId) : null;
    const pulls = asked.map((pull, i) => ({ ...pull, ...(pullset[i]!.isWatermark && { watermark }) }));
    const started = await database.transaction((trx) => processing.startPulls(trx, appId, pulls, now));
    return {
      data: started.map(({ id, videoId }, i) => ({
        source_url: pulls[i]!.url,
        file_id: exactNumber(videoId),
        file_name: pulls[i]!.name,
        fileId: videoId,
        vodTaskId: id,
      })),
    };
  });

function pullOf(
  wanted: ParamsOf<typeof MultiPullVodFile>['pullset'][number],
  name: string,
  outbound: Outbound,
): PullRequest {
  const { url, fileName, fileMd5, classId, priority, isTranscode, isScreenshot, isWatermark } = wanted;
  if (isWatermark && !isTranscode) {
    const field = `${name}.isWatermark`;
    throw new Refused('parameter.refused', 'a watermark lies over transcodes: it goes with isTranscode=1', {
      field,
    });
  }
  refuseInside(url, `${name}.url`, outbound);
  if (wanted.notifyUrl !== undefined) refuseInside(wanted.notifyUrl, `${name}.notifyUrl`, outbound);
  return {
    ...{ url, classId, name: fileName, md5: fileMd5 ?? null, transcode: isTranscode },
    snapshots: isScreenshot,
    tags: tagsIn(wanted.tags ?? '', `${name}.tags`),
    priority: PRIORITIES[priority],
    ...(wanted.isReport && { notifyUrl: wanted.notifyUrl }),
  };
}

/** The comma of Chinese keyboards is one, too. */
function tagsIn(text: string, field: string): string[] {
  const tags = text.split(/[,，]/).flatMap((tag) => tag.trim() || []);
  if (tags.length > MAX_TAGS) {
    throw new Refused('parameter.refused', `at most ${MAX_TAGS} tags are taken`, { field });
  }
  if (tags.some((tag) => [...tag].length > MAX_TAG_LENGTH)) {
    throw new Refused('parameter.refused', `a tag has at most ${MAX_TAG_LENGTH} characters`, { field });
  }
  return [...new Set(tags)];
}
