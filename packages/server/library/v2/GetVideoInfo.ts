import { GetVideoInfo } from '@openvod/contract/v2';
import { handler } from '../../common/v2/handler.ts';
import type { LibraryActionDeps } from './deps.ts';
import { basicInfoOf } from './views/basic-info.ts';
import { drmOf } from './views/drm.ts';
import { keyFrameDescInfoOf } from './views/key-frame-desc.ts';
import { metaDataOf } from './views/meta-data.ts';
import { pictureSectionsOf } from './views/pictures.ts';
import { transcodeInfoOf } from './views/transcode-info.ts';

/** What is told of what was made of a video. */
const OF_OUTPUTS = [
  'drm',
  'transcodeInfo',
  'animatedGraphicsInfo',
  'imageSpriteInfo',
  'snapshotByTimeOffsetInfo',
  'sampleSnapshotInfo',
] as const;

/** Sections that no part of the service fills yet are left out, as sections without data are. What no wanted one needs is not read. */
export const getVideoInfo = ({ library, classes, database: { db }, addresses }: LibraryActionDeps) =>
  handler(GetVideoInfo, async ({ fileId, infoFilter }, { appId }) => {
    const wanted = infoFilter?.length ? new Set<string>(infoFilter) : null;
    const isWanted = (section: string) => wanted === null || wanted.has(section);
    const video = await library.videos.require(db, appId, fileId);
    const nameOf = await classes.names(db, appId, [video.classId]);
    const outputs = OF_OUTPUTS.some(isWanted) ? await library.outputs.of(db, appId, fileId) : [];
    const marks = isWanted('keyFrameDescInfo') ? await library.marks.of(db, fileId) : [];
    const { info, md5, size: totalSize } = video;
    const sections = {
      basicInfo: basicInfoOf(video, nameOf(video.classId), addresses),
      ...(info && { metaData: metaDataOf(info, { md5, totalSize }) }),
      ...drmOf(outputs),
      ...transcodeInfoOf(video, outputs, addresses),
      ...pictureSectionsOf(video, outputs, addresses),
      ...keyFrameDescInfoOf(marks),
    };
    return Object.fromEntries(Object.entries(sections).filter(([name]) => isWanted(name)));
  });
