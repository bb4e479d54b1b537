import { MediaError, type MediaInfo, type OutputSpec, planTranscode } from '../media/index.ts';
import type { Templates, TranscodeTemplate } from '../templates/index.ts';

/** What definition ids stand for; an id without a template is an error of ours, callers check theirs first. */
export function outputSpecs(templates: Templates, ids: readonly number[]): OutputSpec[] {
  return ids.map((id) => {
    const template = templates.transcode(id);
    if (!template) throw new Error(`there is no transcode definition ${id}`);
    return specOf(template);
  });
}

/**
 * Those definitions that `disableHigherBitrate` leaves: none whose bitrate is above the source's. A source that
 * nothing is known of, or that is unfit, leaves all: the task will say why they cannot be made.
 */
export function withoutHigherBitrate(info: MediaInfo | null, specs: readonly OutputSpec[]): OutputSpec[] {
  if (info === null) return [...specs];
  try {
    const { skipped } = planTranscode(info, [...specs], { disableHigherBitrate: true });
    const higher = new Set(
      skipped.filter(({ reason }) => reason === 'higher-bitrate').map(({ definition }) => definition),
    );
    return specs.filter(({ id }) => !higher.has(id));
  } catch (error) {
    if (error instanceof MediaError) return [...specs];
    throw error;
  }
}

function specOf(template: TranscodeTemplate): OutputSpec {
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
