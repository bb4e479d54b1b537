import { MediaError } from '../errors.ts';
import { inputArguments } from '../input.ts';
import { run } from '../process.ts';

/** What two streams must agree in, beside what `MediaInfo` says, to be one stream: as text that is the same or is not. */
export interface StreamFacts {
  index: number;
  /** of what a decoder is told once, before the first frame */
  codecData: string;
  /** the unit of its times, such as 1/90000 */
  timeBase: string;
}

interface Shown {
  streams?: { index: number; extradata_hash?: string; time_base?: string }[];
}

/** @throws MediaError of the stage probe */
export async function streamFacts(file: string, signal?: AbortSignal): Promise<StreamFacts[]> {
  const { stdout, log } = await run(
    'ffprobe',
    ['-v', 'error', '-show_data_hash', 'sha256', '-show_entries', 'stream=index,time_base,extradata_hash']
      .concat(['-print_format', 'json'])
      .concat(inputArguments(file)),
    { stage: 'probe', timeoutMs: 60_000, signal },
  );
  try {
    const { streams = [] } = JSON.parse(stdout) as Shown;
    return streams.map(({ index, extradata_hash = '', time_base = '' }) => ({
      ...{ index, codecData: extradata_hash, timeBase: time_base },
    }));
  } catch {
    throw new MediaError({ stage: 'probe', reason: 'decode-failed' }, undefined, { log });
  }
}
