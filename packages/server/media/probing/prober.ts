import type { MediaInfo } from '../media-info.ts';
import type { ProbeOptions } from '../probe.ts';
import { parseProbe } from '../probe-parse.ts';
import { Ffprobes } from './ffprobes.ts';
import { HeaderThread } from './header-thread.ts';

/** Tells what media files are, most of them without starting a process. */
export interface Prober {
  /**
   * Takes and answers the same as `probe`, which does the work wherever the headers leave a doubt. Only the distance
   * between key frames is better: where the index tells, it is that of the whole film. Few ffprobes run at once, the rest wait.
   * @throws what `probe` throws; Refused `service.busy` when too many wait
   */
  probe(file: string, options?: ProbeOptions): Promise<MediaInfo>;
  /** ffprobes that run, and files that wait for one. */
  load(): { running: number; waiting: number };
  /** Makes ready, so that the first file is not told of later than others. */
  start(): void;
  /** Ends the threads, and with them the ffprobes under way. */
  close(): Promise<void>;
}

/** @param thread given by tests that watch it, as `ffprobes` */
export function createProber(
  thread: Pick<HeaderThread, 'start' | 'read' | 'close'> = new HeaderThread(),
  ffprobes = new Ffprobes(),
): Prober {
  return {
    async probe(file, options = {}) {
      options.signal?.throwIfAborted();
      const { headers } = await thread.read(file);
      options.signal?.throwIfAborted();
      if (!headers) return ffprobes.probe(file, options);
      const info = parseProbe(headers.output);
      const [main] = info.video;
      if (options.keyFrames && main?.codec === 'h264') {
        const interval = headers.keyFrameIntervals[main.index];
        if (interval === undefined) return ffprobes.probe(file, options);
        main.keyFrameIntervalMs = interval;
      }
      return info;
    },
    load: () => ffprobes.load,
    start: () => thread.start(),
    close: async () => {
      await thread.close();
      await ffprobes.close();
    },
  };
}
