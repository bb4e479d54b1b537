import type { CreateImageSpriteComplete, EventDataOf } from '@openvod/contract/v2';
import type { Addresses } from '../../../common/addresses.ts';
import { videoPrefix } from '../../../common/object-keys.ts';
import type { FlowChanged } from '../../events.ts';
import { spriteJob } from '../../jobs/sprite.ts';
import { jobErrorCode } from './error-codes.ts';

/** `data` of CreateImageSpriteComplete; without the sprite while it is under way, and when it failed. */
export function spriteData({ flow }: FlowChanged, addresses: Addresses) {
  const fileId = flow.videoId ?? '';
  const urlOf = (name: string) => addresses.of(videoPrefix(flow.appId, fileId) + name);
  const [job] = flow.jobs;
  const made = job ? spriteJob.outputOf(job) : null;
  return {
    status: jobErrorCode(flow.failure),
    message: flow.failure?.message ?? '',
    vodTaskId: flow.id,
    fileId,
    ...(job &&
      made && {
        definition: spriteJob.inputOf(job).definition,
        totalCount: made.count,
        imageSpriteUrl: made.sheets.map(urlOf),
        webVttUrl: urlOf(made.index),
      }),
  } satisfies EventDataOf<typeof CreateImageSpriteComplete>;
}
