import { join } from 'node:path';
import { measureBitrates } from './bitrates.ts';
import type { Packaging } from './packaging.ts';
import { collectFile } from './single-file.ts';

const contentType = 'video/x-flv';

/** Adobe's Flash Video, with its list of key frames for players that seek by it. */
export const flv = {
  name: 'flv',
  extension: 'flv',
  contentType,
  segments: null,
  codecs: { h264: '7', aac: '10', mp3: '2' },
  sampleRates: { mp3: [48_000, 44_100, 22_050, 11_025] },
  longestKeyFrameIntervalMs: null,
  carriesRotation: false,
  hasMasterPlaylist: false,
  muxer: 'f=flv:flvflags=+add_keyframe_index',
  async collect(written) {
    const collected = await collectFile(written, contentType);
    // Its header was written before the first frame, and says what bitrates were wanted.
    const path = join(written.folder, written.names.main);
    return { ...collected, info: await measureBitrates(path, collected.info, written.signal) };
  },
} as const satisfies Packaging;
