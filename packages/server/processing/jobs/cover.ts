import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { isUploadedCover, videoPrefix } from '../../common/object-keys.ts';
import { type Output, outputName } from '../../library/index.ts';
import { type MediaInfo, md5OfFile, takeSnapshot } from '../../media/index.ts';
import { defineJob } from './job.ts';

const input = z.object({
  definition: z.number(),
  /** px; null follows from the other edge, both null keep the size of the source. */
  width: z.number().nullable(),
  height: z.number().nullable(),
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
      const { definition, width, height } = input;
      const id = { kind: 'cover' as const, definition, number: 0 };
      const name = outputName(id, 'jpg');
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      const info = await source.info();
      const size = await takeSnapshot(source.path, timeOf(input.position, info), file, {
        ...{ info, signal, ...(width && { width }), ...(height && { height }) },
      });
      const { size: bytes } = await stat(file);
      const cover: Output = {
        ...{ ...id, name, run, container: 'jpg', bitrate: 0, videoBitrate: 0, ...size },
        ...{ size: bytes, totalSize: bytes, durationMs: 0, md5: await md5OfFile(file, signal) },
        ...{ info: null, details: null },
      };
      await made({
        jobs: [{ index, output: { name } }],
        outputs: [cover],
        files: [{ name, path: file, contentType: 'image/jpeg' }],
      });
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
function timeOf(position: z.infer<typeof input>['position'], { durationMs, video }: MediaInfo): number {
  if ('ms' in position) return position.ms;
  const lastMs = durationMs - 2000 / (video[0]?.fps || 25);
  return Math.max(0, Math.min(position.share * durationMs, lastMs));
}
