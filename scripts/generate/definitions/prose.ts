/** What docs/definitions.md says beside its tables. */

export const INTRODUCTION = `# Definitions

A _definition_ is a number that says what is to be made of a video: container, size, bitrate and so on. Everybody has the presets of this page; an
application adds [its own](#your-own). Each kind has numbers of its own: transcode 10 and snapshot 10 have nothing to do with each other.`;

export const NO_TEMPLATE = `Three numbers stand for no template: **0** is the source itself in lists of outputs, **1** means the application's default
definitions (\`transcode.defaults\`) in the built-in procedure, and **10000** is the HLS master playlist over all HLS outputs of a task
(\`transcode.hlsMasterPlaylist=1\`).`;

export const RULES = `### How to read the table

- **Size.** The longer edge gets the figure, the shorter one follows from the shape of the picture after rotation, both even. A source that is smaller stays as
  it is, unless \`OPENVOD_UPSCALE=true\`.
- **Bitrate** is an average of the picture alone; peaks stay below one and a half times of it over two seconds. Sound comes on top.
- **Key frames** are at fixed times and only there, so the renditions of a ladder can be switched at each of them. HLS segments are cut at the first key frame
  after 10 s.
- **Copying.** A stream that satisfies all of a definition already is copied instead of encoded (\`OPENVOD_COPY_WHEN_FITS\`).
- MP4 is written with its index in front: playback begins before the file has arrived.`;

export const CHOOSING: readonly (readonly [purpose: string, choice: string])[] = [
  [
    'Playback in browsers and apps, whatever the connection',
    '210, 220, 230, 240 with `transcode.hlsMasterPlaylist=1`: players switch between them',
  ],
  ['One address for everything, or a download', '30 (720p); 20 where data is dear; 40 for large screens'],
  [
    'A source that is H.264 and AAC already, playable at once',
    '9 (MP4) or 6 (HLS): copied, so nothing is lost and nothing is waited for',
  ],
  ['HLS at the highest quality of the presets', '231 (720p), 241 (1080p)'],
  ['HLS in the size of the source, whatever that is', '211'],
  ['Old players that know nothing but FLV', '10046 to 10049'],
  [
    'Not to waste bits on small sources',
    'any, with `transcode.disableHigherBitrate=1`: definitions above the source are skipped',
  ],
  [
    'Small files for apps that play H.265',
    'your own: `libx265`, at most 640 × 480; MP4 for Apple’s players, which take no H.265 in transport streams',
  ],
  [
    'Podcasts, lectures as sound only',
    'your own: `isFiltrateVideo=1`, `libfdk_aac` or `libmp3lame`, 64 kbit/s mono for speech',
  ],
  [
    'Sport, games',
    'your own: `video.fps=-60` keeps up to 60 frames a second, with twice the bitrate of the preset of that size',
  ],
  [
    'Old tapes',
    'your own: `video.deinterlaced=1` where the file does not say that it is interlaced, `denoise.enable=1`',
  ],
  [
    'The best picture for a fixed size of file',
    'your own: `video.videoRateControl=1`, two passes over the film, which take longer',
  ],
  ['Quick starts and exact seeking', 'your own: `video.maxGop=2`'],
];

export const OWN = `## Your own

[CreateTranscodeTemplate](api/template.md#createtranscodetemplate) makes a definition, up to 16 an application; its number, from 1,000,001 on, goes wherever a
preset's does. A task makes what the definition said when it was asked for, whatever happens to the definition while it waits.

| what                | parameter                                       | values                                                              | not given                                      |
| ------------------- | ----------------------------------------------- | ------------------------------------------------------------------- | ---------------------------------------------- |
| container           | \`container\`                                     | \`mp4\`, \`flv\`, \`hls\`                                                 | required                                       |
| picture             | \`isFiltrateVideo\`                               | 1: none, and \`video.*\` has no effect                                | with picture                                   |
| sound               | \`isFiltrateAudio\`                               | 1: none, and \`audio.*\` has no effect                                | with sound                                     |
| codec               | \`video.codec\`                                   | \`libx264\` (H.264), \`libx265\` (H.265, at most 640 × 480)             | required                                       |
| size                | \`video.width\`, \`.height\`                        | 128 to 1920 px; 0: follows from the other one                       | as the source                                  |
| size rule           | \`video.resolutionSelfAdapting\`                  | \`open\`: bounds of longer and shorter edge; \`close\`: literal        | \`open\`                                         |
| frame rate          | \`video.fps\`                                     | 1 to 120, decimals allowed (29.97 is 30000/1001)                    | required                                       |
| bitrate             | \`video.bitrate\`                                 | 128 to 10000 kbit/s                                                 | that of the source, at most 10000              |
| profile             | \`video.videoProfile\`                            | \`baseline\`, \`main\`, \`high\`; H.265 is \`main\`                         | \`high\`                                         |
| depth               | \`video.colorSpace\`                              | \`yuv420p\`; \`yuv420p10le\` with H.265                                 | \`yuv420p\`                                      |
| longest GOP         | \`video.maxGop\`                                  | 1 to 10 s                                                           | 250 frames                                     |
| shortest GOP        | \`video.minGop\`                                  | 1 to 10 s; up to half of the longest, key frames come at new scenes | key frames at fixed times                      |
| two passes          | \`video.videoRateControl\`                        | 1: two                                                              | one                                            |
| interlaced pictures | \`video.deinterlaced\`                            | 1: all are deinterlaced; 0: none                                    | where the source says that it is interlaced    |
| noise               | \`denoise.enable\`                                | 1: removed                                                          | left                                           |
| sound codec         | \`audio.codec\`                                   | \`libfdk_aac\` (AAC), \`libmp3lame\` (MP3)                              | required                                       |
| sound bitrate       | \`audio.bitrate\`                                 | 26 to 256 kbit/s, MP3 from 32 on                                    | required                                       |
| sampling rate       | \`audio.sampleRate\`                              | 44100, 48000 Hz                                                     | required                                       |
| channels            | \`audio.soundSystem\`                             | 1: mono, 2: stereo                                                  | stereo                                         |
| surround            | \`audio.audioResampler\`, \`.audioDownmixMode\`     | \`soxr\`; 1: the centre 3 dB louder                                   | ffmpeg's resampler, the centre as is usual     |

A figure **below 0** is an upper bound: \`video.bitrate=-512\` makes 512 of a source of 1024 and leaves one of 256 at that. It works for frame rate, bitrates,
width, height and sampling rate.

What cannot be is refused when the definition is made, with the code of the field: H.265 in FLV, H.265 with a profile of H.264, 10 bit H.264, MP3 below 32 kbit/s,
a shortest GOP above the longest, a height above the width with \`open\`, neither picture nor sound. What the containers hold of what can be encoded:`;
