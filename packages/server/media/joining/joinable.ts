import type { AudioStream, MediaInfo, VideoStream } from '../media-info.ts';
import { type Container, holds } from '../packaging/index.ts';
import type { StreamFacts } from './stream-facts.ts';

/** A piece of a film to be joined. */
export interface Piece {
  info: MediaInfo;
  facts: readonly StreamFacts[];
}

/**
 * Whether pieces can be put one after the other as they are: whoever plays them is told once what they are, at the beginning.
 *
 * @param containers that the whole goes into
 */
export function canBeJoined(pieces: readonly Piece[], containers: readonly Container[]): boolean {
  const [first, ...others] = pieces.map(identity);
  return (
    others.every((other) => other === first) &&
    pieces.every(({ info: { video, audio } }) =>
      [...video.slice(0, 1), ...audio.slice(0, 1)].every(
        (stream) =>
          // Where nothing is told in front, it stands in the frames, and need not be the same in all.
          containers.every((container) => holds(container, stream.codec)) && isUpright(stream),
      ),
    ) &&
    pieces.every(({ facts }) => facts.length > 0)
  );
}

/** Only the first piece says how it is turned. */
function isUpright(stream: VideoStream | AudioStream): boolean {
  return !('rotation' in stream) || stream.rotation === 0;
}

function identity({ info, facts }: Piece): string {
  const factsOf = (index: number) => facts.find((one) => one.index === index);
  const video = info.video
    .slice(0, 1)
    .map(({ index, codec, profile, width, height, pixelFormat, ...more }) => {
      const shape = [more.displayWidth, more.displayHeight, more.interlaced, more.fullRange, more.hdr];
      return [
        codec,
        profile,
        width,
        height,
        pixelFormat,
        ...shape,
        factsOf(index)?.codecData,
        factsOf(index)?.timeBase,
      ];
    });
  const audio = info.audio.slice(0, 1).map(({ index, codec, profile, sampleRate, channels }) => {
    return [codec, profile, sampleRate, channels, factsOf(index)?.codecData, factsOf(index)?.timeBase];
  });
  return JSON.stringify([video, audio]);
}
