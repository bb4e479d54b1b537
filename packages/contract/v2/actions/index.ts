import type { Action } from '../action.ts';
import { CreateClass } from './class/CreateClass.ts';
import { DeleteClass } from './class/DeleteClass.ts';
import { DescribeAllClass } from './class/DescribeAllClass.ts';
import { DescribeClass } from './class/DescribeClass.ts';
import { ModifyClass } from './class/ModifyClass.ts';
import { ConfirmEvent } from './event/ConfirmEvent.ts';
import { PullEvent } from './event/PullEvent.ts';
import { CreateVodTags } from './media/CreateVodTags.ts';
import { DeleteVodFile } from './media/DeleteVodFile.ts';
import { DeleteVodTags } from './media/DeleteVodTags.ts';
import { DescribeVodInfo } from './media/DescribeVodInfo.ts';
import { DescribeVodPlayInfo } from './media/DescribeVodPlayInfo.ts';
import { DescribeVodPlayUrls } from './media/DescribeVodPlayUrls.ts';
import { GetVideoInfo } from './media/GetVideoInfo.ts';
import { ModifyVodInfo } from './media/ModifyVodInfo.ts';
import { capitalised } from './not-offered.ts';
import { ConvertVodFile } from './processing/ConvertVodFile.ts';
import { ProcessFile } from './processing/ProcessFile.ts';
import { GetTaskInfo } from './task/GetTaskInfo.ts';
import { GetTaskList } from './task/GetTaskList.ts';
import { RedoTask } from './task/RedoTask.ts';
import { FinishUpload } from './upload/FinishUpload.ts';
import { InitUpload } from './upload/InitUpload.ts';
import { SmallFileUpload } from './upload/SmallFileUpload.ts';
import { UploadPart } from './upload/UploadPart.ts';

export {
  ConfirmEvent,
  ConvertVodFile,
  CreateClass,
  CreateVodTags,
  DeleteClass,
  DeleteVodFile,
  DeleteVodTags,
  DescribeAllClass,
  DescribeClass,
  DescribeVodInfo,
  DescribeVodPlayInfo,
  DescribeVodPlayUrls,
  FinishUpload,
  GetTaskInfo,
  GetTaskList,
  GetVideoInfo,
  InitUpload,
  ModifyClass,
  ModifyVodInfo,
  ProcessFile,
  PullEvent,
  RedoTask,
  SmallFileUpload,
  UploadPart,
};

/** Every action that this release offers, in the order of the reference. */
export const ACTIONS: readonly Action[] = [
  DescribeVodPlayUrls,
  GetVideoInfo,
  DescribeVodInfo,
  DescribeVodPlayInfo,
  ModifyVodInfo,
  CreateVodTags,
  DeleteVodTags,
  DeleteVodFile,
  CreateClass,
  DescribeAllClass,
  DescribeClass,
  ModifyClass,
  DeleteClass,
  InitUpload,
  UploadPart,
  FinishUpload,
  SmallFileUpload,
  ConvertVodFile,
  ProcessFile,
  GetTaskInfo,
  GetTaskList,
  RedoTask,
  PullEvent,
  ConfirmEvent,
];

const BY_NAME = new Map<string, Action>(
  ACTIONS.flatMap((action) => [action.name, ...action.aliases].map((name) => [name, action] as const)),
);

/**
 * The action of this name or alias. The case of the first letter does not matter: documents write
 * `describeVodInfo` now and then, SDKs turn it into `DescribeVodInfo`.
 */
export function actionByName(name: string): Action | undefined {
  return BY_NAME.get(name) ?? BY_NAME.get(capitalised(name));
}
