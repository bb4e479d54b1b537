import { MediaError } from '../errors.ts';
import type { MediaInfo } from '../media-info.ts';
import { probe } from '../probe.ts';
import { turned } from '../rotation.ts';
import type { WrittenOutput } from './packaging.ts';

const fault = { stage: 'check-output', reason: 'damaged' } as const;

/**
 * Probes a file that was made and makes sure that it has the streams that were planned.
 *
 * @throws MediaError of the stage check-output
 */
export async function inspect(
  path: string,
  planned: Pick<WrittenOutput, 'hasVideo' | 'hasAudio' | 'rotation' | 'signal'>,
): Promise<MediaInfo> {
  const info = await probe(path, { signal: planned.signal }).catch((error) => {
    if (!(error instanceof MediaError)) throw error;
    const { transient, outage, log } = error;
    throw new MediaError(fault, 'the file that was made of it cannot be read', { transient, outage, log });
  });
  if (planned.hasVideo && info.video.length === 0) {
    throw new MediaError(fault, 'the file that was made of it lacks the video');
  }
  if (planned.hasAudio && info.audio.length === 0) {
    throw new MediaError(fault, 'the file that was made of it lacks the sound');
  }
  return turned(info, planned.rotation);
}
