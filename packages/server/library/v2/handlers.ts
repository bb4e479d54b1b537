import type { ActionHandler } from '../../common/v2/handler.ts';
import { createVodTags } from './CreateVodTags.ts';
import { deleteClass } from './DeleteClass.ts';
import { deleteVodFile } from './DeleteVodFile.ts';
import { deleteVodTags } from './DeleteVodTags.ts';
import { describeAllClass } from './DescribeAllClass.ts';
import { describeVodInfo } from './DescribeVodInfo.ts';
import { describeVodPlayInfo } from './DescribeVodPlayInfo.ts';
import { describeVodPlayUrls } from './DescribeVodPlayUrls.ts';
import type { LibraryActionDeps } from './deps.ts';
import { getVideoInfo } from './GetVideoInfo.ts';
import { modifyVodInfo } from './ModifyVodInfo.ts';

/** Handlers of the actions on videos, and of those on classes that concern the videos in them. */
export function libraryHandlers(deps: LibraryActionDeps): ActionHandler[] {
  return [
    describeVodPlayUrls(deps),
    getVideoInfo(deps),
    describeVodInfo(deps),
    describeVodPlayInfo(deps),
    modifyVodInfo(deps),
    createVodTags(deps),
    deleteVodTags(deps),
    deleteVodFile(deps),
    describeAllClass(deps),
    deleteClass(deps),
  ];
}
