import type { Output } from '../../../library/index.ts';
import { playerInfoOf } from './classes.ts';
import { keyFrameDescInfoOf, spritesOf } from './extras.ts';
import { type PlayableVideo, secondsOf } from './playable.ts';

/**
 * What version 2 tells a player of a video (docs/wire/delivery.md, Player information). Players must find a source; its address is
 * left out once something is encrypted.
 */
export function playInfoV2(playable: PlayableVideo) {
  const { video, outputs, isEncrypted, addressOf, coverUrl } = playable;
  const imageSpriteList = spritesOf(playable).map(({ shown }) => shown);
  const source = outputs.find(({ kind }) => kind === 'source');
  const renditions = outputs.filter(({ kind }) => kind === 'transcode');
  const master = outputs.find(({ kind }) => kind === 'masterPlaylist');
  const shown = (output: Output) => ({
    url: addressOf(output),
    definition: output.kind === 'source' ? 0 : output.definition,
    duration: Math.round(secondsOf(output.durationMs)),
    floatDuration: secondsOf(output.durationMs),
    size: output.totalSize,
    width: output.width,
    height: output.height,
    bitrate: output.bitrate,
  });
  return {
    ...(coverUrl !== '' && { coverInfo: { coverUrl } }),
    ...playerInfoOf(renditions),
    videoInfo: {
      basicInfo: { name: video.name, description: video.description },
      ...(source && { sourceVideo: isEncrypted ? { ...shown(source), url: '' } : shown(source) }),
      transcodeList: renditions.map(shown),
      ...(master && { masterPlayList: { url: addressOf(master) } }),
    },
    ...(imageSpriteList.length > 0 && { imageSpriteInfo: { imageSpriteList } }),
    ...keyFrameDescInfoOf(playable),
  };
}
