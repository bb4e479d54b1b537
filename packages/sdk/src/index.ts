export { type PlayTerms, signPlayUrl, withKeyToken } from '@openvod/contract/v2/signature/play-address.ts';
export { type PlayerTerms, playerSignature } from '@openvod/contract/v2/signature/player-signature.ts';
export { type ActionMethods, type ActionName, type Client, createClient } from './client.ts';
export { OpenVodError, OpenVodNetworkError } from './errors.ts';
export type * from './generated/actions.ts';
export type { CallOptions, ClientOptions } from './request.ts';
export type { Waiting } from './upload/patience.ts';
export type { UploadOptions, UploadProgress, UploadResult } from './upload/upload-file.ts';
