import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { videoPrefix } from '../../common/object-keys.ts';
import { outputName } from '../../library/index.ts';
import { takeBrightPicture } from '../../media/index.ts';
import { defineJob } from './job.ts';
import { pictureFile, pictureOutput } from './picture-set.ts';

/** No template's, so that no cover that somebody asks for has its address. */
const ID = { kind: 'cover', definition: 0, number: 0 } as const;

/** A picture of a new video that is not black; its cover, unless it has one by now. */
export const firstCoverJob = defineJob<Record<string, never>, { name: string }>({
  type: 'firstCover',
  input: z.record(z.string(), z.never()),
  output: z.object({ name: z.string() }),

  async work(batch, { source, folder, run, signal, made }) {
    for (const { index } of batch) {
      const name = outputName(ID, 'jpg');
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      const size = await takeBrightPicture(source.path, await source.info(), file, { signal });
      const files = [pictureFile(name, file, 'jpg')];
      const about = { ...ID, run, container: 'jpg' as const, details: null };
      const cover = await pictureOutput({ ...about, ...size }, files, signal);
      await made({ jobs: [{ index, output: { name } }], outputs: [cover], files });
    }
  },

  async save(trx, { outputs }, { library, appId, videoId, now }) {
    const [cover] = outputs;
    if (!cover || (await library.videos.require(trx, appId, videoId)).coverKey !== null) return [];
    const coverKey = videoPrefix(appId, videoId) + cover.name;
    await library.videos.change(trx, appId, videoId, { coverKey }, now);
    return [];
  },
});
