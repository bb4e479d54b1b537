import { CreateImageSprite } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import { spriteFlow } from '../flows/sprite.ts';
import { spriteJob } from '../jobs/sprite.ts';
import type { ProcessingActionDeps } from './deps.ts';
import { bodyOf } from './template.ts';

export const createImageSprite = ({ database, library, processing, templates }: ProcessingActionDeps) =>
  handler(CreateImageSprite, async ({ fileId, definition }, { appId, now }) => {
    const { db } = database;
    const video = await library.videos.require(db, appId, fileId);
    const spec = await bodyOf({ db, appId, templates }, 'sprite', definition, 'definition');
    const job = spriteJob.ask({ definition, spec });
    const vodTaskId = await database.transaction((trx) =>
      processing.startSingle(trx, video, { kind: spriteFlow, job }, now),
    );
    return { vodTaskId };
  });
