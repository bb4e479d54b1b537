import { MediaError, type MediaInfo, planTranscode, type TranscodeDefinition } from '../media/index.ts';
import type { Templates, TranscodeTemplate } from '../templates/index.ts';

/** The media work behind definition ids; an id without a template is an error of ours, callers check theirs first. */
export function mediaDefinitions(templates: Templates, ids: readonly number[]): TranscodeDefinition[] {
  return ids.map((id) => {
    const template = templates.transcode(id);
    if (!template) throw new Error(`there is no transcode definition ${id}`);
    return mediaDefinition(template);
  });
}

/**
 * Those definitions that `disableHigherBitrate` leaves: none whose bitrate is above the source's. A source that
 * nothing is known of, or that is unfit, leaves all: the task will say why they cannot be made.
 */
export function withoutHigherBitrate(
  info: MediaInfo | null,
  definitions: readonly TranscodeDefinition[],
): TranscodeDefinition[] {
  if (info === null) return [...definitions];
  try {
    const { skipped } = planTranscode(info, [...definitions], { disableHigherBitrate: true });
    const higher = new Set(
      skipped.filter(({ reason }) => reason === 'higher-bitrate').map(({ definition }) => definition),
    );
    return definitions.filter(({ id }) => !higher.has(id));
  } catch (error) {
    if (error instanceof MediaError) return [...definitions];
    throw error;
  }
}

function mediaDefinition(template: TranscodeTemplate): TranscodeDefinition {
  if (template.kind === 'remux') {
    return { id: template.id, container: template.container, copy: true, video: null, audio: null };
  }
  const { video, audio } = template;
  return {
    id: template.id,
    container: template.container,
    video: {
      codec: video.codec,
      width: video.width ?? 'source',
      height: video.width === null ? 'source' : video.height,
      // All presets are self-adapting: width is that of the longer edge, whatever the orientation.
      selfAdapting: true,
      fps: video.fps,
      bitrate: video.bitrate,
      profile: video.profile,
      gopFrames: video.gop,
    },
    audio: { ...audio },
  };
}
