import { resolve } from 'node:path';

/**
 * The demuxers a source may be opened with. None of them follows a reference to another file or address: playlists and
 * scripts (hls, dash, concat, sdp, image patterns …) are not here, so a source that is really a playlist cannot make
 * ffmpeg read the server's files, whatever its name or its content claims. Nor are bare video streams, which have no
 * timestamps.
 */
export const demuxers = [
  'mov,matroska,avi,flv,live_flv,asf,rm,mpeg,mpegts,ogg,nut,mxf,gxf,dv,wtv,ivf,yuv4mpegpipe',
  'mp3,aac,ac3,eac3,dts,flac,wav,w64,aiff,amr,ape,caf,au,tta,wv',
];

/** Largest picture that is decoded: DCI 8K (8192 × 4320 px). Larger ones are a way to eat memory. */
export const MAX_PIXELS = 8192 * 4320;

/**
 * Arguments that open an untrusted source, for ffmpeg and ffprobe alike.
 *
 * The `file:` prefix and the absolute path keep a name from being read as an option or another protocol.
 */
export function inputArguments(file: string): string[] {
  return [
    ...['-protocol_whitelist', 'file'],
    ...['-format_whitelist', demuxers.join(',')],
    ...['-max_pixels', String(MAX_PIXELS)],
    ...['-i', `file:${resolve(file)}`],
  ];
}
