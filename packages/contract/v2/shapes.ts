import { z } from 'zod';
import { list, optional, text } from './wire.ts';

/** Shapes that several answers and events share. Units differ by place, so each use says its own. */

const integer = () => z.number().int();

const BITRATE = { api: 'bit/s.', event: 'kbit/s.' } as const;

/** `bit/s` in answers (GetVideoInfo), `kbit/s` in task-flow events, as their pages have it. */
export type BitrateUnit = keyof typeof BITRATE;

function videoStream(unit: BitrateUnit) {
  return z.object({
    bitrate: integer().describe(BITRATE[unit]),
    height: integer().describe('px.'),
    width: integer().describe('px.'),
    codec: z.string().describe('e.g. h264.'),
    fps: integer().describe('Frames per second.'),
  });
}

function audioStream(unit: BitrateUnit) {
  return z.object({
    bitrate: integer().describe(BITRATE[unit]),
    samplingRate: integer().describe('Hz.'),
    codec: z.string().describe('e.g. aac.'),
  });
}

/** What is known about a media file: `metaData` of GetVideoInfo and of ProcedureStateChanged. */
export function mediaInfo(unit: BitrateUnit) {
  return z.object({
    size: integer().describe('Bytes.'),
    container: z.string().describe('e.g. mp4, mov; "hls,applehttp" for HLS.'),
    bitrate: integer().describe(`Video and audio streams together, ${BITRATE[unit]}`),
    height: integer().describe('Of the largest video stream, px.'),
    width: integer().describe('Of the largest video stream, px.'),
    md5: z.string().describe('Of the file; empty while unknown.'),
    duration: integer().describe('Seconds.'),
    videoStreamList: z.array(videoStream(unit)),
    audioStreamList: z.array(audioStream(unit)),
  });
}

/** A playable rendition in the short form of DescribeVodPlayUrls, DescribeVodPlayInfo and TranscodeComplete. */
export function playSetEntry() {
  return z.object({
    url: z.string().describe('Play address.'),
    definition: integer().describe('Transcode definition; 0 is the source.'),
    vbitrate: integer().describe('Bitrate of the video, bit/s.'),
    vheight: integer().describe('px.'),
    vwidth: integer().describe('px.'),
  });
}

/** What `statType` can be, in calls that know all of them. */
export const STAT_TYPES =
  'flux (bytes), bandwidth (bit/s), requests, hitrate (1/10000) or ip_visits (different addresses).';

/** Domains that statistics are asked of. */
export function statHosts() {
  return optional(list(text({ max: 255 }))).describe(
    'Domains, at most 20; none means all of the application.',
  );
}

/** Figures over time. */
export function statPoints() {
  return z.array(
    z.object({
      timeStamp: integer().describe('Beginning, Unix time in seconds.'),
      value: integer(),
    }),
  );
}

/** Plays and traffic of a video. */
export function fileStatInfo() {
  return z.object({
    fileId: z.string(),
    name: z.string().describe('Empty when the video is gone.'),
    size: integer().describe('Bytes of the source; 0 when the video is gone.'),
    duration: integer().describe('Seconds; 0 when the video is gone.'),
    createTime: z.string().describe('YYYY-MM-DD hh:mm:ss, UTC+8; empty when the video is gone.'),
    playTimes: integer().describe('Plays.'),
    flux: integer().describe('Traffic, bytes.'),
  });
}

/** A video with what of it can be played, as lists show it. */
export function playInfo() {
  return z.object({
    fileId: z.string(),
    fileName: z.string().describe('Full name.'),
    duration: z.number().int().describe('Seconds.'),
    status: z.string().describe('Decimal text; values as the status parameter of DescribeVodInfo.'),
    imageUrl: z.string().describe('Cover address; empty when there is none.'),
    image_url: z.string().optional().describe('The same, in the spelling of the oldest documents.'),
    playSet: z.array(playSetEntry()).describe('Renditions.'),
  });
}
