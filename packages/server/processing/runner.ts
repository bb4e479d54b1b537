import { PSEUDO_DEFINITIONS } from '@openvod/contract';
import type { Clock } from '../common/clock.ts';
import type { Logger } from '../common/log.ts';
import { videoPrefix } from '../common/object-keys.ts';
import type { Database } from '../database/index.ts';
import type { Library, Rendition, Video } from '../library/index.ts';
import {
  keyFramesMatter,
  MediaError,
  planTranscode,
  probe,
  type TranscodeOutput,
  transcode,
} from '../media/index.ts';
import type { ObjectStore } from '../storage/index.ts';
import {
  type FlowControl,
  type FlowRunner,
  type Outcome,
  SYSTEM_FAILURE,
  type TaskFlow,
} from '../tasks/index.ts';
import type { Templates } from '../templates/index.ts';
import { outputSpecs } from './definitions.ts';
import type { EncodingSettings } from './encoding-settings.ts';
import { folderOf, removeUnused, runFolder } from './run-folder.ts';
import type { TranscodeOptions } from './start.ts';
import { processingErrorCode } from './wire/error-codes.ts';
import { workFolders } from './work-folders.ts';

/** What is left for checking and storing; a finished sub-task says 1. */
const ENCODED = 0.97;

/** What media made of a flow: its outputs, and why some definitions have none. */
interface Made {
  outputs: TranscodeOutput[];
  failures: { definition: number; code: number; message: string }[];
}

/** Carries out flows: source from the store, media work in a local folder, results into the store and the library. */
export function createRunner(deps: {
  database: Database;
  library: Library;
  store: ObjectStore;
  templates: Templates;
  workDir: string;
  encoding: EncodingSettings;
  clock: Clock;
  log: Logger;
}): FlowRunner {
  const { database, library, store, templates, clock, log } = deps;
  const { copyWhenFits, upscale, encodePreset } = deps.encoding;
  const { db } = database;
  const folders = workFolders(deps.workDir);

  async function run(flow: TaskFlow, control: FlowControl): Promise<void> {
    if (flow.run > 1) await removeUnused(deps, db, flow, [runFolder(flow, flow.run - 1)]);
    const video = await library.videos.get(db, flow.appId, flow.videoId);
    if (!video) return control.complete(allFailed(flow, SYSTEM_FAILURE, 'the video does not exist'));
    await control.started(flow.subTasks.map(({ index }) => index));
    await using folder = await folders.open();
    let made: Made;
    try {
      made = await make(flow, video, folder.path, control);
    } catch (error) {
      // Another try would meet the same file.
      if (!(error instanceof MediaError) || error.transient) throw error;
      const code = processingErrorCode(error.fault);
      log.info({ flow: flow.id, code, reason: error.message }, 'a source cannot be transcoded');
      return control.complete(allFailed(flow, code, error.message), undefined, error.log);
    }
    await publish(flow, made, control);
  }

  async function make(flow: TaskFlow, video: Video, folder: string, control: FlowControl): Promise<Made> {
    if (flow.subTasks.length === 0) return { outputs: [], failures: [] };
    const { signal } = control;
    await using source = await store.localFile(video.sourceKey, { signal });
    const specs = outputSpecs(templates, flow.subTasks.map(definitionOf));
    const options = { ...(flow.options as Partial<TranscodeOptions>), copyWhenFits, upscale };
    let info = await probe(source.path, { signal });
    if (keyFramesMatter(info, specs, options)) info = await probe(source.path, { signal, keyFrames: true });
    const plan = planTranscode(info, specs, options);
    const indexes = flow.subTasks.map(({ index }) => index);
    const outputs = await transcode(source.path, plan, folder, {
      signal,
      encodePreset,
      onProgress: (fraction) => {
        for (const index of indexes) control.progress(index, fraction * ENCODED);
      },
    });
    const failures = plan.skipped.map(({ definition, reason, message }) => {
      const code =
        reason === 'higher-bitrate' ? SYSTEM_FAILURE : processingErrorCode({ stage: 'source', reason });
      return { definition, code, message };
    });
    return { outputs, failures };
  }

  /** Stores the files, then everything else in one transaction; without that, nothing of it stays. */
  async function publish(flow: TaskFlow, made: Made, control: FlowControl): Promise<void> {
    const folder = runFolder(flow, flow.run);
    const before = await library.outputs.of(db, flow.appId, flow.videoId);
    try {
      const renditions: Rendition[] = [];
      for (const output of made.outputs) renditions.push(await putOutput(folder, output, control.signal));
      await control.complete(outcomesOf(flow, renditions, made.failures), (trx) =>
        library.outputs.save(trx, flow.appId, flow.videoId, renditions, clock()),
      );
    } catch (error) {
      await tidy(flow, [folder]);
      throw error;
    }
    const own = videoPrefix(flow.appId, flow.videoId);
    const earlier = before.map(({ key }) => folderOf(key)).filter((other) => other !== own);
    await tidy(flow, new Set(earlier));
  }

  async function putOutput(folder: string, output: TranscodeOutput, signal: AbortSignal): Promise<Rendition> {
    // Segments first: whoever sees a playlist must find what it names.
    const files = output.files.toSorted((a, b) => Number(a.role === 'main') - Number(b.role === 'main'));
    for (const { name, path, contentType } of files) {
      await store.putFile(folder + name, path, { contentType, signal });
    }
    return renditionOf(output, folder + files.at(-1)!.name);
  }

  async function tidy(flow: TaskFlow, unused: Iterable<string>): Promise<void> {
    try {
      await removeUnused(deps, db, flow, unused);
    } catch (error) {
      // They go with the video at the latest.
      log.warn({ err: error, flow: flow.id }, 'files that are not needed any more could not be removed');
    }
  }

  return { run, discard: (flow) => tidy(flow, [runFolder(flow, flow.run - 1), runFolder(flow, flow.run)]) };
}

/** What a sub-task's `output` holds: the rendition that came of it. */
function outcomesOf(flow: TaskFlow, renditions: Rendition[], failures: Made['failures']): Outcome[] {
  return flow.subTasks.map((subTask) => {
    const { index } = subTask;
    const definition = definitionOf(subTask);
    const rendition = renditions.find((one) => one.definition === definition);
    if (rendition) return { index, output: { ...rendition } };
    const failure = failures.find((one) => one.definition === definition);
    return { index, errorCode: failure?.code ?? SYSTEM_FAILURE, message: failure?.message ?? 'not made' };
  });
}

function allFailed(flow: TaskFlow, errorCode: number, message: string): Outcome[] {
  return flow.subTasks.map(({ index }) => ({ index, errorCode, message }));
}

function definitionOf(subTask: { input: Record<string, unknown> }): number {
  return Number(subTask.input.definition);
}

function renditionOf(output: TranscodeOutput, key: string): Rendition {
  const { info, totalSize, md5 } = output;
  const [picture] = info.video;
  const container = wireContainer(info.container);
  return {
    definition: output.definition ?? PSEUDO_DEFINITIONS.masterPlaylist,
    key,
    container,
    bitrate: info.bitrate,
    videoBitrate: picture?.bitrate ?? 0,
    width: picture?.displayWidth ?? 0,
    height: picture?.displayHeight ?? 0,
    size: info.size,
    totalSize,
    durationMs: info.durationMs,
    md5,
    info: { ...info, container },
  };
}

/** The documents call HLS by the name of ffmpeg's demuxer. */
function wireContainer(container: string): string {
  return container === 'hls' ? 'hls,applehttp' : container;
}
