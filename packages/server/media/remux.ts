import { MediaError } from './errors.ts';
import { inputArguments } from './input.ts';
import { stallTimeoutMs, transcodeTimeoutMs } from './limits.ts';
import { holds, packagingOf } from './packaging/index.ts';
import { probe } from './probe.ts';
import { run } from './process.ts';
import { progressReader } from './progress.ts';

/**
 * Puts a picture and its sound into one MP4, as they are: from one file, or the sound from another.
 *
 * @param picture local file; of several streams of a kind the main one is taken
 * @param sound local file whose sound is taken instead; null for that of `picture`
 * @param output path of the MP4; overwritten
 * @throws MediaError when an input is no media, has a codec that an MP4 does not hold, or is damaged; the signal's reason
 */
export async function remuxToMp4(
  picture: string,
  sound: string | null,
  output: string,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const first = await probe(picture, { signal });
  const second = sound === null ? first : await probe(sound, { signal });
  const [video] = first.video;
  const [audio] = second.audio;
  if (!video && !audio) throw new MediaError({ stage: 'source', reason: 'no-streams' });
  const { codecs } = packagingOf('mp4');
  const copied = (kind: 'v' | 'a', input: number, stream: { codec: string; index: number } | undefined) => {
    if (!stream) return [];
    if (!holds('mp4', stream.codec)) {
      throw new MediaError({ stage: 'source', reason: 'codec-not-in-container' });
    }
    const tag = codecs[stream.codec];
    return ['-map', `${input}:${stream.index}`, ...(tag ? [`-tag:${kind}`, tag] : [])];
  };
  const durationMs = Math.max(first.durationMs, second.durationMs);
  await run(
    'ffmpeg',
    [
      ...['-nostdin', '-y', '-v', 'error', '-progress', 'pipe:1'],
      ...inputArguments(picture),
      ...(sound === null ? [] : inputArguments(sound)),
      ...copied('v', 0, video),
      ...copied('a', sound === null ? 0 : 1, audio),
      ...['-c', 'copy', '-map_metadata', '-1', '-map_chapters', '-1', '-max_muxing_queue_size', '4096'],
      ...['-movflags', '+faststart', '-f', 'mp4', `file:${output}`],
    ],
    {
      ...{ stage: 'transcode', signal, timeoutMs: transcodeTimeoutMs(durationMs, 'veryfast') },
      ...{ stallMs: stallTimeoutMs(durationMs), onStdout: progressReader(durationMs) },
    },
  );
}
