import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { isUploadedCover, videoPrefix } from '../../common/object-keys.ts';
import { outputName } from '../../library/index.ts';
import { lastPictureMs, type MediaInfo, takeSnapshot } from '../../media/index.ts';
import { defineJob } from './job.ts';
import { pictureFile, pictureOutput } from './picture-set.ts';
import { shapeFields } from './shape.ts';

const input = z.object({
  definition: z.number(),
  ...shapeFields,
  /** ms from the beginning, or a share of the duration from 0 to 1. */
  position: z.union([z.object({ ms: z.number() }), z.object({ share: z.number() })]),
});
const output = z.object({ name: z.string() });

/** One picture of a video, which becomes its cover. */
export const coverJob = defineJob<z.infer<typeof input>, z.infer<typeof output>>({
  type: 'cover',
  input,
  output,

  async work(batch, { source, folder, run, signal, made }) {
    for (const { index, input } of batch) {
      const { definition, position, ...shape } = input;
      const name = outputName({ kind: 'cover', definition, number: 0 }, shape.format);
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      const info = await source.info();
      const size = await takeSnapshot(source.path, timeOf(position, info), file, { info, signal, shape });
      const files = [pictureFile(name, file, shape.format)];
      const about = { kind: 'cover' as const, definition, run, container: shape.format, details: null };
      const cover = await pictureOutput({ ...about, ...size }, files, signal);
      await made({ jobs: [{ index, output: { name } }], outputs: [cover], files });
    }
  },

  async save(trx, { outputs }, { library, appId, videoId, now }) {
    const name = outputs.at(-1)?.name;
    if (name === undefined) return [];
    // A cover taken from the video is an output, whose runs the library sees to; one that was uploaded is only a cover.
    const before = (await library.videos.require(trx, appId, videoId)).coverKey;
    await library.videos.change(trx, appId, videoId, { coverKey: videoPrefix(appId, videoId) + name }, now);
    return before !== null && isUploadedCover(appId, videoId, before) ? [before] : [];
  },
});

/** A share of 1 is the last picture rather than the moment when it is over. */
function timeOf(position: z.infer<typeof input>['position'], info: MediaInfo): number {
  if ('ms' in position) return position.ms;
  return Math.min(position.share * info.durationMs, lastPictureMs(info));
}
