import { createHash } from 'node:crypto';
import {
  type Action,
  CreateClass,
  CreateVodTags,
  DescribeVodPlayUrls,
  InitUpload,
  ModifyVodInfo,
  PullEvent,
  UploadPart,
} from '@openvod/contract/v2';
import { Refused } from '../../common/faults/refused.ts';
import { type ActionHandler, handler } from '../../common/v2/handler.ts';

/** The file ids that make DescribeVodPlayUrls misbehave. */
export const FILE_IDS = { missing: '404', broken: '500' };

/**
 * Actions that show what arrived, in fields that their contract does not know: `params` and `appId` beside the result.
 */
export const fakeActions: ActionHandler[] = [
  handler(DescribeVodPlayUrls, async (params, call) => {
    if (params.fileId === FILE_IDS.missing)
      throw new Refused('video.notFound', 'there is no such video', { field: 'fileId' });
    if (params.fileId === FILE_IDS.broken) throw new TypeError('a secret of the house');
    return { playSet: [], params, appId: call.appId };
  }),
  echo(ModifyVodInfo),
  echo(CreateClass),
  echo(CreateVodTags),
  echo(InitUpload),
  handler(UploadPart, async (params, call) => {
    const sum = createHash('md5');
    for await (const chunk of call.body!) sum.update(chunk as Buffer);
    if (sum.digest('hex') !== params.dataMd5)
      throw new Refused('upload.content', 'is not that of the body', { field: 'dataMd5' });
    return {};
  }),
  // Waits for its client to leave, or a second.
  handler(PullEvent, async (_params, call) => {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 1000);
      call.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
    return { eventList: [], left: call.signal.aborted };
  }),
] as ActionHandler[];

function echo(action: Action): ActionHandler {
  return { action, run: async (params, call) => ({ params, appId: call.appId }) };
}
