import type { Example } from '../action.ts';

/** Every section at once, so that the reference shows them all. */
export const getVideoInfoExample: Example = {
  request: 'Action=GetVideoInfo&fileId=12345&infoFilter.0=basicInfo&infoFilter.1=transcodeInfo',
  response: {
    code: 0,
    message: '',
    basicInfo: {
      name: 'test file',
      size: 1000,
      duration: 10,
      description: '',
      status: 'normal',
      createTime: 1485156352,
      updateTime: 1485156352,
      expireTime: 1485256352,
      classificationId: 1,
      classificationName: 'films',
      playerId: 0,
      coverUrl: 'http://cdn.example.com/a/b/shotup/f0.100_0.jpg',
      type: 'mp4',
      sourceVideoUrl: 'http://cdn.example.com/a/b/f0.mp4',
    },
    metaData: {
      size: 10556,
      container: 'mp4',
      bitrate: 246035,
      height: 480,
      width: 640,
      md5: 'b3ae6ed07d9bf4efeeb94ed2d37ff3e3',
      duration: 3601,
      floatDuration: 3600.6,
      rotate: 0,
      totalSize: 10556,
      videoStreamList: [{ bitrate: 201035, height: 480, width: 640, codec: 'h264', fps: 25 }],
      audioStreamList: [{ bitrate: 45000, samplingRate: 44100, codec: 'aac' }],
    },
    drm: {
      definition: 10,
      encryptType: 'SingleKey',
      keySource: 'VodBuildInKMS',
      getKeyUrl: 'https://app.example.com/getkey',
      edkList: ['232abc30'],
    },
    transcodeInfo: {
      idrAlignment: 0,
      transcodeList: [
        {
          url: 'http://cdn.example.com/a/b/f0.f210.m3u8',
          definition: 210,
          bitrate: 563477,
          height: 378,
          width: 672,
          size: 10502,
          duration: 3601,
          container: 'hls,applehttp',
          md5: 'b3ae6ed07d9bf4efeeb94ed2d37ff3e3',
          videoStreamList: [{ bitrate: 518477, height: 378, width: 672, codec: 'h264', fps: 24 }],
          audioStreamList: [{ bitrate: 45000, samplingRate: 44100, codec: 'aac' }],
        },
      ],
    },
    animatedGraphicsInfo: {
      animatedGraphicsList: [
        {
          url: 'http://cdn.example.com/a/b/ag.gif',
          definition: 20000,
          container: 'gif',
          height: 240,
          width: 320,
          bitrate: 100000,
          size: 9000,
          md5: '00000000000000000000000000000000',
          startTime: 0,
          endTime: 3,
        },
      ],
    },
    sampleSnapshotInfo: [
      {
        definition: 10,
        sampleType: 'percent',
        Interval: 10,
        imageUrls: ['http://cdn.example.com/a/b/shotup/x1.png', 'http://cdn.example.com/a/b/shotup/x2.png'],
      },
    ],
    imageSpriteInfo: {
      imageSpriteList: [
        {
          definition: 10,
          height: 80,
          width: 142,
          totalCount: 100,
          imageUrls: ['http://cdn.example.com/a/b/imageSprite/1.100_0.jpg'],
          webVttUrl: 'http://cdn.example.com/a/b/imageSprite/1.vtt',
        },
      ],
    },
    snapshotByTimeOffsetInfo: {
      snapshotByTimeOffsetList: [
        {
          definition: 10,
          picInfoList: [
            { timeOffset: 0, url: 'http://cdn.example.com/a/b/snapshotByTime/1.jpg' },
            { timeOffset: 1000, url: 'http://cdn.example.com/a/b/snapshotByTime/2.jpg' },
          ],
        },
      ],
    },
    keyFrameDescInfo: { keyFrameDescList: [{ timeOffset: 1000, content: 'content1' }] },
  },
};
