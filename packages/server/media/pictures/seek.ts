import type { MediaInfo } from '../media-info.ts';

/** What ffmpeg cannot search for key frames: it begins anywhere, and shows nothing until one has come. */
const WITHOUT_INDEX: ReadonlySet<string> = new Set(['ts', 'mpg']);

/** From one key frame to the next it is seldom more than ten seconds. */
const LEAD_SECONDS = 15;

/** Arguments that make the first picture the one at a time, s: before the input, and before the output. */
export function seekArguments(
  { container }: Pick<MediaInfo, 'container'>,
  at: number,
): { input: string[]; output: string[] } {
  const lead = WITHOUT_INDEX.has(container) ? Math.min(at, LEAD_SECONDS) : 0;
  const to = (seconds: number) => (seconds > 0 ? ['-ss', seconds.toFixed(6)] : []);
  return { input: to(at - lead), output: to(lead) };
}
