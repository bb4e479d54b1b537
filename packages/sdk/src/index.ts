export {
  type ActionMethods,
  type ActionName,
  type CallOptions,
  type Client,
  type ClientOptions,
  createClient,
} from './client.ts';
export { OpenVodError, OpenVodNetworkError } from './errors.ts';
export type * from './generated/actions.ts';
export type { UploadOptions, UploadProgress, UploadResult } from './upload/upload-file.ts';
