import type { Classes } from '../../classes/index.ts';
import { Refused } from '../../common/faults/refused.ts';
import type { Executor } from '../../database/index.ts';
import type { Library, Video } from '../../library/index.ts';
import type { NewFlow, Tasks } from '../../tasks/index.ts';
import type { Templates } from '../../templates/index.ts';
import { flowVideo } from '../events.ts';
import type { FlowKind } from '../flows/flow.ts';
import type { AutomaticCovers, DefaultDefinitions } from '../types.ts';

/** What the room is given, as far as flows are begun with it. */
export interface StartingDeps {
  tasks: Tasks;
  library: Library;
  templates: Templates;
  classes: Pick<Classes, 'require'>;
  defaultDefinitions: DefaultDefinitions;
  automaticCovers: AutomaticCovers;
}

export type VideoId = Pick<Video, 'id' | 'appId'>;

/** What beginning a flow has in common, whatever it does. */
export interface Starting extends StartingDeps {
  /** Writes a flow on a video, and returns its id. @throws VideoGoneError */
  begin(
    trx: Executor,
    kind: FlowKind,
    video: VideoId,
    flow: Pick<NewFlow, 'jobs' | 'options' | 'notify'>,
    now: number,
  ): Promise<string>;
  /**
   * After the flow was written, so that the rows are locked in one order. What it will store is not known yet.
   * @throws Refused `task.quota`, `storage.quota`
   */
  requireQuotas(trx: Executor, appId: string): Promise<void>;
}

export function startingContext(deps: StartingDeps): Starting {
  const { tasks, library } = deps;
  return {
    ...deps,
    async begin(trx, { kind, newId }, { id: videoId, appId }, flow, now) {
      const id = newId(appId);
      const about = { ...flowVideo(await library.videos.require(trx, appId, videoId)) };
      await tasks.createFlow(trx, { ...flow, id, appId, kind, videoId, sources: [videoId], about }, now);
      return id;
    },
    async requireQuotas(trx, appId) {
      await tasks.requireWithinQuota(trx, appId);
      const left = await library.storage.left(trx, appId);
      if (left === null || left > 0) return;
      throw new Refused('storage.quota', `application ${appId} has no storage left for what this would make`);
    },
  };
}
