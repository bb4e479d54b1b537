// Generated from packages/contract by scripts/generate.ts. Do not edit: change the contract and run `npm run generate`.

/** Parameters of CreateVodTags. Adds one or more tags to a video. */
export interface CreateVodTagsParams {
  /** Which video. */
  fileId: string;
  /** Letters, digits and Chinese characters, at most 8 characters each; 100 a video. */
  tags: Array<string>;
}

/** What CreateVodTags answers. */
export type CreateVodTagsResult = Record<never, never>;

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
  /** Apply the default watermark. Default false. */
  isWatermark?: boolean;
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
    /** Apply the default watermark. Default false. */
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
    /** Encrypts the HLS outputs. */
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

/** Parameters of GetTaskInfo. Returns state, times and full detail of one task of the last 72 hours. */
export interface GetTaskInfoParams {
  /** Id that the starting call returned. */
  vodTaskId: string;
}

/** What GetTaskInfo answers. */
export interface GetTaskInfoResult {
  status: 'WAITING' | 'PROCESSING' | 'FINISHED';
  /** procedure is a task flow; the others are single tasks. The last two names are ours: the documents have none. */
  type: 'procedure' | 'transcode' | 'pull' | 'clip' | 'snapshotByTimeOffset' | 'imageSprite';
  /** Unix seconds. */
  createTime: number;
  /** Unix seconds; 0 while waiting. */
  beginProcessTime: number;
  /** Last change of the task, Unix seconds. */
  finishTime: number;
  /** As the data of the matching event: procedure ProcedureStateChanged, transcode TranscodeComplete, pull PullComplete, clip ClipComplete, snapshotByTimeOffset CreateSnapshotByTimeOffsetComplete, imageSprite CreateImageSpriteComplete. While a transcode is not finished its data.status is WAITING or PROCESSING. */
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
      /** procedure, transcode, pull, clip, snapshotByTimeOffset or imageSprite. */
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
      /** procedure, transcode, pull, clip, snapshotByTimeOffset or imageSprite. */
      type: string;
      /** Unix seconds. */
      createTime: number;
      /** Unix seconds; 0 while waiting. */
      beginProcessTime: number;
      /** Last change of the task, Unix seconds. */
      finishTime: number;
    }>;
  }>;
}

/** Parameters of RedoTask. Runs an ended task of the last 72 hours again under the same id; success overwrites its result. */
export interface RedoTaskParams {
  /** Task to run again. */
  vodTaskId: string;
}

/** What RedoTask answers. */
export type RedoTaskResult = Record<never, never>;

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

export interface ActionMap {
  CreateVodTags: { params: CreateVodTagsParams; result: CreateVodTagsResult };
  DeleteVodFile: { params: DeleteVodFileParams; result: DeleteVodFileResult };
  DeleteVodTags: { params: DeleteVodTagsParams; result: DeleteVodTagsResult };
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
  SmallFileUpload: { params: SmallFileUploadParams; result: SmallFileUploadResult };
  UploadPart: { params: UploadPartParams; result: UploadPartResult };
  ConvertVodFile: { params: ConvertVodFileParams; result: ConvertVodFileResult };
  CreateImageSprite: { params: CreateImageSpriteParams; result: CreateImageSpriteResult };
  CreateSnapshotByTimeOffset: {
    params: CreateSnapshotByTimeOffsetParams;
    result: CreateSnapshotByTimeOffsetResult;
  };
  ProcessFile: { params: ProcessFileParams; result: ProcessFileResult };
  GetTaskInfo: { params: GetTaskInfoParams; result: GetTaskInfoResult };
  GetTaskList: { params: GetTaskListParams; result: GetTaskListResult };
  RedoTask: { params: RedoTaskParams; result: RedoTaskResult };
  ConfirmEvent: { params: ConfirmEventParams; result: ConfirmEventResult };
  PullEvent: { params: PullEventParams; result: PullEventResult };
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
  CreateVodTags: { protocol: 'text', repeatable: true, successCodes: [0] },
  DeleteVodFile: { protocol: 'text', repeatable: true, successCodes: [0] },
  DeleteVodTags: { protocol: 'text', repeatable: true, successCodes: [0] },
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
  SmallFileUpload: { protocol: 'upload', repeatable: true, successCodes: [0] },
  UploadPart: { protocol: 'upload', repeatable: true, successCodes: [0] },
  ConvertVodFile: { protocol: 'text', repeatable: false, successCodes: [0] },
  CreateImageSprite: { protocol: 'text', repeatable: false, successCodes: [0] },
  CreateSnapshotByTimeOffset: { protocol: 'text', repeatable: false, successCodes: [0] },
  ProcessFile: { protocol: 'text', repeatable: false, successCodes: [0] },
  GetTaskInfo: { protocol: 'text', repeatable: true, successCodes: [0] },
  GetTaskList: { protocol: 'text', repeatable: true, successCodes: [0] },
  RedoTask: { protocol: 'text', repeatable: false, successCodes: [0] },
  ConfirmEvent: { protocol: 'text', repeatable: true, successCodes: [0] },
  PullEvent: { protocol: 'text', repeatable: true, successCodes: [0] },
};
