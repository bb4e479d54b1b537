// Generated from packages/contract by scripts/generate.ts. Do not edit: change the contract and run `npm run generate`.

/** Parameters of AddKeyFrameDesc. Puts texts at moments of a video, for players to show on their progress bar. */
export interface AddKeyFrameDescParams {
  /** Which video. */
  fileId: string;
  /** The texts; a video has 100 at most. */
  keyFrameDesc: Array<{
    /** Where, ms. A text that is there already is replaced. */
    timeOffset: number;
    /** The text, at most 1,024 bytes in UTF-8. */
    content: string;
  }>;
}

/** What AddKeyFrameDesc answers. */
export type AddKeyFrameDescResult = Record<never, never>;

/** Parameters of CreateVodTags. Adds one or more tags to a video. */
export interface CreateVodTagsParams {
  /** Which video. */
  fileId: string;
  /** Letters, digits and Chinese characters, at most 8 characters each; 100 a video. */
  tags: Array<string>;
}

/** What CreateVodTags answers. */
export type CreateVodTagsResult = Record<never, never>;

/** Parameters of DeleteKeyFrameDesc. Removes the texts at some moments of a video. */
export interface DeleteKeyFrameDescParams {
  /** Which video. */
  fileId: string;
  /** The moments, ms. */
  keyFrameDescTimeOffset: Array<number>;
}

/** What DeleteKeyFrameDesc answers. */
export type DeleteKeyFrameDescResult = Record<never, never>;

/** Parameters of DeleteVodFile. Deletes a video together with everything derived from it. */
export interface DeleteVodFileParams {
  /** Which video. */
  fileId: string;
  /** Of the deletion: 0 medium, 1 high, 2 low. Callers may always send 0. */
  priority: 0 | 1 | 2;
  /** Also purges the files from caches. Default false. */
  isFlushCdn?: boolean;
}

/** What DeleteVodFile answers. */
export type DeleteVodFileResult = Record<never, never>;

/** Parameters of DeleteVodTags. Removes one or more tags from one video. */
export interface DeleteVodTagsParams {
  /** Which video. */
  fileId: string;
  /** Tags to remove. */
  tags: Array<string>;
}

/** What DeleteVodTags answers. */
export type DeleteVodTagsResult = Record<never, never>;

/** Parameters of DescribeRecordPlayInfo. Finds a video by its legacy id (vid) and returns it with its playable renditions. */
export interface DescribeRecordPlayInfoParams {
  /** As DescribeVodInfo has it in fileSet[].vid. */
  vid: string;
}

/** What DescribeRecordPlayInfo answers. */
export interface DescribeRecordPlayInfoResult {
  /** Videos found: 0 or 1. A client looks for it; no page has it. */
  totalCount: number;
  fileSet: Array<{
    fileId: string;
    /** Full name. */
    fileName: string;
    /** Seconds. */
    duration: number;
    /** Decimal text; values as the status parameter of DescribeVodInfo. */
    status: string;
    /** Cover address; empty when there is none. */
    imageUrl: string;
    /** The same, in the spelling of the oldest documents. */
    image_url?: string;
    /** Renditions. */
    playSet: Array<{
      /** Play address. */
      url: string;
      /** Transcode definition; 0 is the source. */
      definition: number;
      /** Bitrate of the video, bit/s. */
      vbitrate: number;
      /** px. */
      vheight: number;
      /** px. */
      vwidth: number;
    }>;
  }>;
}

/** Parameters of DescribeVodCover. Despite its name, sets the cover of a video, from the address of a picture that was taken of it. */
export interface DescribeVodCoverParams {
  /** Which video. */
  fileId: string;
  /** 1: para is the address of a picture. */
  type: 1;
  /** Address of a picture of this video. */
  para: string;
}

/** What DescribeVodCover answers. */
export type DescribeVodCoverResult = Record<never, never>;

/** Parameters of DescribeVodInfo. Returns attributes of videos: of those named by id, or a filtered, paged list of all when none is named. */
export interface DescribeVodInfoParams {
  /** Videos by id. */
  fileIds?: Array<string>;
  /** Created at or after; YYYY-MM-DD hh:mm:ss, UTC+8. */
  from?: string;
  /** Created at or before; YYYY-MM-DD hh:mm:ss, UTC+8. */
  to?: string;
  /** Only videos of this class; -1 is all of them. */
  classId?: number;
  /** -1 upload unfinished, 0 initial (unused), 1 rejected by review (unused), 2 normal, 3 paused, 4 transcoding, 5 publishing, 6 deleting, 7 transcode failed, 10 waiting for transcoding, 100 deleted. */
  status?: -1 | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 10 | 100;
  /** 0 oldest first, 1 newest first. Default 0. */
  orderby?: 0 | 1;
  /** Page, counted from 1; 0 counts as 1. Default 1. */
  pageNo?: number;
  /** Videos a page. Default 10. */
  pageSize?: number;
}

/** What DescribeVodInfo answers. */
export interface DescribeVodInfoResult {
  /** Videos that match, on all pages. */
  totalCount: number;
  fileSet: Array<{
    fileId: string;
    fileName: string;
    /** Description set by the user. */
    fileIntro: string;
    /** Bytes, decimal text. */
    size: string;
    /** Seconds, decimal text. */
    duration: string;
    /** Values as the status parameter, decimal text. */
    status: string;
    /** Legacy id, key of DescribeRecordPlayInfo. */
    vid: string;
    /** YYYY-MM-DD hh:mm:ss, UTC+8. */
    createTime: string;
    /** YYYY-MM-DD hh:mm:ss, UTC+8. */
    updateTime: string;
    /** Class id as text; "0" is the default class. */
    classId: string;
    className: string;
    /** Cover address; empty when there is none. */
    imageUrl: string;
    tags: Array<string>;
    /** Same as fileIntro. */
    description?: string;
    /** Publication to the CDN: 0 never, 1 in progress, 2 done, 3 failed, 4 aborted, 5 deleted. */
    cdnStatus?: number;
  }>;
}

/** Parameters of DescribeVodPlayInfo. Finds videos whose name starts with a given text and returns each with its playable renditions. */
export interface DescribeVodPlayInfoParams {
  /** Beginning of the name. */
  fileName: string;
  /** Page, counted from 1; 0 counts as 1. Default 1. */
  pageNo?: number;
  /** Videos a page. Default 10. */
  pageSize?: number;
  /** 0 oldest first, 1 newest first. Default 0. */
  orderby?: 0 | 1;
}

/** What DescribeVodPlayInfo answers. */
export interface DescribeVodPlayInfoResult {
  /** Videos that match, on all pages. */
  totalCount: number;
  fileSet: Array<{
    fileId: string;
    /** Full name. */
    fileName: string;
    /** Seconds. */
    duration: number;
    /** Decimal text; values as the status parameter of DescribeVodInfo. */
    status: string;
    /** Cover address; empty when there is none. */
    imageUrl: string;
    /** The same, in the spelling of the oldest documents. */
    image_url?: string;
    /** Renditions. */
    playSet: Array<{
      /** Play address. */
      url: string;
      /** Transcode definition; 0 is the source. */
      definition: number;
      /** Bitrate of the video, bit/s. */
      vbitrate: number;
      /** px. */
      vheight: number;
      /** px. */
      vwidth: number;
    }>;
  }>;
}

/** Parameters of DescribeVodPlayUrls. Lists the playable renditions of one video: address, definition, bitrate and picture size of each. */
export interface DescribeVodPlayUrlsParams {
  /** Which video. */
  fileId: string;
}

/** What DescribeVodPlayUrls answers. */
export interface DescribeVodPlayUrlsResult {
  /** One entry a rendition, the source among them. */
  playSet: Array<{
    /** Play address. */
    url: string;
    /** Transcode definition; 0 is the source. */
    definition: number;
    /** Bitrate of the video, bit/s. */
    vbitrate: number;
    /** px. */
    vheight: number;
    /** px. */
    vwidth: number;
  }>;
}

/** Parameters of GetVideoInfo. Returns everything known about one video, in sections; the caller can ask for some of them only. */
export interface GetVideoInfoParams {
  /** Which video. */
  fileId: string;
  /** Sections to return; all when left out. */
  infoFilter?: Array<
    | 'basicInfo'
    | 'metaData'
    | 'drm'
    | 'transcodeInfo'
    | 'animatedGraphicsInfo'
    | 'imageSpriteInfo'
    | 'snapshotByTimeOffsetInfo'
    | 'sampleSnapshotInfo'
    | 'keyFrameDescInfo'
  >;
}

/** What GetVideoInfo answers. */
export interface GetVideoInfoResult {
  /** Basic data. */
  basicInfo?: {
    name: string;
    /** Bytes. */
    size: number;
    /** Seconds. */
    duration: number;
    /** Empty when there is none. */
    description: string;
    /** "normal" means usable. */
    status: string;
    /** Unix seconds. */
    createTime: number;
    /** Unix seconds. */
    updateTime: number;
    /** Unix seconds at which the video is removed; 0 when it stays. */
    expireTime: number;
    /** Class id. */
    classificationId: number;
    /** Class name. */
    classificationName: string;
    /** Always 0. */
    playerId: number;
    /** Empty when there is none. */
    coverUrl: string;
    /** Container of the source, e.g. mp4. */
    type: string;
    /** Address of the source. */
    sourceVideoUrl: string;
    /** An extension of ours. */
    tags?: Array<string>;
  };
  /** What probing found in the source. */
  metaData?: {
    /** Bytes. */
    size: number;
    /** e.g. mp4, mov; "hls,applehttp" for HLS. */
    container: string;
    /** Video and audio streams together, bit/s. */
    bitrate: number;
    /** Of the largest video stream, px. */
    height: number;
    /** Of the largest video stream, px. */
    width: number;
    /** Of the file; empty while unknown. */
    md5: string;
    /** Seconds. */
    duration: number;
    videoStreamList: Array<{
      /** bit/s. */
      bitrate: number;
      /** px. */
      height: number;
      /** px. */
      width: number;
      /** e.g. h264. */
      codec: string;
      /** Frames per second. */
      fps: number;
    }>;
    audioStreamList: Array<{
      /** bit/s. */
      bitrate: number;
      /** Hz. */
      samplingRate: number;
      /** e.g. aac. */
      codec: string;
    }>;
    /** Seconds with fraction. */
    floatDuration?: number;
    /** Rotation at recording, degrees. */
    rotate?: number;
    /** Bytes; of HLS, playlist and segments together. */
    totalSize?: number;
  };
  /** Present when encryption was asked for. */
  drm?: {
    /** Encryption template. */
    definition: number;
    /** SingleKey. */
    encryptType?: string;
    /** VodBuildInKMS. */
    keySource: string;
    /** Where players fetch the key. */
    getKeyUrl: string;
    /** Encrypted data keys. */
    edkList: Array<string>;
  };
  /** Absent while there is no rendition. */
  transcodeInfo?: {
    /** 1 when the key frames of the renditions are aligned. */
    idrAlignment?: number;
    /** One entry a rendition, the source among them. */
    transcodeList: Array<{
      /** Bytes. */
      size: number;
      /** e.g. mp4, mov; "hls,applehttp" for HLS. */
      container: string;
      /** Video and audio streams together, bit/s. */
      bitrate: number;
      /** Of the largest video stream, px. */
      height: number;
      /** Of the largest video stream, px. */
      width: number;
      /** Of the file; empty while unknown. */
      md5: string;
      /** Seconds. */
      duration: number;
      videoStreamList: Array<{
        /** bit/s. */
        bitrate: number;
        /** px. */
        height: number;
        /** px. */
        width: number;
        /** e.g. h264. */
        codec: string;
        /** Frames per second. */
        fps: number;
      }>;
      audioStreamList: Array<{
        /** bit/s. */
        bitrate: number;
        /** Hz. */
        samplingRate: number;
        /** e.g. aac. */
        codec: string;
      }>;
      /** Play address. */
      url: string;
      /** Transcode definition; 0 the source, 10000 the master playlist. */
      definition: number;
    }>;
  };
  animatedGraphicsInfo?: {
    animatedGraphicsList: Array<{
      url: string;
      definition: number;
      /** e.g. gif. */
      container: string;
      /** px. */
      height: number;
      /** px. */
      width: number;
      /** bit/s. */
      bitrate: number;
      /** Bytes. */
      size: number;
      md5: string;
      /** Seconds. */
      startTime: number;
      /** Seconds. */
      endTime: number;
    }>;
  };
  /** Sampled snapshots, one entry a template. */
  sampleSnapshotInfo?: Array<{
    /** Sampling template. */
    definition: number;
    /** Percent or Time. */
    sampleType: string;
    /** Percent or seconds between pictures. */
    Interval: number;
    imageUrls: Array<string>;
  }>;
  imageSpriteInfo?: {
    imageSpriteList: Array<{
      /** Sprite template. */
      definition: number;
      /** Of one tile, px. */
      height: number;
      /** Of one tile, px. */
      width: number;
      /** Tiles of all sheets. */
      totalCount: number;
      /** Sheets. */
      imageUrls: Array<string>;
      /** WebVTT index. */
      webVttUrl?: string;
    }>;
  };
  snapshotByTimeOffsetInfo?: {
    snapshotByTimeOffsetList: Array<{
      /** Snapshot template. */
      definition: number;
      picInfoList: Array<{
        /** ms. */
        timeOffset: number;
        /** Absent when the picture failed. */
        url?: string;
      }>;
    }>;
  };
  /** Marks set by AddKeyFrameDesc. */
  keyFrameDescInfo?: {
    keyFrameDescList: Array<{
      /** ms. */
      timeOffset: number;
      content: string;
    }>;
  };
}

/** Parameters of ModifyVodInfo. Changes the name, description, class or expiry time of a video. */
export interface ModifyVodInfoParams {
  /** Which video. */
  fileId: string;
  /** New name. */
  fileName?: string;
  /** New description. */
  fileIntro?: string;
  /** New class. */
  classId?: number;
  /** When the video and everything derived from it is to be removed: YYYY-MM-DD hh:mm:ss, UTC+8. */
  expireTime?: string;
  /** The same as Unix seconds; wins over expireTime. 0: never. */
  expireTimeStamp?: number;
}

/** What ModifyVodInfo answers. */
export type ModifyVodInfoResult = Record<never, never>;

/** Parameters of CreateClass. Creates a class (a category) of videos. Videos are put in one with ModifyVodInfo or at upload. */
export interface CreateClassParams {
  /** Name of the class. */
  className: string;
  /** Parent class; -1 makes a first-level class. Default -1. */
  parentId?: number;
}

/** What CreateClass answers. */
export interface CreateClassResult {
  /** Id of the new class, as text. */
  newClassId: string;
}

/** Parameters of DeleteClass. Deletes a class together with the classes below it; their videos move to the default class. */
export interface DeleteClassParams {
  /** Which class. */
  classId: number;
}

/** What DeleteClass answers. */
export type DeleteClassResult = Record<never, never>;

export interface ClassNode {
  /** The class itself. */
  info: {
    /** Class id; a number here, text in DescribeClass. */
    id: number;
    /** Parent class; -1 on the first level. */
    parent_id: number;
    name: string;
    /** 0 on the first level, 1 below it, and so on. */
    level: number;
    /** Videos in the class itself. */
    file_num: number;
  };
  subclass: Array<ClassNode>;
}

/** Parameters of DescribeAllClass. Returns the account's whole class tree. */
export type DescribeAllClassParams = Record<never, never>;

/** What DescribeAllClass answers. */
export interface DescribeAllClassResult {
  /** First-level classes, each with its children in subclass. */
  data: Array<ClassNode>;
}

/** Parameters of DescribeClass. Returns a flat list of all classes of the account with their times. DescribeAllClass has the tree. */
export type DescribeClassParams = Record<never, never>;

/** What DescribeClass answers. */
export interface DescribeClassResult {
  /** All classes, the built-in default class included. */
  data: Array<{
    /** Class id as text; "0" is the default class. */
    id: string;
    /** The default class is called 其他 (Other). */
    name: string;
    /** YYYY-MM-DD hh:mm:ss, UTC+8. */
    create_time: string;
    /** YYYY-MM-DD hh:mm:ss, UTC+8. */
    update_time: string;
  }>;
}

/** Parameters of ModifyClass. Renames a class. */
export interface ModifyClassParams {
  /** Which class. */
  classId: number;
  /** New name. */
  className: string;
}

/** What ModifyClass answers. */
export type ModifyClassResult = Record<never, never>;

/** Parameters of FinishUpload. Last step of an upload: joins the parts, registers the video and returns its id and address. */
export interface FinishUploadParams {
  /** As given to InitUpload. */
  fileSha: string;
}

/** What FinishUpload answers. */
export interface FinishUploadResult {
  /** Id of the video. */
  fileId: string;
  /** Address of the source. */
  url: string;
}

/** Parameters of InitUpload. First step of an upload: announces a file by SHA-1 and size; answers whether to send all parts, the missing ones or none. */
export interface InitUploadParams {
  /** Name without extension. */
  fileName: string;
  /** SHA-1 of the whole file, in either case; names the upload in the later steps. */
  fileSha: string;
  /** Bytes. */
  fileSize: number;
  /** Size of a part, bytes; 524288 or 1048576 is usual. */
  dataSize: number;
  /** Extension, e.g. mp4. */
  fileType: string;
  /** Tags for the video, any text. */
  tags?: Array<string>;
  /** Class of the video; must exist. Default 0. */
  classId?: number;
  /** Transcode with the default definitions after the upload. Default false. */
  isTranscode?: boolean;
  /** Takes sampled pictures after the upload, as sampling template 10 has them. Default false. */
  isScreenshot?: boolean;
  /** The default watermark lies over the transcodes; goes with isTranscode=1. Default false. */
  isWatermark?: boolean;
  /** Task flow that runs after the upload, with its arguments as in RunProcedure. */
  procedure?: string;
  /** What else the file is for. */
  extra?: {
    /** 1: the file is the cover of a video. */
    usage?: 0 | 1;
    /** The video whose cover it is. */
    fileId?: string;
  };
}

/** What InitUpload answers. */
export type InitUploadResult =
  | {
      /** Send every part. */
      code: 0;
    }
  | {
      /** Part of the file is here already: send the missing parts. */
      code: 1;
      /** Part size of the first attempt, which later parts must keep. Bytes. */
      dataSize: number;
      /** Parts that are stored. */
      listParts: Array<{
        /** Where the part starts, bytes. */
        offset: number;
        /** Bytes. */
        dataSize: number;
        /** The same; some clients read this name. */
        dataLen: number;
        /** MD5 of the part. */
        dataMd5: string;
      }>;
    }
  | {
      /** The whole file is here already: go on with FinishUpload. */
      code: 2;
      fileId: string;
      /** Address of the file. */
      url: string;
    };

/** Parameters of MultiPullVodFile. Has the service fetch videos from addresses; each becomes a video of its own. */
export interface MultiPullVodFileParams {
  /** What to fetch. */
  pullset: Array<{
    /** Where the file lies: http(s), no page, no private address. An HLS playlist becomes an MP4. */
    url: string;
    /** Name of the video. */
    fileName: string;
    /** MD5 of the file; with another one the pull fails. */
    fileMd5?: string;
    /** Transcode with the default definitions afterwards. Default false. */
    isTranscode?: boolean;
    /** Take snapshots afterwards. Default false. */
    isScreenshot?: boolean;
    /** The default watermark lies over the transcodes; goes with isTranscode=1. Default false. */
    isWatermark?: boolean;
    /** Class of the video; must exist. Default 0. */
    classId?: number;
    /** Tags, separated by commas. */
    tags?: string;
    /** 0: medium, 1: high, 2: low. Default 0. */
    priority?: 0 | 1 | 2;
    /** With isReport=1, where the events of this pull are posted too; http(s), and no private address. */
    notifyUrl?: string;
    /** Whether notifyUrl is called. Default false. */
    isReport?: boolean;
  }>;
}

/** What MultiPullVodFile answers. */
export interface MultiPullVodFileResult {
  /** In the order of pullset. The newest page has none of it; that of the oldest generation has the first three. */
  data: Array<{
    /** The address that was asked for. */
    source_url: string;
    /** Id that the video will have, once it is there: a number of up to 19 digits, more than JavaScript can hold. */
    file_id: number;
    file_name: string;
    /** The same id as text (an addition of ours). */
    fileId: string;
    /** The pull task (an addition of ours). */
    vodTaskId: string;
  }>;
}

/** Parameters of MultipartUploadVodFile. The oldest upload: one call is repeated, each carries a part, and the answer says where to go on or that the file is there. */
export interface MultipartUploadVodFileParams {
  /** Name without extension. */
  fileName: string;
  /** SHA-1 of the whole file. */
  fileSha: string;
  /** Bytes. */
  fileSize: number;
  /** Bytes in the body; 524288 and more are advised, less is for the rest of the file. */
  dataSize: number;
  /** Where the part starts, bytes: 0 first, then what the answer said. */
  offset: number;
  /** Extension, e.g. mp4. */
  fileType: string;
  /** Tags for the video, any text. */
  tags?: Array<string>;
  /** Class of the video; must exist. Default 0. */
  classId?: number;
  /** Transcode with the default definitions afterwards. Default false. */
  isTranscode?: boolean;
  /** Take sampled pictures afterwards. Default false. */
  isScreenshot?: boolean;
  /** The default watermark lies over the transcodes; goes with isTranscode=1. Default false. */
  isWatermark?: boolean;
  /** Where the events of this file are posted, too; http(s), and no private address. */
  notifyUrl?: string;
}

/** What MultipartUploadVodFile answers. */
export type MultipartUploadVodFileResult =
  | {
      /** More is to come. */
      flag: 0;
      /** Where to go on, bytes, in digits. */
      offset: string;
    }
  | {
      /** The file is there. */
      flag: 1;
      fileId: string;
    };

/** Parameters of Report. What upload SDKs of the first generation say of an upload when it is over; it is written into the log. */
export interface ReportParams {
  /** 0, or the SDK's own code of what went wrong. */
  errCode?: number;
  /** Bytes a second. */
  speed?: number;
  /** The video; empty when there is none. */
  fileId?: string;
  /** java or c_sharper. */
  platform?: string;
  /** Of the SDK. */
  version?: string;
}

/** What Report answers. */
export type ReportResult = Record<never, never>;

/** Parameters of SmallFileUpload. Uploads a picture of at most 1 MB in one call, as the cover of a video or for no video. */
export interface SmallFileUploadParams {
  /** Name without extension. */
  fileName: string;
  /** SHA-1 of the file. */
  fileSha: string;
  /** Bytes. */
  fileSize: number;
  /** Same as fileSize. */
  dataSize: number;
  /** Extension, e.g. jpg. */
  fileType: string;
  /** What the file is for. */
  extra: {
    /** 1: cover of a video. */
    usage: 1;
    /** The video whose cover it is; none when left out. */
    fileId?: string;
  };
  /** MD5 of the body. */
  dataMd5?: string;
}

/** What SmallFileUpload answers. */
export interface SmallFileUploadResult {
  /** Id of the picture, not of the video; its address ends with it. */
  fileId: string;
  /** Address of the picture. */
  url: string;
}

/** Parameters of UploadPart. Second step of an upload: sends one part, whose bytes are the body of the request. */
export interface UploadPartParams {
  /** SHA-1 of the whole file, as given to InitUpload. */
  fileSha: string;
  /** Where the part starts, bytes; a multiple of the part size. */
  offset: number;
  /** Bytes in the body; less than a part only at the end. */
  dataSize: number;
  /** MD5 of the part. */
  dataMd5: string;
}

/** What UploadPart answers. */
export type UploadPartResult = Record<never, never>;

/** Parameters of ClipVideo. Cuts a stretch out of a video and makes a new video of it, an MP4. */
export interface ClipVideoParams {
  /** Which video. */
  fileId: string;
  /** Name of the new video. */
  newFileName: string;
  /** Where it begins, seconds: 0 or more from the beginning, below 0 from the end. Default 0. */
  startTimeOffset?: number;
  /** Where it ends, seconds, counted the same way. Absent: the end. */
  endTimeOffset?: number;
}

/** What ClipVideo answers. */
export interface ClipVideoResult {
  /** Id of the task, as in ClipComplete. */
  vodTaskId: string;
}

/** Parameters of ConcatVideo. Joins videos, one after the other, to a new video. */
export interface ConcatVideoParams {
  /** The videos, in their order; one may come several times. 10 GiB together at most. */
  srcFileList: Array<{
    /** Which video. */
    fileId: string;
  }>;
  /** Name of the new video. */
  name: string;
  /** What it is to be there as. */
  dstType: Array<'mp4' | 'm3u8'>;
}

/** What ConcatVideo answers. */
export interface ConcatVideoResult {
  /** Id of the task, as in ConcatComplete. */
  vodTaskId: string;
}

/** Parameters of ConvertVodFile. Transcodes one video with the account's default definitions. */
export interface ConvertVodFileParams {
  /** Which video. */
  fileId: string;
  /** Also takes snapshots (sampling template 10). Default false. */
  isScreenshot?: boolean;
  /** 1: the account's default watermark lies over all of them (setting watermark.default). Default false. */
  isWatermark?: boolean;
  /** Where TranscodeComplete of this task is posted too, besides the way that the account gets its events; http(s), and no private address. */
  notifyUrl?: string;
}

/** What ConvertVodFile answers. */
export interface ConvertVodFileResult {
  /** Id of the task, as in TranscodeComplete. */
  vodTaskId: string;
}

/** Parameters of CreateImageSprite. Makes sheets of small pictures of a video, and a WebVTT file that says which is whose time. */
export interface CreateImageSpriteParams {
  /** Which video. */
  fileId: string;
  /** Sprite template; 10 is a preset. */
  definition: number;
}

/** What CreateImageSprite answers. */
export interface CreateImageSpriteResult {
  /** Id of the task, as in CreateImageSpriteComplete. */
  vodTaskId: string;
}

/** Parameters of CreateSnapshotByTimeOffset. Takes pictures of a video at a list of times. */
export interface CreateSnapshotByTimeOffsetParams {
  /** Which video. */
  fileId: string;
  /** Snapshot template. A client is known that leaves it out. Default 10. */
  definition?: number;
  /** Positions in the video, ms. */
  timeOffset: Array<number>;
}

/** What CreateSnapshotByTimeOffset answers. */
export interface CreateSnapshotByTimeOffsetResult {
  /** Id of the task, as in CreateSnapshotByTimeOffsetComplete. */
  vodTaskId: string;
}

/** Parameters of ProcessFile. Starts one or more jobs (transcodes, snapshots, cover, sprite) on one video, under a single task id. */
export interface ProcessFileParams {
  /** Which video. */
  fileId: string;
  /** Transcodes. */
  transcode?: {
    /** Transcode definitions, preset or custom; 9 repackages to MP4, 6 to HLS. */
    definition: Array<number>;
    /** Watermark template; 1 is the account's default. 0 or absent: none. */
    watermark?: number;
    /** Also makes a master playlist of the HLS outputs, with definition 10000. Default false. */
    hlsMasterPlaylist?: boolean;
    /** Aligns the key frames of the HLS outputs. Default false. */
    idrAlignment?: boolean;
    /** Skips definitions whose bitrate is higher than that of the source. Default false. */
    disableHigherBitrate?: boolean;
    /** Encrypts the outputs, which must all be HLS: AES-128, with a key that all of them share. */
    drm?: {
      /** Encryption template. */
      definition: number;
    };
  };
  /** Sampled snapshots. */
  sampleSnapshot?: {
    /** Sampling template. */
    definition: number;
  };
  /** Snapshots at given times. */
  snapshotByTimeOffset?: {
    /** Snapshot template. */
    definition: number;
    /** Positions in the video, ms. */
    timeOffset: Array<number>;
  };
  /** Takes one picture and makes it the cover. */
  coverBySnapshot?: {
    /** Snapshot template. */
    definition: number;
    /** How position is read. */
    positionType: 'Time' | 'Percent';
    /** Seconds for Time, percent of the duration for Percent. */
    position: number;
  };
  /** Image sprite. */
  imageSprite?: {
    /** Sprite template. */
    definition: number;
  };
  /** Animated image. */
  animatedGraphics?: {
    /** 20000: GIF, 20001: WebP. */
    definition: number;
    /** Where it begins, seconds; 0 when left out. Ours. */
    startTime?: number;
    /** Where it ends, seconds: at most 60 s later, 5 s when left out. Ours. */
    endTime?: number;
  };
  /** Finish: one event at the end. Change: one whenever a sub-task changes state. None: no event. Default Finish. */
  notifyMode?: 'Finish' | 'Change' | 'None';
}

/** What ProcessFile answers. */
export interface ProcessFileResult {
  /** Id of the task flow. */
  vodTaskId: string;
}

/** Parameters of ProcessFileByProcedure. Runs a task flow, which is named with its arguments, on a video; transcodes become a task of their own. */
export interface ProcessFileByProcedureParams {
  /** Which video. */
  fileId: string;
  /** Name of the flow with its arguments, as in QCVB_SimpleProcessFile({210,220},1,10). */
  procedure: string;
}

/** What ProcessFileByProcedure answers. */
export interface ProcessFileByProcedureResult {
  /** Task of the transcodes, as in TranscodeComplete; absent when there are none. */
  transcodeTaskId?: string;
  /** Task of the sprite; no flow that there is makes one. */
  imageSpriteTaskId?: string;
  /** Task of the cover; absent when there is none. */
  coverBySnapshotTaskId?: string;
  /** Task of the sampled snapshots; absent when there are none. */
  sampleSnapshotTaskId?: string;
  /** Task of all that is no transcode, as in ProcedureStateChanged; absent when there are transcodes alone. */
  procedureTaskId?: string;
}

/** Parameters of RunProcedure. Runs a task flow, which is named with its arguments, on a video. */
export interface RunProcedureParams {
  /** What the flow works on: SingleFile, a video or a stretch of it; MultiFile, stretches of several, joined; PullFile, what is fetched. Stream answers 6100: nothing here records live streams. */
  inputType: 'SingleFile' | 'MultiFile' | 'Stream' | 'PullFile';
  /** The video, for SingleFile. */
  file?: {
    /** Which video; required. */
    id?: string;
    /** Where the stretch begins, seconds: below 0, from the end. 0: from the beginning. */
    startTimeOffset?: number;
    /** Where it ends, counted the same way. Absent: the end. */
    endTimeOffset?: number;
    /** The same, in the spelling of a sample. */
    endTime?: number;
  };
  /** The videos in their order, for MultiFile; 10 GiB together at most. */
  fileList?: Array<{
    /** Which video. */
    id: string;
    /** Where the stretch begins, seconds: below 0, from the end. 0: from the beginning. */
    startTimeOffset?: number;
    /** Where it ends, counted the same way. Absent: the end. */
    endTimeOffset?: number;
    /** The same, in the spelling of a sample. */
    endTime?: number;
  }>;
  /** What to fetch, for PullFile. */
  pull?: {
    /** Where the file lies, as in MultiPullVodFile. */
    url: string;
    /** Name of the new video. */
    fileName: string;
    /** MD5 of the file; with another one the task fails. */
    fileMd5?: string;
    /** Class of the new video; must exist. Default 0. */
    classId?: number;
  };
  /** Name of the flow with its arguments, as in QCVB_SimpleProcessFile({210,220},1,10). */
  procedure: string;
}

/** What RunProcedure answers. */
export interface RunProcedureResult {
  /** Id of the task flow. */
  vodTaskId: string;
}

/** Parameters of SimpleClipHls. Cuts whole segments out of the HLS of a video, at once, and makes a new video of them. */
export interface SimpleClipHlsParams {
  /** Which video; it has an HLS rendition. */
  srcFileId: string;
  /** Name of the new video. */
  newFileName: string;
  /** Where it begins, seconds: 0 or more from the beginning, below 0 from the end. */
  startTimeOffset: number;
  /** Where it ends, seconds, counted the same way. */
  endTimeOffset: number;
}

/** What SimpleClipHls answers. */
export interface SimpleClipHlsResult {
  /** The new video. */
  newFileId: string;
  /** Address of its playlist. */
  newFileUrl: string;
}

/** Parameters of SimpleConcatHls. Puts the HLS of several videos one after the other, at once, and makes a new video of them. */
export interface SimpleConcatHlsParams {
  /** The videos, in their order. */
  srcFileList: Array<{
    /** Which video. */
    fileId: string;
  }>;
  /** Name of the new video. */
  name: string;
}

/** What SimpleConcatHls answers. */
export interface SimpleConcatHlsResult {
  /** The new video. */
  fileId: string;
  /** Address of its playlist. */
  fileUrl: string;
}

/** Parameters of ApplyUploadWatermark. Gives an address to which the picture of a watermark is sent by PUT. */
export interface ApplyUploadWatermarkParams {
  /** Kind of picture; png can be transparent, and may move (APNG). */
  type: 'jpg' | 'png';
}

/** What ApplyUploadWatermark answers. */
export interface ApplyUploadWatermarkResult {
  /** Address for the PUT. */
  uploadUrl: string;
}

/** Parameters of CreateTranscodeTemplate. Makes a transcode template of your own and returns its number. An application has at most 16. */
export interface CreateTranscodeTemplateParams {
  /** Name, shorter than 64 bytes. */
  name?: string;
  /** Container. */
  container: 'mp4' | 'flv' | 'hls';
  /** Description, shorter than 256 bytes. */
  comment?: string;
  /** 1 leaves the picture out; video.* then has no effect. Default false. */
  isFiltrateVideo?: boolean;
  /** 1 leaves the sound out; audio.* then has no effect. Default false. */
  isFiltrateAudio?: boolean;
  /** Required with a picture. */
  video?: {
    /** H.264 or H.265. H.265 needs width and height, at most 640 × 480, and no FLV. */
    codec: 'libx264' | 'libx265';
    /** Frames per second, 1 to 120. Below 0: at most. */
    fps: number;
    /** open: width is of the longer edge, height of the shorter one, which are bounds of a picture that keeps its shape. close: both are taken literally. New templates: open. */
    resolutionSelfAdapting?: 'open' | 'close';
    /** px, 128 to 1920. 0 with the other given: in proportion. 0 for both: as the source. Below 0: at most. */
    width?: number;
    /** px, 128 to 1920; with open no more than width. 0 with the other given: in proportion. 0 for both: as the source. Below 0: at most. */
    height?: number;
    /** kbit/s, 128 to 10000. Below 0: at most. New templates without: that of the source, at most 10000. */
    bitrate?: number;
    /** Shortest distance of key frames, s; where it is at most half of the longest, they come where scenes change. */
    minGop?: number;
    /** Longest distance of key frames, s. Never given: 250 frames. */
    maxGop?: number;
    /** Of H.264; H.265 is always main. Never given: high. */
    videoProfile?: 'baseline' | 'main' | 'high';
    /** 8 or 10 bit a sample; 10 with H.265 only. */
    colorSpace?: 'yuv420p' | 'yuv420p10le';
    /** 1 deinterlaces, 0 never does. Never given: where the source is. */
    deinterlaced?: boolean;
    /** 0: one pass. 1: two. */
    videoRateControl?: boolean;
  };
  denoise?: {
    /** 1 removes noise. */
    enable?: boolean;
  };
  /** Required with sound. */
  audio?: {
    /** AAC or MP3; either goes with each container. */
    codec: 'libfdk_aac' | 'libmp3lame';
    /** kbit/s, 26 to 256; MP3 from 32 on. Below 0: at most. */
    bitrate: number;
    /** Hz, 44100 or 48000. Below 0: at most. */
    sampleRate: number;
    /** 1: mono. 2: stereo. New templates: 2. */
    soundSystem?: 1 | 2;
    /** What resamples sources of more than two channels. */
    audioResampler?: 'soxr';
    /** 1 mixes the centre of sources of more than four channels in 3 dB louder. */
    audioDownmixMode?: boolean;
  };
}

/** What CreateTranscodeTemplate answers. */
export interface CreateTranscodeTemplateResult {
  /** Number of the new template. */
  definition: number;
  data: {
    /** The same. */
    definition: number;
  };
}

/** Parameters of CreateWatermarkTemplate. Makes a watermark template of a picture and returns its number. An application has at most 16. */
export interface CreateWatermarkTemplateParams {
  /** Name, at most 64 bytes. */
  name?: string;
  /** Description, at most 1024 bytes. */
  comment?: string;
  /** What it is. */
  type?: 'image';
  /** The picture: the address that ApplyUploadWatermark gave, signature and all, or that of a picture uploaded otherwise. The scheme may be missing; other services are not asked for pictures. */
  url: string;
  /** From the left edge of the video to that of the picture. Such as 10% of the video, or 20px. */
  left?: string;
  /** From the upper edge of the video to that of the picture. Such as 10% of the video, or 20px. */
  top?: string;
  /** Width of the picture. Such as 10% of the video, or 20px. */
  width?: string;
  /** Height of the picture; 0px keeps its shape. Such as 10% of the video, or 20px. */
  height?: string;
}

/** What CreateWatermarkTemplate answers. */
export interface CreateWatermarkTemplateResult {
  /** Number of the new template. */
  definition: number;
}

/** Parameters of DeleteTranscodeTemplate. Deletes a transcode template of your own. */
export interface DeleteTranscodeTemplateParams {
  /** Number of the template. */
  definition: number;
}

/** What DeleteTranscodeTemplate answers. */
export interface DeleteTranscodeTemplateResult {
  data: null;
}

/** Parameters of DeleteWatermarkTemplate. Deletes a watermark template. */
export interface DeleteWatermarkTemplateParams {
  /** Number of the template. */
  definition: number;
}

/** What DeleteWatermarkTemplate answers. */
export type DeleteWatermarkTemplateResult = Record<never, never>;

/** Parameters of GetWatermarkList. The older list of watermarks; QueryWatermarkTemplateList took its place. */
export type GetWatermarkListParams = Record<never, never>;

/** What GetWatermarkList answers. */
export interface GetWatermarkListResult {
  definitionList: Array<{
    /** Number of the template. */
    definition: number;
    /** The same. */
    id: number;
    name: string;
    /** Address of the picture. */
    url: string;
    /** From the left edge of the video: percent, or text such as 20px where it is no whole percent. */
    left: number | string;
    /** From the upper edge of the video: percent, or text such as 20px where it is no whole percent. */
    top: number | string;
    /** YYYY-MM-DD hh:mm:ss, UTC+8. */
    createTime: string;
  }>;
}

/** Parameters of QueryTranscodeTemplate. Returns all that a transcode template says, of your own or a preset. */
export interface QueryTranscodeTemplateParams {
  /** Number of the template. */
  definition: number;
}

/** What QueryTranscodeTemplate answers. */
export interface QueryTranscodeTemplateResult {
  /** Number of the template. */
  definition: number;
  name: string;
  /** mp4, flv or hls. */
  container: string;
  comment: string;
  /** Unix time, s; 0 for presets. */
  createTime: number;
  /** Unix time, s; 0 for presets. */
  updateTime: number;
  /** 1: preset. 0: own template. */
  onPremise: number;
  /** 1: among the application's default definitions. */
  status: number;
  /** 1: no picture. */
  isFiltrateVideo: number;
  /** 1: no sound. */
  isFiltrateAudio: number;
  /** Absent when the picture is left out. */
  video?: {
    /** libx264 or libx265; COPY for presets that only change the container. */
    codec: string;
    /** Frames per second. Below 0: at most. */
    fps?: number;
    /** open or close. */
    resolutionSelfAdapting?: string;
    /** px; 0: see CreateTranscodeTemplate. */
    width?: number;
    /** px; 0: see CreateTranscodeTemplate. */
    height?: number;
    /** kbit/s. Below 0: at most. */
    bitrate?: number;
    /** s; only where it was given. */
    minGop?: number;
    /** s; only where it was given. */
    maxGop?: number;
    /** baseline, main or high; only where it was given. */
    videoProfile?: string;
    /** Only where it was given. */
    colorSpace?: string;
    /** Only where it was given. */
    deinterlaced?: number;
    /** 1: two passes. Only where it was given. */
    videoRateControl?: number;
    denoise?: {
      /** 1: noise is removed. */
      enable: number;
    };
  };
  /** Absent when the sound is left out. */
  audio?: {
    /** libfdk_aac or libmp3lame; COPY as for video. */
    codec: string;
    /** kbit/s. Below 0: at most. */
    bitrate?: number;
    /** 1: mono. 2: stereo. */
    soundSystem?: number;
    /** Hz. Below 0: at most. */
    sampleRate?: number;
    /** Only where it was given. */
    audioResampler?: string;
    /** 0 or 1. */
    audioDownmixMode?: number;
  };
  denoise?: {
    /** As in video.denoise. */
    enable: number;
  };
  /** The same once more: clients read it in one place or the other. */
  data: {
    /** Number of the template. */
    definition: number;
    name: string;
    /** mp4, flv or hls. */
    container: string;
    comment: string;
    /** Unix time, s; 0 for presets. */
    createTime: number;
    /** Unix time, s; 0 for presets. */
    updateTime: number;
    /** 1: preset. 0: own template. */
    onPremise: number;
    /** 1: among the application's default definitions. */
    status: number;
    /** 1: no picture. */
    isFiltrateVideo: number;
    /** 1: no sound. */
    isFiltrateAudio: number;
    /** Absent when the picture is left out. */
    video?: {
      /** libx264 or libx265; COPY for presets that only change the container. */
      codec: string;
      /** Frames per second. Below 0: at most. */
      fps?: number;
      /** open or close. */
      resolutionSelfAdapting?: string;
      /** px; 0: see CreateTranscodeTemplate. */
      width?: number;
      /** px; 0: see CreateTranscodeTemplate. */
      height?: number;
      /** kbit/s. Below 0: at most. */
      bitrate?: number;
      /** s; only where it was given. */
      minGop?: number;
      /** s; only where it was given. */
      maxGop?: number;
      /** baseline, main or high; only where it was given. */
      videoProfile?: string;
      /** Only where it was given. */
      colorSpace?: string;
      /** Only where it was given. */
      deinterlaced?: number;
      /** 1: two passes. Only where it was given. */
      videoRateControl?: number;
      denoise?: {
        /** 1: noise is removed. */
        enable: number;
      };
    };
    /** Absent when the sound is left out. */
    audio?: {
      /** libfdk_aac or libmp3lame; COPY as for video. */
      codec: string;
      /** kbit/s. Below 0: at most. */
      bitrate?: number;
      /** 1: mono. 2: stereo. */
      soundSystem?: number;
      /** Hz. Below 0: at most. */
      sampleRate?: number;
      /** Only where it was given. */
      audioResampler?: string;
      /** 0 or 1. */
      audioDownmixMode?: number;
    };
    denoise?: {
      /** As in video.denoise. */
      enable: number;
    };
  };
}

/** Parameters of QueryTranscodeTemplateList. Lists the transcode templates: your own, then the presets. */
export interface QueryTranscodeTemplateListParams {
  /** Only those of exactly this name. */
  name?: string;
}

/** What QueryTranscodeTemplateList answers. */
export interface QueryTranscodeTemplateListResult {
  data: Array<{
    /** Number of the template. */
    definition: number;
    name: string;
    /** mp4, flv or hls. */
    container: string;
    comment: string;
    /** Unix time, s; 0 for presets. */
    createTime: number;
    /** Unix time, s; 0 for presets. */
    updateTime: number;
    /** 1: preset. 0: own template. */
    onPremise: number;
    /** 1: among the application's default definitions. */
    status: number;
    /** 1: no picture. */
    isFiltrateVideo: number;
    /** 1: no sound. */
    isFiltrateAudio: number;
    /** Absent when the picture is left out. */
    video?: {
      /** libx264 or libx265; COPY for presets that only change the container. */
      codec: string;
      /** Frames per second. Below 0: at most. */
      fps?: number;
      /** open or close. */
      resolutionSelfAdapting?: string;
      /** px; 0: see CreateTranscodeTemplate. */
      width?: number;
      /** px; 0: see CreateTranscodeTemplate. */
      height?: number;
      /** kbit/s. Below 0: at most. */
      bitrate?: number;
      /** s; only where it was given. */
      minGop?: number;
      /** s; only where it was given. */
      maxGop?: number;
      /** baseline, main or high; only where it was given. */
      videoProfile?: string;
      /** Only where it was given. */
      colorSpace?: string;
      /** Only where it was given. */
      deinterlaced?: number;
      /** 1: two passes. Only where it was given. */
      videoRateControl?: number;
      denoise?: {
        /** 1: noise is removed. */
        enable: number;
      };
    };
    /** Absent when the sound is left out. */
    audio?: {
      /** libfdk_aac or libmp3lame; COPY as for video. */
      codec: string;
      /** kbit/s. Below 0: at most. */
      bitrate?: number;
      /** 1: mono. 2: stereo. */
      soundSystem?: number;
      /** Hz. Below 0: at most. */
      sampleRate?: number;
      /** Only where it was given. */
      audioResampler?: string;
      /** 0 or 1. */
      audioDownmixMode?: number;
    };
    denoise?: {
      /** As in video.denoise. */
      enable: number;
    };
    /** createTime, as older clients read it. */
    create_time: number;
    /** updateTime, as older clients read it. */
    update_time: number;
  }>;
  /** The same once more: clients read one or the other. */
  definitionList: Array<{
    /** Number of the template. */
    definition: number;
    name: string;
    /** mp4, flv or hls. */
    container: string;
    comment: string;
    /** Unix time, s; 0 for presets. */
    createTime: number;
    /** Unix time, s; 0 for presets. */
    updateTime: number;
    /** 1: preset. 0: own template. */
    onPremise: number;
    /** 1: among the application's default definitions. */
    status: number;
    /** 1: no picture. */
    isFiltrateVideo: number;
    /** 1: no sound. */
    isFiltrateAudio: number;
    /** Absent when the picture is left out. */
    video?: {
      /** libx264 or libx265; COPY for presets that only change the container. */
      codec: string;
      /** Frames per second. Below 0: at most. */
      fps?: number;
      /** open or close. */
      resolutionSelfAdapting?: string;
      /** px; 0: see CreateTranscodeTemplate. */
      width?: number;
      /** px; 0: see CreateTranscodeTemplate. */
      height?: number;
      /** kbit/s. Below 0: at most. */
      bitrate?: number;
      /** s; only where it was given. */
      minGop?: number;
      /** s; only where it was given. */
      maxGop?: number;
      /** baseline, main or high; only where it was given. */
      videoProfile?: string;
      /** Only where it was given. */
      colorSpace?: string;
      /** Only where it was given. */
      deinterlaced?: number;
      /** 1: two passes. Only where it was given. */
      videoRateControl?: number;
      denoise?: {
        /** 1: noise is removed. */
        enable: number;
      };
    };
    /** Absent when the sound is left out. */
    audio?: {
      /** libfdk_aac or libmp3lame; COPY as for video. */
      codec: string;
      /** kbit/s. Below 0: at most. */
      bitrate?: number;
      /** 1: mono. 2: stereo. */
      soundSystem?: number;
      /** Hz. Below 0: at most. */
      sampleRate?: number;
      /** Only where it was given. */
      audioResampler?: string;
      /** 0 or 1. */
      audioDownmixMode?: number;
    };
    denoise?: {
      /** As in video.denoise. */
      enable: number;
    };
    /** createTime, as older clients read it. */
    create_time: number;
    /** updateTime, as older clients read it. */
    update_time: number;
  }>;
}

/** Parameters of QueryWatermarkTemplate. Returns what a watermark template says. */
export interface QueryWatermarkTemplateParams {
  /** Number of the template. */
  definition: number;
}

/** What QueryWatermarkTemplate answers. */
export interface QueryWatermarkTemplateResult {
  /** Number of the template. */
  definition: number;
  name: string;
  comment: string;
  /** image. */
  type: string;
  /** Address of the picture. */
  url: string;
  /** Such as 20px or 10%. */
  left: string;
  /** Such as 20px or 10%. */
  top: string;
  /** Such as 20px or 10%. */
  width: string;
  /** 0px: follows from the width. */
  height: string;
  /** Unix time, s. */
  createTime: number;
  /** Unix time, s. */
  updateTime: number;
  /** createTime, as older clients read it. */
  create_time: number;
  /** updateTime, as older clients read it. */
  update_time: number;
  /** Always empty; clients expect it. */
  repeat_type: string;
}

/** Parameters of QueryWatermarkTemplateList. Lists the watermark templates of the application. */
export interface QueryWatermarkTemplateListParams {
  /** Only those of exactly this name. */
  name?: string;
}

/** What QueryWatermarkTemplateList answers. */
export interface QueryWatermarkTemplateListResult {
  definitionList: Array<{
    /** Number of the template. */
    definition: number;
    name: string;
    comment: string;
    /** Unix time, s. */
    createTime: number;
    /** Unix time, s. */
    updateTime: number;
  }>;
}

/** Parameters of UpdateTranscodeTemplate. Changes a transcode template of your own; what is not given stays as it is. */
export interface UpdateTranscodeTemplateParams {
  /** Number of the template. */
  definition: number;
  /** Name, shorter than 64 bytes. */
  name?: string;
  /** Container. */
  container?: 'mp4' | 'flv' | 'hls';
  /** Description, shorter than 256 bytes. */
  comment?: string;
  /** 1 leaves the picture out; video.* then has no effect. */
  isFiltrateVideo?: boolean;
  /** 1 leaves the sound out; audio.* then has no effect. */
  isFiltrateAudio?: boolean;
  video?: {
    /** H.264 or H.265. H.265 needs width and height, at most 640 × 480, and no FLV. */
    codec?: 'libx264' | 'libx265';
    /** Frames per second, 1 to 120. Below 0: at most. */
    fps?: number;
    /** open: width is of the longer edge, height of the shorter one, which are bounds of a picture that keeps its shape. close: both are taken literally. New templates: open. */
    resolutionSelfAdapting?: 'open' | 'close';
    /** px, 128 to 1920. 0 with the other given: in proportion. 0 for both: as the source. Below 0: at most. */
    width?: number;
    /** px, 128 to 1920; with open no more than width. 0 with the other given: in proportion. 0 for both: as the source. Below 0: at most. */
    height?: number;
    /** kbit/s, 128 to 10000. Below 0: at most. New templates without: that of the source, at most 10000. */
    bitrate?: number;
    /** Shortest distance of key frames, s; where it is at most half of the longest, they come where scenes change. */
    minGop?: number;
    /** Longest distance of key frames, s. Never given: 250 frames. */
    maxGop?: number;
    /** Of H.264; H.265 is always main. Never given: high. */
    videoProfile?: 'baseline' | 'main' | 'high';
    /** 8 or 10 bit a sample; 10 with H.265 only. */
    colorSpace?: 'yuv420p' | 'yuv420p10le';
    /** 1 deinterlaces, 0 never does. Never given: where the source is. */
    deinterlaced?: boolean;
    /** 0: one pass. 1: two. */
    videoRateControl?: boolean;
  };
  denoise?: {
    /** 1 removes noise. */
    enable?: boolean;
  };
  audio?: {
    /** AAC or MP3; either goes with each container. */
    codec?: 'libfdk_aac' | 'libmp3lame';
    /** kbit/s, 26 to 256; MP3 from 32 on. Below 0: at most. */
    bitrate?: number;
    /** Hz, 44100 or 48000. Below 0: at most. */
    sampleRate?: number;
    /** 1: mono. 2: stereo. New templates: 2. */
    soundSystem?: 1 | 2;
    /** What resamples sources of more than two channels. */
    audioResampler?: 'soxr';
    /** 1 mixes the centre of sources of more than four channels in 3 dB louder. */
    audioDownmixMode?: boolean;
  };
}

/** What UpdateTranscodeTemplate answers. */
export interface UpdateTranscodeTemplateResult {
  data: null;
}

/** Parameters of UpdateWatermarkTemplate. Changes a watermark template; what is not given stays as it is. */
export interface UpdateWatermarkTemplateParams {
  /** Number of the template. */
  definition: number;
  /** Name, at most 64 bytes. */
  name?: string;
  /** Description, at most 1024 bytes. */
  comment?: string;
  /** What it is. */
  type?: 'image';
  /** The picture: the address that ApplyUploadWatermark gave, signature and all, or that of a picture uploaded otherwise. The scheme may be missing; other services are not asked for pictures. */
  url?: string;
  /** From the left edge of the video to that of the picture. Such as 10% of the video, or 20px. */
  left?: string;
  /** From the upper edge of the video to that of the picture. Such as 10% of the video, or 20px. */
  top?: string;
  /** Width of the picture. Such as 10% of the video, or 20px. */
  width?: string;
  /** Height of the picture; 0px keeps its shape. Such as 10% of the video, or 20px. */
  height?: string;
}

/** What UpdateWatermarkTemplate answers. */
export type UpdateWatermarkTemplateResult = Record<never, never>;

/** Parameters of CreateSimpleAesTemplate. Makes an encryption template: HLS with AES-128, and the address where players fetch the key. An application has at most 10. */
export interface CreateSimpleAesTemplateParams {
  /** Address of the key server, http or https: your own, or `<public address>/drm/getkey` for the built-in one. */
  get_key_url: string;
}

/** What CreateSimpleAesTemplate answers. */
export interface CreateSimpleAesTemplateResult {
  data: {
    /** Number of the new template, from 10 on. */
    definition: number;
  };
}

/** Parameters of DescribeDrmDataKey. Turns encrypted data keys into the keys that media is encrypted with, for a key server. */
export interface DescribeDrmDataKeyParams {
  /** Encrypted data keys, as in playlists and events: Base64, so `+`, `/` and `=` are to be percent-encoded. */
  edkList: Array<string>;
}

/** What DescribeDrmDataKey answers. */
export interface DescribeDrmDataKeyResult {
  data: {
    /** In the order of the request. */
    keyList: Array<{
      /** As it was sent. */
      edk: string;
      /** Base64 of the 16 bytes of the key. */
      dk: string;
    }>;
  };
  /** The same list, where one client looks for it. */
  edkList?: Array<{
    /** As it was sent. */
    edk: string;
    /** Base64 of the 16 bytes of the key. */
    dk: string;
  }>;
}

/** Parameters of ModifySimpleAesTemplate. Changes the address of the key server of an encryption template. */
export interface ModifySimpleAesTemplateParams {
  /** Number of the template. */
  definition: number;
  /** New address of the key server, http or https. */
  get_key_url: string;
}

/** What ModifySimpleAesTemplate answers. */
export interface ModifySimpleAesTemplateResult {
  data: {
    /** The same number. */
    definition: number;
  };
}

/** Parameters of QuerySimpleAesTemplate. Lists the encryption templates of the application. */
export type QuerySimpleAesTemplateParams = Record<never, never>;

/** What QuerySimpleAesTemplate answers. */
export interface QuerySimpleAesTemplateResult {
  /** By number. */
  data: Array<{
    /** Number of the template. */
    definition: number;
    /** Address of the key server. */
    get_key_url: string;
  }>;
}

/** Parameters of GetProcedureInfo. Returns how far one task flow of the last 72 hours has come; an older form of GetTaskInfo. */
export interface GetProcedureInfoParams {
  /** Id of the task flow. */
  vodTaskId: string;
}

/** What GetProcedureInfo answers. */
export interface GetProcedureInfoResult {
  /** The same id. */
  vodTaskId: string;
  status: 'PROCESSING' | 'FINISH';
  /** 0: ok, otherwise failed. */
  errCode: number;
  fileId: string;
  /** What probing found in the source; as in the event ProcedureStateChanged. */
  metaData: Record<string, unknown>;
  /** Only when encryption was asked for; as in the event ProcedureStateChanged. */
  drm?: Record<string, unknown>;
  contentReviewList?: Array<Record<string, unknown>>;
  aIAnalysisList?: Array<Record<string, unknown>>;
  processTaskList: Array<Record<string, unknown>>;
}

/** Parameters of GetTaskCountInQueue. Counts the tasks that wait. */
export type GetTaskCountInQueueParams = Record<never, never>;

/** What GetTaskCountInQueue answers. */
export interface GetTaskCountInQueueResult {
  /** Waiting tasks. */
  num: number;
}

/** Parameters of GetTaskInfo. Returns state, times and full detail of one task of the last 72 hours. */
export interface GetTaskInfoParams {
  /** Id that the starting call returned. */
  vodTaskId: string;
}

/** What GetTaskInfo answers. */
export interface GetTaskInfoResult {
  status: 'WAITING' | 'PROCESSING' | 'FINISHED';
  /** procedure is a task flow; the others are single tasks. The last three names are ours: the documents have none. */
  type: 'procedure' | 'transcode' | 'pull' | 'clip' | 'concat' | 'snapshotByTimeOffset' | 'imageSprite';
  /** Unix seconds. */
  createTime: number;
  /** Unix seconds; 0 while waiting. */
  beginProcessTime: number;
  /** Last change of the task, Unix seconds. */
  finishTime: number;
  /** As the data of the matching event: procedure ProcedureStateChanged, transcode TranscodeComplete, pull PullComplete, clip ClipComplete, concat ConcatComplete, snapshotByTimeOffset CreateSnapshotByTimeOffsetComplete, imageSprite CreateImageSpriteComplete. While a single task is not finished its data.status is WAITING or PROCESSING. */
  data: Record<string, unknown>;
}

/** Parameters of GetTaskList. Lists the tasks of the last 72 hours, grouped by status. */
export interface GetTaskListParams {
  /** Only tasks of this video. */
  fileId?: string;
  /** Only this group; all three when left out. Matched without regard to case. */
  status?: 'WAITING' | 'PROCESSING' | 'FINISHED';
  /** Tasks in each group. Default 10. */
  maxCount?: number;
  /** Goes on after this: next of the WAITING group in the answer before. */
  nextForWaiting?: string;
  /** Goes on after this: next of the PROCESSING group in the answer before. */
  nextForProcessing?: string;
  /** Goes on after this: next of the FINISHED group in the answer before. */
  nextForFinished?: string;
  /** Older form: only this task. */
  vodTaskId?: string;
  /** Older form: by creation time; asc when left out. */
  order?: 'asc' | 'desc';
  /** Older form: goes on after this creation time, Unix seconds, or after the task of this id. */
  next?: string;
  /** Older form: only tasks created after this, Unix seconds. */
  startTime?: number;
  /** Older form: only tasks created before this, Unix seconds. */
  endTime?: number;
  /** Older form: how many. Default 10. */
  size?: number;
}

/** What GetTaskList answers. */
export interface GetTaskListResult {
  /** One element a status group, empty groups included. */
  data: Array<{
    status: 'WAITING' | 'PROCESSING' | 'FINISHED';
    /** Cursor of the group; empty when it is exhausted. */
    next: string;
    taskList: Array<{
      vodTaskId: string;
      /** procedure, transcode, pull, clip, concat, snapshotByTimeOffset or imageSprite. */
      type: string;
      /** Unix seconds. */
      createTime: number;
      /** Unix seconds; 0 while waiting. */
      beginProcessTime: number;
      /** Last change of the task, Unix seconds. */
      finishTime: number;
    }>;
    /** The same; documents use both names. */
    vodTaskList?: Array<{
      vodTaskId: string;
      /** procedure, transcode, pull, clip, concat, snapshotByTimeOffset or imageSprite. */
      type: string;
      /** Unix seconds. */
      createTime: number;
      /** Unix seconds; 0 while waiting. */
      beginProcessTime: number;
      /** Last change of the task, Unix seconds. */
      finishTime: number;
    }>;
  }>;
  /** The list of the older form, when one of its parameters is given. */
  vodTaskList?: Array<{
    vodTaskId: string;
    /** procedure, transcode, pull, clip or concat. */
    type: string;
    /** A task that waits is PROCESSING. */
    status: 'PROCESSING' | 'FINISH';
    /** Unix seconds. */
    createTime: number;
    /** Last change, Unix seconds. */
    updateTime: number;
  }>;
  /** The same; documents use both names. */
  procedureList?: Array<{
    vodTaskId: string;
    /** procedure, transcode, pull, clip or concat. */
    type: string;
    /** A task that waits is PROCESSING. */
    status: 'PROCESSING' | 'FINISH';
    /** Unix seconds. */
    createTime: number;
    /** Last change, Unix seconds. */
    updateTime: number;
  }>;
}

/** Parameters of GetTaskListByFileId. Lists the tasks of one video of the last 72 hours. */
export interface GetTaskListByFileIdParams {
  /** Which video. */
  fileId: string;
  /** By creation time. Default asc. */
  order?: 'asc' | 'desc';
  /** Goes on after this creation time, Unix seconds: later ones with asc, earlier ones with desc. */
  next?: number;
  /** Only tasks created after this, Unix seconds. */
  startTime?: number;
  /** Only tasks created before this, Unix seconds. */
  endTime?: number;
  /** How many. Default 10. */
  size?: number;
  /** Only these. A task that waits is Processing. */
  status?: 'Processing' | 'Finish';
}

/** What GetTaskListByFileId answers. */
export interface GetTaskListByFileIdResult {
  vodTaskList: Array<{
    vodTaskId: string;
    /** procedure, transcode, pull, clip or concat. */
    type: string;
    /** A task that waits is PROCESSING. */
    status: 'PROCESSING' | 'FINISH';
    /** Unix seconds. */
    createTime: number;
    /** Last change, Unix seconds. */
    updateTime: number;
  }>;
  /** The same; documents use both names. */
  procedureList?: Array<{
    vodTaskId: string;
    /** procedure, transcode, pull, clip or concat. */
    type: string;
    /** A task that waits is PROCESSING. */
    status: 'PROCESSING' | 'FINISH';
    /** Unix seconds. */
    createTime: number;
    /** Last change, Unix seconds. */
    updateTime: number;
  }>;
}

/** Parameters of GetVodTaskStatus. Says how far some tasks of the last 72 hours are, in a word for each. */
export interface GetVodTaskStatusParams {
  /** The tasks. */
  taskId: Array<string>;
}

/** What GetVodTaskStatus answers. */
export interface GetVodTaskStatusResult {
  /** One element for each id, in their order. */
  taskList: Array<{
    taskId: string;
    status: 'Queuing' | 'Processing' | 'Finished' | 'NotFound';
  }>;
}

/** Parameters of RedoTask. Runs an ended task of the last 72 hours again under the same id; success overwrites its result. */
export interface RedoTaskParams {
  /** Task to run again. */
  vodTaskId: string;
}

/** What RedoTask answers. */
export type RedoTaskResult = Record<never, never>;

/** Parameters of TaskStatusStat. Counts the tasks of the last 72 hours by status. */
export interface TaskStatusStatParams {
  /** Only this one; all when left out. */
  status?: 'WAITING' | 'PROCESSING' | 'FINISHED';
}

/** What TaskStatusStat answers. */
export interface TaskStatusStatResult {
  /** One element a status, also where there is none. */
  data: Array<{
    status: 'WAITING' | 'PROCESSING' | 'FINISHED';
    /** Number of tasks. */
    totalCount: number;
  }>;
}

/** Parameters of ConfirmEvent. Acknowledges pulled events, so that they are not delivered again. */
export interface ConfirmEventParams {
  /** Handles from PullEvent. */
  msgHandle: Array<string>;
}

/** What ConfirmEvent answers. */
export type ConfirmEventResult = Record<never, never>;

/** Parameters of PullEvent. Fetches events that were not confirmed yet; waits up to 5 seconds for one. */
export type PullEventParams = Record<never, never>;

/** What PullEvent answers. */
export interface PullEventResult {
  eventList: Array<{
    /** Handle of this delivery, for ConfirmEvent. */
    msgHandle: string;
    /** The event, as an HTTP callback would carry it. */
    eventContent: {
      /** "4.0". */
      version: string;
      eventType: string;
      /** As the events pages describe it. */
      data: Record<string, unknown>;
    };
  }>;
}

/** Parameters of DescribeCdnDetailStat. Playback traffic by domain over time. */
export interface DescribeCdnDetailStatParams {
  /** Domains, at most 20; none means all of the application. */
  hosts?: Array<string>;
  /** First day, yyyy-MM-dd; at most 90 days back. */
  startDate: string;
  /** Last day, yyyy-MM-dd. */
  endDate: string;
  /** flux (bytes), bandwidth (bit/s), requests, hitrate (1/10000) or ip_visits (different addresses). */
  statType: string;
  /** Minutes a point, where startDate and endDate are the same; 5 when left out. Else there is a point a day. */
  interval?: 5 | 30 | 60 | 120;
}

/** What DescribeCdnDetailStat answers. */
export interface DescribeCdnDetailStatResult {
  data: {
    /** Minutes a point; 1440 for days. */
    interval: number;
    /** As asked. */
    statType: string;
    hostData: Array<{
      /** Domain. */
      host: string;
      /** A point for each interval that has begun, oldest first. */
      domesticData: Array<{
        /** Beginning, Unix time in seconds. */
        timeStamp: number;
        value: number;
      }>;
      /** Never sent: all nodes count as domestic. */
      overseaData?: Array<{
        /** Beginning, Unix time in seconds. */
        timeStamp: number;
        value: number;
      }>;
    }>;
  };
}

/** Parameters of DescribeCdnRegionIspDetailStat. Playback traffic of one day by domain, region and carrier, every five minutes. */
export interface DescribeCdnRegionIspDetailStatParams {
  /** Domains, at most 20; none means all of the application. */
  hosts?: Array<string>;
  /** Day, yyyy-MM-dd; at most 60 days back. */
  date: string;
  /** flux (bytes), bandwidth (bit/s) or requests. */
  statType: string;
  /** English names of regions, as the page of the original spells them (Inner Mongoria); none means all. */
  regionNames?: Array<string>;
  /** English names of carriers, as the page of the original spells them (Oevrsea Isp); none means all. */
  ispNames?: Array<string>;
}

/** What DescribeCdnRegionIspDetailStat answers. */
export interface DescribeCdnRegionIspDetailStatResult {
  data: {
    /** As asked. */
    statType: string;
    /** Ours: 1 when there is a database that knows regions; with 0 every region is Other. */
    regionsKnown?: number;
    /** Ours: 1 when there is a database that knows carriers; with 0 every carrier in China is Other. */
    ispsKnown?: number;
    hostData: Array<{
      /** Domain. */
      host: string;
      /** Pairs of region and carrier that there are figures of. */
      regionIspData: Array<{
        regionEngName: string;
        regionZhName: string;
        ispEngName: string;
        ispZhName: string;
        /** Five minutes with requests, oldest first. */
        statData: Array<{
          /** Beginning, Unix time in seconds. */
          timeStamp: number;
          value: number;
        }>;
      }>;
    }>;
  };
}

/** Parameters of DescribeCdnStat. Totals of playback traffic by domain over some days. */
export interface DescribeCdnStatParams {
  /** Domains, at most 20; none means all of the application. */
  hosts?: Array<string>;
  /** First day, yyyy-MM-dd; at most 90 days back. */
  startDate: string;
  /** Last day, yyyy-MM-dd. */
  endDate: string;
  /** flux (bytes), bandwidth (bit/s), requests, hitrate (1/10000) or ip_visits (different addresses). */
  statType: string;
}

/** What DescribeCdnStat answers. */
export interface DescribeCdnStatResult {
  /** As asked. */
  statType: string;
  data: Array<{
    /** Domain. */
    host: string;
    /** flux and requests: sums; bandwidth: peak; hitrate: mean. */
    domesticValue: number;
    /** Never sent: all nodes count as domestic. */
    overseaValue?: number;
  }>;
}

/** Parameters of DescribePlayStatTopFiles. The 100 most played videos of a day. The shape is our own. */
export interface DescribePlayStatTopFilesParams {
  /** Day, yyyy-MM-dd; at most 90 days back. */
  date: string;
  /** Of this domain only; empty for all. */
  host?: string;
}

/** What DescribePlayStatTopFiles answers. */
export interface DescribePlayStatTopFilesResult {
  /** At most 100, most plays first. */
  data: Array<{
    fileId: string;
    /** Empty when the video is gone. */
    name: string;
    /** Bytes of the source; 0 when the video is gone. */
    size: number;
    /** Seconds; 0 when the video is gone. */
    duration: number;
    /** YYYY-MM-DD hh:mm:ss, UTC+8; empty when the video is gone. */
    createTime: string;
    /** Plays. */
    playTimes: number;
    /** Traffic, bytes. */
    flux: number;
  }>;
}

/** Parameters of DescribeStorage. How much the files of the application take now. The shape is our own. */
export type DescribeStorageParams = Record<never, never>;

/** What DescribeStorage answers. */
export interface DescribeStorageResult {
  data: {
    /** Bytes. */
    used_space: number;
  };
}

/** Parameters of DescribeTranscodeStat. What was transcoded on each day, by codec. The shape is our own. */
export interface DescribeTranscodeStatParams {
  /** First day, yyyy-MM-dd; at most 365 days back. */
  startDate: string;
  /** Last day, yyyy-MM-dd. */
  endDate: string;
}

/** What DescribeTranscodeStat answers. */
export interface DescribeTranscodeStatResult {
  /** Days on which something was made, oldest first. */
  data: Array<{
    /** Day, yyyy-MM-dd. */
    date: string;
    list: Array<{
      /** Codec of the picture, of the sound where there is none: h264, hevc, mp3. */
      format: string;
      /** Of what was made, seconds. */
      duration: number;
      /** Renditions. */
      count: number;
    }>;
  }>;
}

/** Parameters of DescribeVodHosts. Domains that the videos of the application are delivered under. The shape is our own. */
export type DescribeVodHostsParams = Record<never, never>;

/** What DescribeVodHosts answers. */
export interface DescribeVodHostsResult {
  data: Array<{
    /** Domain; `other` for all that are not told apart. */
    host: string;
    /** online: something was delivered under it in the last 90 days; unused: not yet. */
    status: string;
    /** Day of the first delivery, yyyy-MM-dd; empty for none. */
    firstDate: string;
    /** Day of the last delivery, yyyy-MM-dd; empty for none. */
    lastDate: string;
  }>;
}

/** Parameters of DescribeVodStorage. How much the files of the application take now. */
export type DescribeVodStorageParams = Record<never, never>;

/** What DescribeVodStorage answers. */
export interface DescribeVodStorageResult {
  data: {
    /** Bytes. */
    used_space: number;
  };
}

/** Parameters of GetCdnLogList. Addresses of the access log, one file for a domain, an hour and a node. The shape is our own. */
export interface GetCdnLogListParams {
  /** Of this domain only; empty for all. */
  host?: string;
  /** Domains, at most 20; none means all of the application. */
  hosts?: Array<string>;
  /** First day, yyyy-MM-dd; at most 30 days back. */
  startDate: string;
  /** Last day, yyyy-MM-dd. */
  endDate: string;
}

/** What GetCdnLogList answers. */
export interface GetCdnLogListResult {
  /** Hours in which something was delivered, oldest first. */
  data: Array<{
    /** Domain. */
    host: string;
    /** Name of the file. */
    name: string;
    /** Day, yyyy-MM-dd. */
    date: string;
    /** YYYY-MM-DD hh:mm:ss, UTC+8. */
    startTime: string;
    /** YYYY-MM-DD hh:mm:ss, UTC+8. */
    endTime: string;
    /** Bytes. */
    size: number;
    /** Good for 24 hours. */
    url: string;
  }>;
}

/** Parameters of GetPlayStatLogList. Addresses of files with the plays of each day: CSV, compressed with gzip. */
export interface GetPlayStatLogListParams {
  /** First day, YYYY-MM-DD; at most 30 days back. */
  from: string;
  /** Last day, YYYY-MM-DD. */
  to: string;
}

/** What GetPlayStatLogList answers. */
export interface GetPlayStatLogListResult {
  /** Days that have a file, oldest first. */
  fileList: Array<{
    /** Day, YYYY-MM-DD. */
    date: string;
    /** Good for 24 hours. */
    url: string;
  }>;
}

/** Parameters of GetUserStatus. State of the application. The shape is our own. */
export type GetUserStatusParams = Record<never, never>;

/** What GetUserStatus answers. */
export interface GetUserStatusResult {
  data: {
    /** Which application the call means. */
    appId: string;
    /** Always normal: the calls of one that is switched off answer 4300. */
    status: string;
    /** YYYY-MM-DD hh:mm:ss, UTC+8. */
    createTime: string;
  };
}

/** Parameters of GetVodFileCount. How many videos the application has. The shape is our own. */
export type GetVodFileCountParams = Record<never, never>;

/** What GetVodFileCount answers. */
export interface GetVodFileCountResult {
  data: {
    /** Videos. */
    count: number;
  };
}

/** Parameters of GetVodFileStatInfo. Plays and traffic by video over some hours or days. */
export interface GetVodFileStatInfoParams {
  /** Beginning, YYYY-MM-DD HH:MM:SS, of which the hour counts; a date alone is 00:00:00. */
  from: string;
  /** The last hour, YYYY-MM-DD HH:MM:SS; a date alone is 23:00:00. */
  to: string;
  /** One video only: its fileId, or its name. */
  searchName?: string;
  /** Plays, or traffic. Default playtimes. */
  orderBy?: 'playtimes' | 'flux';
  /** 0 ascending, 1 descending. Default 0. */
  orderType?: 0 | 1;
  /** Page, counted from 1; 0 counts as 1. Default 1. */
  pageNo?: number;
  /** Videos a page. Default 10. */
  pageSize?: number;
}

/** What GetVodFileStatInfo answers. */
export interface GetVodFileStatInfoResult {
  /** Videos with statistics, on all pages. */
  totalCount: number;
  /** Plays of all of them. */
  totalPlayTimes: number;
  /** Traffic of all of them, bytes. */
  totalFlux: number;
  list: Array<{
    fileId: string;
    /** Empty when the video is gone. */
    name: string;
    /** Bytes of the source; 0 when the video is gone. */
    size: number;
    /** Seconds; 0 when the video is gone. */
    duration: number;
    /** YYYY-MM-DD hh:mm:ss, UTC+8; empty when the video is gone. */
    createTime: string;
    /** Plays. */
    playTimes: number;
    /** Traffic, bytes. */
    flux: number;
  }>;
}

/** Parameters of RegisterVod. Opens the service for an account: whoever can call has it, and is told so. The shape is our own. */
export type RegisterVodParams = Record<never, never>;

/** What RegisterVod answers. */
export interface RegisterVodResult {
  data: {
    /** Which application the call means. */
    appId: string;
    /** Always 0: accounts are made by the operator, with their first key. */
    isNew: number;
  };
}

export interface ActionMap {
  AddKeyFrameDesc: { params: AddKeyFrameDescParams; result: AddKeyFrameDescResult };
  CreateVodTags: { params: CreateVodTagsParams; result: CreateVodTagsResult };
  DeleteKeyFrameDesc: { params: DeleteKeyFrameDescParams; result: DeleteKeyFrameDescResult };
  DeleteVodFile: { params: DeleteVodFileParams; result: DeleteVodFileResult };
  DeleteVodTags: { params: DeleteVodTagsParams; result: DeleteVodTagsResult };
  DescribeRecordPlayInfo: { params: DescribeRecordPlayInfoParams; result: DescribeRecordPlayInfoResult };
  DescribeVodCover: { params: DescribeVodCoverParams; result: DescribeVodCoverResult };
  DescribeVodInfo: { params: DescribeVodInfoParams; result: DescribeVodInfoResult };
  DescribeVodPlayInfo: { params: DescribeVodPlayInfoParams; result: DescribeVodPlayInfoResult };
  DescribeVodPlayUrls: { params: DescribeVodPlayUrlsParams; result: DescribeVodPlayUrlsResult };
  GetVideoInfo: { params: GetVideoInfoParams; result: GetVideoInfoResult };
  ModifyVodInfo: { params: ModifyVodInfoParams; result: ModifyVodInfoResult };
  CreateClass: { params: CreateClassParams; result: CreateClassResult };
  DeleteClass: { params: DeleteClassParams; result: DeleteClassResult };
  DescribeAllClass: { params: DescribeAllClassParams; result: DescribeAllClassResult };
  DescribeClass: { params: DescribeClassParams; result: DescribeClassResult };
  ModifyClass: { params: ModifyClassParams; result: ModifyClassResult };
  FinishUpload: { params: FinishUploadParams; result: FinishUploadResult };
  InitUpload: { params: InitUploadParams; result: InitUploadResult };
  MultiPullVodFile: { params: MultiPullVodFileParams; result: MultiPullVodFileResult };
  MultipartUploadVodFile: { params: MultipartUploadVodFileParams; result: MultipartUploadVodFileResult };
  Report: { params: ReportParams; result: ReportResult };
  SmallFileUpload: { params: SmallFileUploadParams; result: SmallFileUploadResult };
  UploadPart: { params: UploadPartParams; result: UploadPartResult };
  ClipVideo: { params: ClipVideoParams; result: ClipVideoResult };
  ConcatVideo: { params: ConcatVideoParams; result: ConcatVideoResult };
  ConvertVodFile: { params: ConvertVodFileParams; result: ConvertVodFileResult };
  CreateImageSprite: { params: CreateImageSpriteParams; result: CreateImageSpriteResult };
  CreateSnapshotByTimeOffset: {
    params: CreateSnapshotByTimeOffsetParams;
    result: CreateSnapshotByTimeOffsetResult;
  };
  ProcessFile: { params: ProcessFileParams; result: ProcessFileResult };
  ProcessFileByProcedure: { params: ProcessFileByProcedureParams; result: ProcessFileByProcedureResult };
  RunProcedure: { params: RunProcedureParams; result: RunProcedureResult };
  SimpleClipHls: { params: SimpleClipHlsParams; result: SimpleClipHlsResult };
  SimpleConcatHls: { params: SimpleConcatHlsParams; result: SimpleConcatHlsResult };
  ApplyUploadWatermark: { params: ApplyUploadWatermarkParams; result: ApplyUploadWatermarkResult };
  CreateTranscodeTemplate: { params: CreateTranscodeTemplateParams; result: CreateTranscodeTemplateResult };
  CreateWatermarkTemplate: { params: CreateWatermarkTemplateParams; result: CreateWatermarkTemplateResult };
  DeleteTranscodeTemplate: { params: DeleteTranscodeTemplateParams; result: DeleteTranscodeTemplateResult };
  DeleteWatermarkTemplate: { params: DeleteWatermarkTemplateParams; result: DeleteWatermarkTemplateResult };
  GetWatermarkList: { params: GetWatermarkListParams; result: GetWatermarkListResult };
  QueryTranscodeTemplate: { params: QueryTranscodeTemplateParams; result: QueryTranscodeTemplateResult };
  QueryTranscodeTemplateList: {
    params: QueryTranscodeTemplateListParams;
    result: QueryTranscodeTemplateListResult;
  };
  QueryWatermarkTemplate: { params: QueryWatermarkTemplateParams; result: QueryWatermarkTemplateResult };
  QueryWatermarkTemplateList: {
    params: QueryWatermarkTemplateListParams;
    result: QueryWatermarkTemplateListResult;
  };
  UpdateTranscodeTemplate: { params: UpdateTranscodeTemplateParams; result: UpdateTranscodeTemplateResult };
  UpdateWatermarkTemplate: { params: UpdateWatermarkTemplateParams; result: UpdateWatermarkTemplateResult };
  CreateSimpleAesTemplate: { params: CreateSimpleAesTemplateParams; result: CreateSimpleAesTemplateResult };
  DescribeDrmDataKey: { params: DescribeDrmDataKeyParams; result: DescribeDrmDataKeyResult };
  ModifySimpleAesTemplate: { params: ModifySimpleAesTemplateParams; result: ModifySimpleAesTemplateResult };
  QuerySimpleAesTemplate: { params: QuerySimpleAesTemplateParams; result: QuerySimpleAesTemplateResult };
  GetProcedureInfo: { params: GetProcedureInfoParams; result: GetProcedureInfoResult };
  GetTaskCountInQueue: { params: GetTaskCountInQueueParams; result: GetTaskCountInQueueResult };
  GetTaskInfo: { params: GetTaskInfoParams; result: GetTaskInfoResult };
  GetTaskList: { params: GetTaskListParams; result: GetTaskListResult };
  GetTaskListByFileId: { params: GetTaskListByFileIdParams; result: GetTaskListByFileIdResult };
  GetVodTaskStatus: { params: GetVodTaskStatusParams; result: GetVodTaskStatusResult };
  RedoTask: { params: RedoTaskParams; result: RedoTaskResult };
  TaskStatusStat: { params: TaskStatusStatParams; result: TaskStatusStatResult };
  ConfirmEvent: { params: ConfirmEventParams; result: ConfirmEventResult };
  PullEvent: { params: PullEventParams; result: PullEventResult };
  DescribeCdnDetailStat: { params: DescribeCdnDetailStatParams; result: DescribeCdnDetailStatResult };
  DescribeCdnRegionIspDetailStat: {
    params: DescribeCdnRegionIspDetailStatParams;
    result: DescribeCdnRegionIspDetailStatResult;
  };
  DescribeCdnStat: { params: DescribeCdnStatParams; result: DescribeCdnStatResult };
  DescribePlayStatTopFiles: {
    params: DescribePlayStatTopFilesParams;
    result: DescribePlayStatTopFilesResult;
  };
  DescribeStorage: { params: DescribeStorageParams; result: DescribeStorageResult };
  DescribeTranscodeStat: { params: DescribeTranscodeStatParams; result: DescribeTranscodeStatResult };
  DescribeVodHosts: { params: DescribeVodHostsParams; result: DescribeVodHostsResult };
  DescribeVodStorage: { params: DescribeVodStorageParams; result: DescribeVodStorageResult };
  GetCdnLogList: { params: GetCdnLogListParams; result: GetCdnLogListResult };
  GetPlayStatLogList: { params: GetPlayStatLogListParams; result: GetPlayStatLogListResult };
  GetUserStatus: { params: GetUserStatusParams; result: GetUserStatusResult };
  GetVodFileCount: { params: GetVodFileCountParams; result: GetVodFileCountResult };
  GetVodFileStatInfo: { params: GetVodFileStatInfoParams; result: GetVodFileStatInfoResult };
  RegisterVod: { params: RegisterVodParams; result: RegisterVodResult };
}

export type ActionName = keyof ActionMap;

/** What there is to know of an action to call it. */
export interface ActionFacts {
  /** `text`: parameters in query or form; `upload`: in the query, beside a raw body. */
  protocol: 'text' | 'upload' | 'ugc';
  /** Whether sending it again, without an answer to the first, can do no harm. */
  repeatable: boolean;
  /** Codes that mean success. */
  successCodes: readonly number[];
}

export const ACTIONS: { readonly [N in ActionName]: ActionFacts } = {
  AddKeyFrameDesc: { protocol: 'text', repeatable: true, successCodes: [0] },
  CreateVodTags: { protocol: 'text', repeatable: true, successCodes: [0] },
  DeleteKeyFrameDesc: { protocol: 'text', repeatable: true, successCodes: [0] },
  DeleteVodFile: { protocol: 'text', repeatable: true, successCodes: [0] },
  DeleteVodTags: { protocol: 'text', repeatable: true, successCodes: [0] },
  DescribeRecordPlayInfo: { protocol: 'text', repeatable: true, successCodes: [0] },
  DescribeVodCover: { protocol: 'text', repeatable: true, successCodes: [0] },
  DescribeVodInfo: { protocol: 'text', repeatable: true, successCodes: [0] },
  DescribeVodPlayInfo: { protocol: 'text', repeatable: true, successCodes: [0] },
  DescribeVodPlayUrls: { protocol: 'text', repeatable: true, successCodes: [0] },
  GetVideoInfo: { protocol: 'text', repeatable: true, successCodes: [0] },
  ModifyVodInfo: { protocol: 'text', repeatable: true, successCodes: [0] },
  CreateClass: { protocol: 'text', repeatable: false, successCodes: [0] },
  DeleteClass: { protocol: 'text', repeatable: true, successCodes: [0] },
  DescribeAllClass: { protocol: 'text', repeatable: true, successCodes: [0] },
  DescribeClass: { protocol: 'text', repeatable: true, successCodes: [0] },
  ModifyClass: { protocol: 'text', repeatable: true, successCodes: [0] },
  FinishUpload: { protocol: 'upload', repeatable: true, successCodes: [0] },
  InitUpload: { protocol: 'upload', repeatable: true, successCodes: [0, 1, 2] },
  MultiPullVodFile: { protocol: 'text', repeatable: false, successCodes: [0] },
  MultipartUploadVodFile: { protocol: 'upload', repeatable: true, successCodes: [0] },
  Report: { protocol: 'upload', repeatable: true, successCodes: [0] },
  SmallFileUpload: { protocol: 'upload', repeatable: true, successCodes: [0] },
  UploadPart: { protocol: 'upload', repeatable: true, successCodes: [0] },
  ClipVideo: { protocol: 'text', repeatable: false, successCodes: [0] },
  ConcatVideo: { protocol: 'text', repeatable: false, successCodes: [0] },
  ConvertVodFile: { protocol: 'text', repeatable: false, successCodes: [0] },
  CreateImageSprite: { protocol: 'text', repeatable: false, successCodes: [0] },
  CreateSnapshotByTimeOffset: { protocol: 'text', repeatable: false, successCodes: [0] },
  ProcessFile: { protocol: 'text', repeatable: false, successCodes: [0] },
  ProcessFileByProcedure: { protocol: 'text', repeatable: false, successCodes: [0] },
  RunProcedure: { protocol: 'text', repeatable: false, successCodes: [0] },
  SimpleClipHls: { protocol: 'text', repeatable: false, successCodes: [0] },
  SimpleConcatHls: { protocol: 'text', repeatable: false, successCodes: [0] },
  ApplyUploadWatermark: { protocol: 'text', repeatable: false, successCodes: [0] },
  CreateTranscodeTemplate: { protocol: 'text', repeatable: false, successCodes: [0] },
  CreateWatermarkTemplate: { protocol: 'text', repeatable: false, successCodes: [0] },
  DeleteTranscodeTemplate: { protocol: 'text', repeatable: true, successCodes: [0] },
  DeleteWatermarkTemplate: { protocol: 'text', repeatable: true, successCodes: [0] },
  GetWatermarkList: { protocol: 'text', repeatable: true, successCodes: [0] },
  QueryTranscodeTemplate: { protocol: 'text', repeatable: true, successCodes: [0] },
  QueryTranscodeTemplateList: { protocol: 'text', repeatable: true, successCodes: [0] },
  QueryWatermarkTemplate: { protocol: 'text', repeatable: true, successCodes: [0] },
  QueryWatermarkTemplateList: { protocol: 'text', repeatable: true, successCodes: [0] },
  UpdateTranscodeTemplate: { protocol: 'text', repeatable: true, successCodes: [0] },
  UpdateWatermarkTemplate: { protocol: 'text', repeatable: true, successCodes: [0] },
  CreateSimpleAesTemplate: { protocol: 'text', repeatable: false, successCodes: [0] },
  DescribeDrmDataKey: { protocol: 'text', repeatable: true, successCodes: [0] },
  ModifySimpleAesTemplate: { protocol: 'text', repeatable: true, successCodes: [0] },
  QuerySimpleAesTemplate: { protocol: 'text', repeatable: true, successCodes: [0] },
  GetProcedureInfo: { protocol: 'text', repeatable: true, successCodes: [0] },
  GetTaskCountInQueue: { protocol: 'text', repeatable: true, successCodes: [0] },
  GetTaskInfo: { protocol: 'text', repeatable: true, successCodes: [0] },
  GetTaskList: { protocol: 'text', repeatable: true, successCodes: [0] },
  GetTaskListByFileId: { protocol: 'text', repeatable: true, successCodes: [0] },
  GetVodTaskStatus: { protocol: 'text', repeatable: true, successCodes: [0] },
  RedoTask: { protocol: 'text', repeatable: false, successCodes: [0] },
  TaskStatusStat: { protocol: 'text', repeatable: true, successCodes: [0] },
  ConfirmEvent: { protocol: 'text', repeatable: true, successCodes: [0] },
  PullEvent: { protocol: 'text', repeatable: true, successCodes: [0] },
  DescribeCdnDetailStat: { protocol: 'text', repeatable: true, successCodes: [0] },
  DescribeCdnRegionIspDetailStat: { protocol: 'text', repeatable: true, successCodes: [0] },
  DescribeCdnStat: { protocol: 'text', repeatable: true, successCodes: [0] },
  DescribePlayStatTopFiles: { protocol: 'text', repeatable: true, successCodes: [0] },
  DescribeStorage: { protocol: 'text', repeatable: true, successCodes: [0] },
  DescribeTranscodeStat: { protocol: 'text', repeatable: true, successCodes: [0] },
  DescribeVodHosts: { protocol: 'text', repeatable: true, successCodes: [0] },
  DescribeVodStorage: { protocol: 'text', repeatable: true, successCodes: [0] },
  GetCdnLogList: { protocol: 'text', repeatable: true, successCodes: [0] },
  GetPlayStatLogList: { protocol: 'text', repeatable: true, successCodes: [0] },
  GetUserStatus: { protocol: 'text', repeatable: true, successCodes: [0] },
  GetVodFileCount: { protocol: 'text', repeatable: true, successCodes: [0] },
  GetVodFileStatInfo: { protocol: 'text', repeatable: true, successCodes: [0] },
  RegisterVod: { protocol: 'text', repeatable: true, successCodes: [0] },
};
