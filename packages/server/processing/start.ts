import type { Tasks } from '../tasks/index.ts';
import type { Templates } from '../templates/index.ts';
import { mediaDefinitions, withoutHigherBitrate } from './definitions.ts';
import type { DefaultDefinitions, NotifyOptions, Processing } from './types.ts';

/** What holds for all sub-tasks of a transcode, as it is kept in the flow. */
export interface TranscodeOptions {
  masterPlaylist: boolean;
  alignKeyFrames: boolean;
}

/** Turns requests into task flows, a sub-task for each definition. */
export function starter(deps: {
  tasks: Tasks;
  templates: Templates;
  defaultDefinitions: DefaultDefinitions;
}): Processing {
  const { tasks, templates, defaultDefinitions } = deps;

  return {
    async startDefaultTranscode(trx, { id: videoId, appId }, now, { notifyUrl } = {}) {
      const wanted = await defaultDefinitions(appId, trx);
      // One that has been deleted since it was set is left out.
      const subTasks = wanted.filter((id) => templates.transcode(id)).map(transcodeTo);
      const options = { notifyUrl } satisfies NotifyOptions;
      return tasks.createFlow(trx, { appId, videoId, kind: 'transcode', options, subTasks }, now);
    },

    startTranscode(trx, { id: videoId, appId, info }, request, now) {
      const { masterPlaylist, alignKeyFrames, notifyMode } = request;
      const asked = mediaDefinitions(templates, [...new Set(request.definitions)]);
      const wanted = request.disableHigherBitrate ? withoutHigherBitrate(info, asked) : asked;
      const subTasks = wanted.map(({ id }) => transcodeTo(id));
      const options = { masterPlaylist, alignKeyFrames } satisfies TranscodeOptions;
      return tasks.createFlow(trx, { appId, videoId, kind: 'procedure', notifyMode, options, subTasks }, now);
    },
  };
}

function transcodeTo(definition: number) {
  return { type: 'Transcode', input: { definition } };
}
