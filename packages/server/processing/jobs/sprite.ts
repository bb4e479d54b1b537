import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { outputName, type SpriteDetails, spriteIndexName } from '../../library/index.ts';
import { makeSprite, type SpriteSpec } from '../../media/index.ts';
import { defineJob } from './job.ts';
import { pictureFile, pictureOutput, TAKEN } from './picture-set.ts';

const input = z.object({ definition: z.number(), spec: z.custom<SpriteSpec>() });
const output = z.object({ count: z.number(), sheets: z.array(z.string()), index: z.string() });

/** Sheets of small pictures of a video, with a WebVTT file that says which is whose time. */
export const spriteJob = defineJob<z.infer<typeof input>, z.infer<typeof output>>({
  type: 'sprite',
  input,
  output,

  async work(batch, { source, folder, run, signal, progress, made }) {
    for (const { index, input } of batch) {
      const { definition, spec } = input;
      const nameOf = (number: number) => outputName({ kind: 'sprite', definition, number }, spec.format);
      const within = path.join(folder, String(index));
      await mkdir(path.dirname(path.join(within, nameOf(0))), { recursive: true });
      const sprite = await makeSprite(
        source.path,
        await source.info(),
        spec,
        path.dirname(path.join(within, nameOf(0))),
        // As seen from the index, which lies beside the sheets.
        (sheet) => path.basename(nameOf(sheet)),
        { signal, onProgress: (fraction) => progress(index, fraction * TAKEN) },
      );
      const sheets = sprite.sheets.map((file, number) => ({ name: nameOf(number), file }));
      const indexName = spriteIndexName(definition);
      const indexFile = path.join(within, indexName);
      await writeFile(indexFile, sprite.index);
      const files = [
        ...sheets.map(({ name, file }) => pictureFile(name, file, spec.format)),
        pictureFile(indexName, indexFile, 'vtt'),
      ];
      const tile = { width: spec.width, height: spec.height };
      const details: SpriteDetails = { sheets: sheets.length, count: sprite.count, tile };
      const size = { width: spec.width * spec.columns, height: spec.height * spec.rows };
      const about = { kind: 'sprite' as const, definition, run, container: spec.format, details };
      const set = await pictureOutput({ ...about, ...size }, files, signal);
      const names = sheets.map(({ name }) => name);
      const result = { count: sprite.count, sheets: names, index: indexName };
      await made({ jobs: [{ index, output: result }], outputs: [set], files });
    }
  },
});
