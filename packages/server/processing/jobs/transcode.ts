import { z } from 'zod';
import { keyAddress } from '../../encryption/index.ts';
import { type Output, type OutputEncryption, outputName } from '../../library/index.ts';
import {
  keyFramesMatter,
  MediaError,
  type MediaInfo,
  type OutputSpec,
  planTranscode,
  readWatermark,
  type TranscodeOutput,
  transcode,
  type Watermark,
} from '../../media/index.ts';
import { presetSpec } from '../definitions.ts';
import type { JobEncryption } from '../encryptions.ts';
import { unfitFailure } from '../failure.ts';
import type { JobWatermark } from '../watermarks.ts';
import { defineJob, type Made, type WorkContext } from './job.ts';

/** What is left for storing; a finished job says 1. */
const ENCODED = 0.97;

/** What holds for all transcodes of a flow, as its options keep it. */
export interface TranscodeOptions {
  masterPlaylist: boolean;
  alignKeyFrames: boolean;
}

interface TranscodeInput {
  definition: number;
  /** What the definition stood for when the job was asked for: changing a template changes no task that waits. */
  spec: OutputSpec;
  /** Lies over its picture; null or absent for none. */
  watermark?: JobWatermark | null;
  /** Of its segments, and of those of all transcodes of the flow: they share a key. */
  encryption?: JobEncryption | null;
}

const input = z
  .object({
    definition: z.number(),
    spec: z.custom<OutputSpec>().optional(),
    watermark: z.custom<JobWatermark>().nullish(),
    encryption: z.custom<JobEncryption>().nullish(),
  })
  // Version 0.1 kept the number alone, and had presets only.
  .transform(({ definition, spec = presetSpec(definition), watermark, encryption }) => ({
    ...{ definition, spec },
    ...(watermark && { watermark }),
    ...(encryption && { encryption }),
  }));

const outputSchema = z.looseObject({
  kind: z.literal('transcode'),
  definition: z.number(),
  name: z.string(),
  totalSize: z.number(),
  md5: z.string(),
  info: z.custom<MediaInfo>().nullable(),
  encryption: z.custom<OutputEncryption>().nullish(),
});

/** Renditions of a video: copied, or encoded with one decode for all of them. */
export const transcodeJob = defineJob<TranscodeInput, z.infer<typeof outputSchema>>({
  type: 'transcode',
  input,
  output: outputSchema,

  async work(asked, context) {
    const { flow, source, folder, run, encoding, signal, progress, made } = context;
    const { encodePreset, ...fit } = encoding;
    const batch = await withWatermarks(asked, context);
    if (batch.length === 0) return;
    const specs = batch.map(({ spec }) => spec);
    const options = { ...(flow.options as Partial<TranscodeOptions>), ...fit };
    const shown = await source.info();
    const info = keyFramesMatter(shown, specs, options) ? await source.info({ keyFrames: true }) : shown;
    const plan = planTranscode(info, specs, options);
    const indexOf = (definition: number) => batch.find(({ spec }) => spec.id === definition)?.index ?? -1;

    const unfit = plan.skipped.map(({ definition, reason, message }) => ({
      index: indexOf(definition),
      failure: unfitFailure(reason, message),
    }));
    if (unfit.length > 0) await made({ jobs: unfit, outputs: [], files: [] });
    const key = await keyOf(asked, context);
    const encryption = key?.named ?? null;
    const work = transcode(source.path, plan, folder, {
      signal,
      encryption: key?.media ?? null,
      encodePreset,
      segmentBase: `${run}/`,
      onProgress: (fraction, definitions) => {
        for (const definition of definitions) progress(indexOf(definition), fraction * ENCODED);
      },
      onMade: (outputs) => made(madeOf(outputs, { run, encryption }, indexOf)),
    });
    await work.finally(() => key?.media.key.fill(0));
  },
});

type Asked = { index: number; input: TranscodeInput };
type Context = WorkContext<z.infer<typeof outputSchema>>;

/** The key of the flow, for those who encrypt and for those who tell of it; null when nothing is to be encrypted. */
async function keyOf(asked: readonly Asked[], { flow, dataKey }: Context) {
  const encryption = asked.find(({ input }) => input.encryption)?.input.encryption;
  if (!encryption) return null;
  const { edk, bytes } = await dataKey();
  const { keyUrl } = encryption;
  const keyUri = keyAddress({ keyUrl, edk, videoId: flow.videoId! });
  return { media: { key: bytes, keyUri }, named: { ...encryption, edk } satisfies OutputEncryption };
}

/** What media is to make, with the pictures of watermarks at hand. Jobs whose picture is of no use fail here. */
async function withWatermarks(jobs: readonly Asked[], context: Context) {
  const ready: { index: number; spec: OutputSpec }[] = [];
  // bounded by: the definitions of a flow
  const found = new Map<string, Promise<Watermark['picture'] | string>>();
  for (const { index, input } of jobs) {
    const { spec, watermark } = input;
    if (!watermark) {
      ready.push({ index, spec });
      continue;
    }
    const { kind, imageKey, ...place } = watermark.body;
    const picture = await (found.get(imageKey) ?? pictureOf(imageKey, context));
    found.set(imageKey, Promise.resolve(picture));
    if (typeof picture !== 'string')
      ready.push({ index, spec: { ...spec, watermark: { ...place, picture } } });
    else {
      const failure = { kind: 'watermark', message: `watermark ${watermark.definition}: ${picture}` };
      await context.made({ jobs: [{ index, failure }], outputs: [], files: [] });
    }
  }
  return ready;
}

/** The picture, or what is wrong with it: that is no fault of the source's. */
async function pictureOf(key: string, { object, signal }: Context): Promise<Watermark['picture'] | string> {
  const path = await object(key);
  if (path === null) return 'its picture has been removed';
  try {
    return (await readWatermark(path, { signal })) ?? 'its picture is neither PNG nor JPEG, or too large';
  } catch (error) {
    if (error instanceof MediaError && !error.transient) return 'its picture is damaged';
    throw error;
  }
}

function madeOf(
  made: readonly TranscodeOutput[],
  by: { run: string; encryption: OutputEncryption | null },
  indexOf: (definition: number) => number,
): Made<z.infer<typeof outputSchema>> {
  const named = by.encryption && { encryption: by.encryption };
  const outputs = made.map((output) => renditionOutput(output, by));
  const files = made.flatMap((output) => output.files);
  return {
    // The master playlist is no job's.
    jobs: outputs.flatMap((output) =>
      output.kind === 'transcode'
        ? [{ index: indexOf(output.definition), output: { ...output, kind: 'transcode' as const, ...named } }]
        : [],
    ),
    outputs,
    // Segments first: whoever sees a playlist must find what it names.
    files: files.toSorted((a, b) => Number(a.role === 'main') - Number(b.role === 'main')),
  };
}

/** A rendition as what a video has; its files lie in the folder of the run. */
export function renditionOutput(
  { definition, info, totalSize, md5, files }: TranscodeOutput,
  { run, encryption = null }: { run: string; encryption?: OutputEncryption | null },
): Output {
  const [picture] = info.video;
  const extension = files
    .find(({ role }) => role === 'main')!
    .name.split('.')
    .at(-1)!;
  const id = {
    kind: definition === null ? ('masterPlaylist' as const) : ('transcode' as const),
    definition: definition ?? 0,
    number: 0,
  };
  return {
    ...id,
    name: outputName(id, extension),
    run,
    container: info.container,
    bitrate: info.bitrate,
    videoBitrate: picture?.bitrate ?? 0,
    width: picture?.displayWidth ?? 0,
    height: picture?.displayHeight ?? 0,
    size: info.size,
    totalSize,
    durationMs: info.durationMs,
    md5,
    info,
    // Only HLS was asked for, and the playlist over it is encrypted as it is.
    details: encryption && { encryption },
  };
}
