/**
 * The media room: probe, plan, encode, package. Files in, files out; it knows no database, no HTTP, no account.
 */
export type { TranscodeDefinition } from './definitions.ts';
export { MediaError } from './errors.ts';
export type { MediaInfo } from './media-info.ts';
export { planTranscode } from './plan.ts';
export { probe } from './probe.ts';
export { createProber } from './probing/prober.ts';
export {
  /** @public For covers; no caller yet. */
  takeSnapshot,
} from './snapshot.ts';
export { type TranscodeOutput, transcode } from './transcode.ts';
