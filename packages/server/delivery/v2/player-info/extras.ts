import { spriteIndexName, spriteSheetNames } from '../../../library/index.ts';
import type { PlayableVideo } from './playable.ts';

/** The sprites of a video, as players lay them over their progress bar; an element for each definition. */
export function spritesOf({ outputs, pictureAddressOf }: PlayableVideo) {
  return outputs
    .filter(({ kind }) => kind === 'sprite')
    .map((output) => ({
      definition: output.definition,
      shown: {
        webVttUrl: pictureAddressOf(spriteIndexName(output.definition)),
        imageUrls: spriteSheetNames(output).map(pictureAddressOf),
      },
    }));
}

/** `keyFrameDescInfo`: players decode `content`, so it is percent-encoded. Nothing where there are no marks. */
export function keyFrameDescInfoOf({ marks }: PlayableVideo) {
  if (marks.length === 0) return {};
  const keyFrameDescList = marks.map(({ atMs, content }) => ({
    timeOffset: atMs,
    content: encodeURIComponent(content),
  }));
  return { keyFrameDescInfo: { keyFrameDescList } };
}
