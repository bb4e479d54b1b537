import type { MediaInfo } from '../media-info.ts';
import { type ProbeOptions, probe } from '../probe.ts';
import { parseProbe } from '../probe-parse.ts';
import { HeaderThread } from './header-thread.ts';

/** Tells what media files are, most of them without starting a process. */
export interface Prober {
  /**
   * Takes and answers the same as `probe`, which does the work wherever the headers leave a doubt. Only the distance
   * between key frames is better: where the index tells, it is that of the whole film.
   */
  probe(file: string, options?: ProbeOptions): Promise<MediaInfo>;
  /** Makes ready, so that the first file is not told of later than others. */
  start(): void;
  /** Ends the thread. Probes under way are finished by ffprobe. */
  close(): Promise<void>;
}

/** @param thread given by tests that watch it */
export function createProber(
  thread: Pick<HeaderThread, 'start' | 'read' | 'close'> = new HeaderThread(),
): Prober {
  return {
    async probe(file, options = {}) {
      options.signal?.throwIfAborted();
      const { headers } = await thread.read(file);
      options.signal?.throwIfAborted();
      if (!headers) return probe(file, options);
      const info = parseProbe(headers.output);
      const [main] = info.video;
      if (options.keyFrames && main?.codec === 'h264') {
        const interval = headers.keyFrameIntervals[main.index];
        if (interval === undefined) return probe(file, options);
        main.keyFrameIntervalMs = interval;
      }
      return info;
    },
    start: () => thread.start(),
    close: () => thread.close(),
  };
}
