import { PSEUDO_DEFINITIONS } from '@openvod/contract/v2';
import { encryptionOf, type Output } from '../../../library/index.ts';
import { nameWithToken } from '../../key-server/token.ts';
import type { PlayerClaims } from '../player-claims.ts';
import { keyFrameDescInfoOf, spritesOf } from './extras.ts';
import { type PlayableVideo, secondsOf } from './playable.ts';
import { PlayerRefusal, REFUSED } from './refusal.ts';
import { playInfoV2 } from './view-v2.ts';

/** The adaptive streams of the original's own template stand for our master playlist, too. */
const ADAPTIVE: readonly number[] = [10, PSEUDO_DEFINITIONS.masterPlaylist];

/**
 * What version 4 tells a player of a video (docs/wire/delivery.md, Player information): what its signature asks for, else the master
 * playlist, else, as of old content, what version 2 would.
 *
 * @param asked null: it has no signature, or one that asks for nothing
 * @throws PlayerRefusal when the video has no such thing
 */
export function playInfoV4(playable: PlayableVideo, asked: PlayerClaims['contentInfo'] | null) {
  const master = playable.outputs.find(({ kind }) => kind === 'masterPlaylist');
  if (!asked) {
    if (!master) return { version: 2, ...playInfoV2(playable) };
    return encryptionOf(master) ? encrypted(playable, {}) : adaptive(playable, master, {});
  }
  switch (asked.audioVideoType) {
    case 'RawAdaptive': {
      const definition = asked.rawAdaptiveDefinition;
      if (definition === undefined) {
        throw new PlayerRefusal(REFUSED.noAdaptiveDefinition, 'contentInfo lacks rawAdaptiveDefinition');
      }
      if (!master || encryptionOf(master) || !ADAPTIVE.includes(definition)) {
        throw new PlayerRefusal(REFUSED.noAdaptive, `the video has no adaptive stream ${definition}`);
      }
      return adaptive(playable, master, asked);
    }
    case 'Transcode': {
      const definition = asked.transcodeDefinition;
      if (definition === undefined) {
        throw new PlayerRefusal(REFUSED.noTranscodeDefinition, 'contentInfo lacks transcodeDefinition');
      }
      const output = playable.outputs.find(
        (one) => one.kind === 'transcode' && one.definition === definition,
      );
      if (!output)
        throw new PlayerRefusal(REFUSED.other, `the video has no transcode of definition ${definition}`);
      return file(playable, asked, 'Transcode', { transcodeInfo: { url: addressFor(playable, output) } });
    }
    case 'Original': {
      const source = playable.outputs.find(({ kind }) => kind === 'source');
      if (!source) throw new PlayerRefusal(REFUSED.other, 'the video has no source');
      if (playable.isEncrypted) {
        throw new PlayerRefusal(REFUSED.other, 'the source of an encrypted video is not given');
      }
      return file(playable, asked, 'Original', { originalInfo: { url: playable.addressOf(source) } });
    }
    case 'ProtectedAdaptive':
      if (!asked.drmAdaptiveInfo) {
        throw new PlayerRefusal(REFUSED.noEncryption, 'contentInfo lacks drmAdaptiveInfo');
      }
      return encrypted(playable, asked);
    default:
      throw new PlayerRefusal(REFUSED.noContentType, 'contentInfo has no audioVideoType that there is');
  }
}

type ContentInfo = NonNullable<PlayerClaims['contentInfo']>;
type ResolutionNames = NonNullable<ContentInfo['resolutionNames']>;

/** What the original calls resolutions by their shorter side, px, unless the signature has names of its own. */
const RESOLUTION_NAMES: ResolutionNames = [
  { MinEdgeLength: 1440, Name: '2K' },
  { MinEdgeLength: 2160, Name: '4K' },
  { MinEdgeLength: 4320, Name: '8K' },
];

function resolutionName({ width, height }: Output, names: ResolutionNames): string {
  const side = Math.min(width, height);
  return (
    [...names, ...RESOLUTION_NAMES].find(({ MinEdgeLength }) => MinEdgeLength === side)?.Name ?? `${side}P`
  );
}

/** Of what is encrypted; the player puts the token into the address. */
function encrypted(playable: PlayableVideo, asked: ContentInfo) {
  const [best] = playable.outputs
    .filter((output) => encryptionOf(output))
    .sort(
      (a, b) =>
        Number(b.kind === 'masterPlaylist') - Number(a.kind === 'masterPlaylist') || b.bitrate - a.bitrate,
    );
  if (!best) throw new PlayerRefusal(REFUSED.noAdaptive, 'the video has no encrypted stream');
  const renditions = playable.outputs.filter(
    (output) => output.kind === 'transcode' && encryptionOf(output) !== null,
  );
  const drmOutput = [
    { type: 'SimpleAES', url: playable.addressOf(best), subStreams: subStreamsOf(renditions, asked) },
  ];
  const { token } = playable;
  const streamingInfo = { drmOutput, ...(token !== '' && { drmToken: token }) };
  return file(playable, asked, 'AdaptiveDynamicStream', { streamingInfo });
}

/** With the token where it is needed: of a file, players put nothing into the address. */
function addressFor({ addressOf, token }: PlayableVideo, output: Output): string {
  return addressOf(encryptionOf(output) ? { name: nameWithToken(output.name, token) } : output);
}

function adaptive(playable: PlayableVideo, master: Output, asked: ContentInfo) {
  const renditions = playable.outputs.filter(
    (output) => output.kind === 'transcode' && output.name.endsWith('.m3u8') && !encryptionOf(output),
  );
  const plainOutput = {
    ...{ type: 'plain', url: playable.addressOf(master) },
    subStreams: subStreamsOf(renditions, asked),
  };
  return file(playable, asked, 'AdaptiveDynamicStream', { streamingInfo: { plainOutput } });
}

function subStreamsOf(renditions: readonly Output[], { resolutionNames = [] }: ContentInfo) {
  return renditions.map((output) => {
    const { width, height } = output;
    if (width === 0) return { type: 'audio' };
    return { type: 'video', width, height, resolutionName: resolutionName(output, resolutionNames) };
  });
}

function file<T extends object>(
  playable: PlayableVideo,
  asked: ContentInfo,
  audioVideoType: string,
  what: T,
) {
  const { video, coverUrl } = playable;
  const { name, description, size, durationMs } = video;
  const basicInfo = { name, description, coverUrl, duration: secondsOf(durationMs), size };
  return {
    version: 4,
    media: {
      ...{ basicInfo, audioVideoType, ...what },
      ...imageSpriteInfoOf(playable, asked.imageSpriteDefinition),
      ...keyFrameDescInfoOf(playable),
    },
  };
}

/** The sprite that is asked for, else the first; nothing where there is none. */
function imageSpriteInfoOf(playable: PlayableVideo, asked: number | undefined) {
  const sprite = spritesOf(playable).find(({ definition }) => definition === (asked ?? definition));
  return sprite && { imageSpriteInfo: sprite.shown };
}
