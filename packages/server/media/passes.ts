import { packagingOf } from './packaging/index.ts';
import type { PlannedOutput, TranscodePlan } from './plan.ts';

/**
 * Splits a plan into what is only copied, which is done at once, and what has to be encoded, which takes its time: whoever
 * waits for a copy need not wait for the encodes. The HLS outputs of a master playlist stay together.
 *
 * @returns plans without empty ones, in the order in which to carry them out
 */
export function passesOf(plan: TranscodePlan): TranscodePlan[] {
  const isQuick = (output: PlannedOutput) =>
    isCopied(plan.video, output.video) &&
    isCopied(plan.audio, output.audio) &&
    !(plan.masterPlaylist && packagingOf(output.container).hasMasterPlaylist);
  const quick = plan.outputs.filter(isQuick);
  const slow = plan.outputs.filter((output) => !isQuick(output));
  const passes = [{ ...partOf(plan, quick), masterPlaylist: false }, partOf(plan, slow)];
  return passes.filter(({ outputs }) => outputs.length > 0);
}

/** The part of a plan that looks at the film before it is encoded; null when nothing takes two passes. */
export function firstPassOf(plan: TranscodePlan): TranscodePlan | null {
  const encodes = plan.video.filter((track) => track.kind === 'encode');
  const twice = encodes.filter(({ twoPass }) => twoPass);
  if (twice.length === 0) return null;
  // Key frames that are aligned depend on all of the encodes, and both passes must have the same.
  return { ...plan, video: plan.alignKeyFrames ? encodes : twice, audio: [], outputs: [] };
}

function isCopied(tracks: readonly { kind: string }[], index: number | null): boolean {
  return index === null || tracks[index]?.kind === 'copy';
}

/** The same plan for some of its outputs, with only the tracks that those use. */
function partOf(plan: TranscodePlan, outputs: readonly PlannedOutput[]): TranscodePlan {
  const video = used(outputs.map((output) => output.video));
  const audio = used(outputs.map((output) => output.audio));
  const at = (indexes: number[], index: number | null) => (index === null ? null : indexes.indexOf(index));
  return {
    ...plan,
    video: video.map((index) => plan.video[index]!),
    audio: audio.map((index) => plan.audio[index]!),
    outputs: outputs.map((output) => ({
      ...output,
      video: at(video, output.video),
      audio: at(audio, output.audio),
    })),
  };
}

/** Each index once, in order: the largest picture stays first. */
function used(indexes: readonly (number | null)[]): number[] {
  return [...new Set(indexes.filter((index) => index !== null))].sort((a, b) => a - b);
}
