import type { z } from 'zod';
import type { Executor } from '../../database/index.ts';
import type { DataKey } from '../../encryption/index.ts';
import type { Library, Output } from '../../library/index.ts';
import type { MediaInfo } from '../../media/index.ts';
import type { Failure, Job, TaskFlow } from '../../tasks/index.ts';
import type { EncodingSettings } from '../encoding-settings.ts';

/** A kind of work: a file beside this one says everything about it, and `all.ts` lists it. */
interface JobDefinition<In, Out> {
  type: string;
  /** What a job is asked with, and what it leaves behind when it succeeds: as flows keep both, in JSON. */
  input: z.ZodType<In>;
  output: z.ZodType<Out>;
  /**
   * Does the jobs of this kind of one flow together, so that they share what can be shared, and reports each as soon as it
   * is done. A MediaError that will not pass fails those that were not reported.
   */
  work(batch: readonly { index: number; input: In }[], context: WorkContext<Out>): Promise<void>;
  /**
   * Writes what else follows from it, beside the outputs, in the transaction that ends the jobs. Resolves to the keys of
   * objects that are in nobody's use any more; they are removed once it has committed.
   */
  save?(trx: Executor, made: Made<Out>, about: SaveContext): Promise<string[]>;
}

export interface WorkContext<Out> {
  flow: Pick<TaskFlow, 'appId' | 'videoId' | 'options'>;
  /** What all jobs of the flow read. */
  source: {
    /** Local file. */
    path: string;
    /** Probed once, and once more where somebody needs the key frames. @throws MediaError */
    info(options?: { keyFrames?: boolean }): Promise<MediaInfo>;
  };
  /**
   * Another object of the store as a local file, until these jobs are over; null when there is none of this key.
   * @throws what the store has against it
   */
  object(key: string): Promise<string | null>;
  /**
   * What the flow encrypts with, the same whenever it is begun; to be overwritten after use.
   * @throws KeyMissingError, for which the flow waits
   */
  dataKey(): Promise<DataKey>;
  /** Local folder for the files of these jobs alone. */
  folder: string;
  /** The run that is to have made the outputs; its folder is where the files will lie. */
  run: string;
  encoding: EncodingSettings;
  signal: AbortSignal;
  /** `fraction` is 0 to 1. */
  progress(index: number, fraction: number): void;
  /** Stores the files, then writes everything else at once: the jobs have ended. */
  made(made: Made<Out>): Promise<void>;
}

/** What came of jobs. */
export interface Made<Out> {
  jobs: readonly ({ index: number; output: Out } | { index: number; failure: Failure })[];
  /** What the video has by it. */
  outputs: readonly Output[];
  /** Their files, those first that others name. `name` is that of the output, or beside it. */
  files: readonly { name: string; path: string; contentType: string }[];
}

export interface SaveContext {
  library: Library;
  appId: string;
  videoId: string;
  now: number;
}

/** A kind of work as the runner sees it. */
export interface JobKind {
  type: string;
  work(jobs: readonly Job[], context: WorkContext<Record<string, unknown>>): Promise<void>;
  save(trx: Executor, made: Made<Record<string, unknown>>, about: SaveContext): Promise<string[]>;
}

/** Reads what flows keep of jobs through the schemas, so that a job's file may speak of its own types. */
export function defineJob<In, Out extends Record<string, unknown>>(job: JobDefinition<In, Out>) {
  return {
    type: job.type,
    inputOf: (kept: Pick<Job, 'input'>): In => job.input.parse(kept.input),
    outputOf: (kept: Pick<Job, 'output'>): Out | null => kept.output && job.output.parse(kept.output),
    /** A new job of this kind. */
    ask: (input: In) => ({ type: job.type, input: input as Record<string, unknown> }),
    work: (jobs: readonly Job[], context: WorkContext<Record<string, unknown>>) =>
      job.work(
        jobs.map((kept) => ({ index: kept.index, input: job.input.parse(kept.input) })),
        context,
      ),
    save: async (trx: Executor, made: Made<Record<string, unknown>>, about: SaveContext) =>
      job.save ? job.save(trx, made as Made<Out>, about) : [],
  } satisfies JobKind & Record<string, unknown>;
}
