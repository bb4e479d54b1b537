/**
 * What broke a rule when the rule was made. The lists only get shorter; `npm run check` names the entries that nothing needs any more.
 */

/** Cited paths that do not exist. */
export const MISSING_CITATIONS: readonly string[] = [
  'contract/class/DescribeClass.yaml',
  'contract/common.yaml',
  'contract/delivery/cdnLog.yaml',
  'contract/events/FileDeleted.yaml',
  'contract/events/NewFileUpload.yaml',
  'contract/events/ProcedureStateChanged.yaml',
  'contract/events/_overview.yaml',
  'contract/media/CreateVodTags.yaml',
  'contract/media/DescribeVodInfo.yaml',
  'contract/processing-error-codes.yaml',
  'contract/processing/ProcessFile.yaml',
  'contract/specs/output-naming.yaml',
  'contract/specs/transcode-definitions.yaml',
  'contract/task/GetTaskInfo.yaml',
  'contract/task/_model.yaml',
  'contract/upload/InitUpload.yaml',
  'contract/upload/SmallFileUpload.yaml',
  'contract/upload/UploadPart.yaml',
  'contract/upload/_flows.yaml',
  'specs/output-naming.yaml',
  'specs/transcode-definitions.yaml',
];

/** Files that say a code of the API in digits. */
export const CODES_IN_DIGITS: readonly string[] = [
  'packages/server/media/errors.ts',
  'packages/server/tasks/state.ts',
];

/** Methods that only tests call until what needs them is there. */
export const METHODS_WAITING: readonly string[] = [
  'deleteKey',
  'watchTasks',
  'listApplications',
  'createSubApplication',
  'readAll',
  'bytesInUse',
];
