/**
 * The media room: probe, plan, encode, package. Files in, files out; it knows no database, no HTTP, no account.
 */
export type { AudioDefinition, TranscodeDefinition, VideoDefinition } from './definitions.ts';
export { MediaError } from './errors.ts';
export type { AudioStream, MediaInfo, VideoStream } from './media-info.ts';
export {
  type AudioTrack,
  type PlannedOutput,
  type PlanOptions,
  planTranscode,
  type SkippedDefinition,
  type TranscodePlan,
  type VideoTrack,
} from './plan.ts';
export { masterPlaylist, type Variant } from './playlist.ts';
export { type ProbeOptions, probe } from './probe.ts';
export { type SnapshotOptions, takeSnapshot } from './snapshot.ts';
export {
  MASTER_PLAYLIST_DEFINITION,
  type TranscodeOptions,
  type TranscodeOutput,
  type TranscodeOutputFile,
  transcode,
} from './transcode.ts';
