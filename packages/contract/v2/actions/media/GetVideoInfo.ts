import { z } from 'zod';
import { defineAction, internalErrors } from '../../action.ts';
import { getVideoInfoExample } from '../../examples/GetVideoInfo.ts';
import { mediaInfo } from '../../shapes.ts';
import { fileId, list, optional, word } from '../../wire.ts';

const integer = () => z.number().int();

const sections = z.object({
  basicInfo: z
    .object({
      name: z.string(),
      size: integer().describe('Bytes.'),
      duration: integer().describe('Seconds.'),
      description: z.string().describe('Empty when there is none.'),
      status: z.string().describe('"normal" means usable.'),
      createTime: integer().describe('Unix seconds.'),
      updateTime: integer().describe('Unix seconds.'),
      expireTime: integer().describe('Unix seconds at which the video is removed; 0 when it stays.'),
      classificationId: integer().describe('Class id.'),
      classificationName: z.string().describe('Class name.'),
      playerId: integer().describe('Always 0.'),
      coverUrl: z.string().describe('Empty when there is none.'),
      type: z.string().describe('Container of the source, e.g. mp4.'),
      sourceVideoUrl: z.string().describe('Address of the source.'),
      tags: z.array(z.string()).optional().describe('An extension of ours.'),
    })
    .optional()
    .describe('Basic data.'),
  metaData: mediaInfo('api')
    .extend({
      floatDuration: z.number().optional().describe('Seconds with fraction.'),
      rotate: integer().optional().describe('Rotation at recording, degrees.'),
      totalSize: integer().optional().describe('Bytes; of HLS, playlist and segments together.'),
    })
    .optional()
    .describe('What probing found in the source.'),
  drm: z
    .object({
      definition: integer().describe('Encryption template.'),
      encryptType: z.string().optional().describe('SingleKey.'),
      keySource: z.string().describe('VodBuildInKMS.'),
      getKeyUrl: z.string().describe('Where players fetch the key.'),
      edkList: z.array(z.string()).describe('Encrypted data keys.'),
    })
    .optional()
    .describe('Present when encryption was asked for.'),
  transcodeInfo: z
    .object({
      idrAlignment: integer().optional().describe('1 when the key frames of the renditions are aligned.'),
      transcodeList: z
        .array(
          mediaInfo('api').extend({
            url: z.string().describe('Play address.'),
            definition: integer().describe('Transcode definition; 0 the source, 10000 the master playlist.'),
          }),
        )
        .describe('One entry a rendition, the source among them.'),
    })
    .optional()
    .describe('Absent while there is no rendition.'),
  animatedGraphicsInfo: z
    .object({
      animatedGraphicsList: z.array(
        z.object({
          url: z.string(),
          definition: integer(),
          container: z.string().describe('e.g. gif.'),
          height: integer().describe('px.'),
          width: integer().describe('px.'),
          bitrate: integer().describe('bit/s.'),
          size: integer().describe('Bytes.'),
          md5: z.string(),
          startTime: integer().describe('Seconds.'),
          endTime: integer().describe('Seconds.'),
        }),
      ),
    })
    .optional(),
  sampleSnapshotInfo: z
    .array(
      z.object({
        definition: integer().describe('Sampling template.'),
        sampleType: z.string().describe('Percent or Time.'),
        Interval: integer().describe('Percent or seconds between pictures.'),
        imageUrls: z.array(z.string()),
      }),
    )
    .optional()
    .describe('Sampled snapshots, one entry a template.'),
  imageSpriteInfo: z
    .object({
      imageSpriteList: z.array(
        z.object({
          definition: integer().describe('Sprite template.'),
          height: integer().describe('Of one tile, px.'),
          width: integer().describe('Of one tile, px.'),
          totalCount: integer().describe('Tiles of all sheets.'),
          imageUrls: z.array(z.string()).describe('Sheets.'),
          webVttUrl: z.string().optional().describe('WebVTT index.'),
        }),
      ),
    })
    .optional(),
  snapshotByTimeOffsetInfo: z
    .object({
      snapshotByTimeOffsetList: z.array(
        z.object({
          definition: integer().describe('Snapshot template.'),
          picInfoList: z.array(
            z.object({
              timeOffset: integer().describe('ms.'),
              url: z.string().optional().describe('Absent when the picture failed.'),
            }),
          ),
        }),
      ),
    })
    .optional(),
  keyFrameDescInfo: z
    .object({
      keyFrameDescList: z.array(z.object({ timeOffset: integer().describe('ms.'), content: z.string() })),
    })
    .optional()
    .describe('Marks set by AddKeyFrameDesc.'),
});

export const GetVideoInfo = defineAction({
  name: 'GetVideoInfo',
  aliases: [],
  group: 'media',
  summary: 'Returns everything known about one video, in sections; the caller can ask for some of them only.',
  protocol: 'text',
  rateLimitPerMinute: 100,
  async: false,
  events: [],
  params: z.object({
    fileId: fileId().describe('Which video.'),
    infoFilter: optional(
      list(
        word([
          'basicInfo',
          'metaData',
          'drm',
          'transcodeInfo',
          'animatedGraphicsInfo',
          'imageSpriteInfo',
          'snapshotByTimeOffsetInfo',
          'sampleSnapshotInfo',
          'keyFrameDescInfo',
        ]),
      ),
    ).describe('Sections to return; all when left out.'),
  }),
  result: sections,
  errors: [
    { code: 1000, meaning: 'invalid parameter' },
    { code: 10008, meaning: 'file does not exist' },
    ...internalErrors(1, 1001, 1003, 2000, 10022),
  ],
  example: getVideoInfoExample,
  notes:
    'A section without data is left out. Bitrates are in bit/s. expireTime is 0 for a video that does not expire. The md5 of a source that came in several parts is empty until a worker has read the file. tags is an extension.',
});
