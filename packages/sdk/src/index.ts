export { type ActionMethods, type ActionName, type Client, createClient } from './client.ts';
export { OpenVodError, OpenVodNetworkError } from './errors.ts';
export type * from './generated/actions.ts';
export type { CallOptions, ClientOptions } from './request.ts';
export type { Waiting } from './upload/patience.ts';
export type { UploadOptions, UploadProgress, UploadResult } from './upload/upload-file.ts';
