import { GetVideoInfo } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { LibraryActionDeps } from './deps.ts';
import { basicInfoOf } from './views/basic-info.ts';
import { keyFrameDescInfoOf } from './views/key-frame-desc.ts';
import { metaDataOf } from './views/meta-data.ts';
import { transcodeInfoOf } from './views/transcode-info.ts';

/** Sections that no part of the service fills yet are left out, as sections without data are. */
export const getVideoInfo = ({ library, classes, database: { db }, addresses }: LibraryActionDeps) =>
  handler(GetVideoInfo, async ({ fileId, infoFilter }, { appId }) => {
    const video = await library.videos.require(db, appId, fileId);
    const nameOf = await classes.names(db, appId, [video.classId]);
    const wanted = (section: string) => !infoFilter?.length || infoFilter.some((name) => name === section);
    return {
      ...(wanted('basicInfo') && {
        basicInfo: basicInfoOf(video, nameOf(video.classId), addresses),
      }),
      ...(wanted('metaData') &&
        video.info && { metaData: metaDataOf(video.info, { md5: video.md5, totalSize: video.size }) }),
      ...(wanted('transcodeInfo') &&
        transcodeInfoOf(video, await library.outputs.of(db, appId, fileId), addresses)),
      ...(wanted('keyFrameDescInfo') && keyFrameDescInfoOf(await library.marks.of(db, fileId))),
    };
  });
