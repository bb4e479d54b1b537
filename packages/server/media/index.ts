/**
 * The media room: probe, plan, encode, package. Files in, files out; it knows no database, no HTTP, no account.
 */
export { clip, type MediaSource } from './cutting/clip.ts';
export { rangeWithin } from './cutting/range.ts';
export type { EncodePreset } from './encode-preset.ts';
export { MediaError, type MediaFault, type UnfitReason, type WorkReason, type WorkStage } from './errors.ts';
export type { CopyWhenFits } from './fits.ts';
export { impossibilityOf } from './impossible.ts';
export { joinedPlaylist, type PlacedSegment, segmentsOf, segmentsWithin } from './joining/hls-pieces.ts';
export { join as joinMedia } from './joining/join.ts';
export { keyFramesMatter } from './key-frames-matter.ts';
export { md5OfFile } from './md5.ts';
export type { MediaInfo } from './media-info.ts';
export type { AudioSpec, OutputSpec, VideoSpec } from './output-spec.ts';
export { CONTAINERS, canBeEncrypted, type HlsEncryption } from './packaging/index.ts';
export { type AnimatedSpec, animate } from './pictures/animated.ts';
export { takeBrightPicture } from './pictures/bright.ts';
export { positionsEvery } from './pictures/choose.ts';
export { type Fill, lastPictureMs, type PictureShape, pictureSizeOf } from './pictures/shape.ts';
export { makeSprite, type SpriteSpec } from './pictures/sprite.ts';
export { takeSamples, takeStills } from './pictures/stills.ts';
export { planTranscode } from './plan.ts';
export { probe } from './probe.ts';
export { createProber, type Prober } from './probing/prober.ts';
export { remuxToMp4 } from './remux.ts';
export { takeSnapshot } from './snapshot.ts';
export { type TranscodeOutput, transcode } from './transcode.ts';
export type { Watermark, WatermarkPicture } from './watermark.ts';
export { readWatermark } from './watermark-picture.ts';
