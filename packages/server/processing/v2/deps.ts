import { ACTION_ERRORS, ApiError, PUBLIC_ERRORS } from '@openvod/contract/v2';
import type { Database } from '../../database/index.ts';
import { type Library, VideoGoneError } from '../../library/index.ts';
import type { Templates } from '../../templates/index.ts';
import type { Processing } from '../types.ts';

/** What the handlers of this room are made of. */
export interface ProcessingActionDeps {
  database: Database;
  library: Library;
  processing: Processing;
  templates: Templates;
}

export function fileNotFound(fileId: string): ApiError {
  return new ApiError(ACTION_ERRORS.fileNotFound, `file ${fileId} does not exist`);
}

/** Answers 10008 when the video is deleted in between. */
export async function starting(fileId: string, start: () => Promise<string>): Promise<{ vodTaskId: string }> {
  try {
    return { vodTaskId: await start() };
  } catch (error) {
    throw error instanceof VideoGoneError ? fileNotFound(fileId) : error;
  }
}

/** Refuses, by name, the first parameter that asks for something this release does not make. */
export function refuseUnoffered(given: Record<string, boolean>): void {
  const name = Object.keys(given).find((parameter) => given[parameter]);
  if (name === undefined) return;
  throw new ApiError(PUBLIC_ERRORS.VersionUnsupported, `${name} is not offered yet`);
}
