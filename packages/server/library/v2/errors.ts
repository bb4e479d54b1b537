import { ACTION_ERRORS, ApiError } from '@openvod/contract/v2';
import { VideoGoneError } from '../errors.ts';

export function fileNotFound(fileId: string): ApiError {
  return new ApiError(ACTION_ERRORS.fileNotFound, `file ${fileId} does not exist`);
}

/** Runs a change of a video; answers 10008 when the video is not there. */
export async function changing<T>(fileId: string, change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    throw error instanceof VideoGoneError ? fileNotFound(fileId) : error;
  }
}
