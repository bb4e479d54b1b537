import { CreateSnapshotByTimeOffset } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { snapshotByTimeFlow } from '../flows/snapshot-by-time.ts';
import { snapshotByTimeJob } from '../jobs/snapshot-by-time.ts';
import type { ProcessingActionDeps } from './deps.ts';
import { bodyOf } from './template.ts';

export const createSnapshotByTimeOffset = ({
  database,
  library,
  processing,
  templates,
}: ProcessingActionDeps) =>
  handler(CreateSnapshotByTimeOffset, async ({ fileId, definition, timeOffset }, { appId, now }) => {
    const { db } = database;
    const video = await library.videos.require(db, appId, fileId);
    const body = await bodyOf({ db, appId, templates }, 'snapshot', definition, 'definition');
    const job = snapshotByTimeJob.ask({ definition, ...body, timesMs: timeOffset });
    const vodTaskId = await database.transaction((trx) =>
      processing.startSingle(trx, video, { kind: snapshotByTimeFlow, job }, now),
    );
    return { vodTaskId };
  });
