import { createHash } from 'node:crypto';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Requester } from '../request.ts';
import { missingParts, type Part, partSizeFor } from './parts.ts';
import { patient, type Waiting } from './patience.ts';

/** Read at a time while the whole is hashed, bytes. */
const READ_BYTES = 1_048_576;

export interface UploadOptions {
  /** Name of the video. Default: the file's name without its extension. */
  name?: string;
  /** Extension. Default: the file's. */
  type?: string;
  tags?: string[];
  classId?: number;
  /** Transcode with the account's default definitions once it is there. */
  transcode?: boolean;
  /** Lay the account's default watermark over that. */
  watermark?: boolean;
  /** Task flow that runs once it is there, such as `QCVB_SimpleProcessFile({210,220},1,10)`. */
  procedure?: string;
  /** A picture file, at most 1 MiB, to be the video's cover. */
  cover?: string;
  /** Parts sent at a time. Default 4; memory is twice this number times 4 MiB at most, whatever the file's size. */
  parallel?: number;
  signal?: AbortSignal;
  onProgress?: (progress: UploadProgress) => void;
}

export interface UploadProgress {
  phase: 'hashing' | 'uploading' | 'finishing' | 'done';
  totalBytes: number;
  hashedBytes: number;
  /** Bytes that the service has, those of earlier attempts included. */
  uploadedBytes: number;
  /** Set while the service does not answer and is tried again, as it is for 60 s; null otherwise. */
  waiting: Waiting | null;
}

export interface UploadResult {
  fileId: string;
  /** Play address of the source. */
  url: string;
  /** Address of the cover, when one was given. */
  coverUrl?: string;
}

/**
 * Announce, send the missing parts, finish (docs/wire/uploads.md). A restart of the service on the way is waited out.
 * @throws OpenVodError, OpenVodNetworkError; at once when trying again changes nothing
 */
export async function uploadFile(
  once: Requester,
  file: string,
  options: UploadOptions = {},
): Promise<UploadResult> {
  await using handle = await open(file);
  const totalBytes = (await handle.stat()).size;
  if (totalBytes === 0) throw new Error(`${file} is empty`);
  const state: UploadProgress = {
    phase: 'hashing',
    totalBytes,
    hashedBytes: 0,
    uploadedBytes: 0,
    waiting: null,
  };
  const report = (change: Partial<UploadProgress>) =>
    options.onProgress?.({ ...Object.assign(state, change) });
  const request = patient(once, (waiting) => report({ waiting }));

  const fileSha = await hashFile(handle, options.signal, (hashedBytes) => report({ hashedBytes }));
  const session = await request('InitUpload', announcement(file, fileSha, totalBytes, options), {
    signal: options.signal,
  });
  if (session.code !== 2) {
    const stored = (session.listParts ?? []) as { offset: number; dataSize: number }[];
    const parts = missingParts(totalBytes, Number(session.dataSize ?? partSizeFor(totalBytes)), stored);
    const missing = parts.reduce((sum, part) => sum + part.size, 0);
    report({ phase: 'uploading', uploadedBytes: totalBytes - missing });
    await sendParts(request, handle, fileSha, parts, options, (bytes) =>
      report({ uploadedBytes: state.uploadedBytes + bytes }),
    );
  }
  report({ phase: 'finishing', uploadedBytes: totalBytes });
  // Joining and checking takes longer for larger files: a minute, and a second for each 50 MB.
  const timeoutMs = 60_000 + Math.ceil(totalBytes / 50_000);
  const { fileId, url } = await request('FinishUpload', { fileSha }, { signal: options.signal, timeoutMs });
  const result: UploadResult = { fileId: String(fileId), url: String(url) };
  const name = videoName(file, options);
  if (announcedName(name) !== name) {
    await request('ModifyVodInfo', { fileId: result.fileId, fileName: name }, { signal: options.signal });
  }
  if (options.cover)
    result.coverUrl = await uploadCover(request, options.cover, result.fileId, options.signal);
  report({ phase: 'done' });
  return result;
}

function announcement(file: string, fileSha: string, fileSize: number, options: UploadOptions): object {
  const { ext } = path.parse(file);
  return {
    fileName: announcedName(videoName(file, options)),
    fileSha,
    fileSize,
    dataSize: partSizeFor(fileSize),
    fileType: options.type ?? ext.slice(1).toLowerCase(),
    tags: options.tags,
    classId: options.classId,
    isTranscode: options.transcode,
    isWatermark: options.watermark,
    procedure: options.procedure,
  };
}

function videoName(file: string, options: UploadOptions): string {
  return options.name ?? path.parse(file).name;
}

/**
 * InitUpload takes 40 characters and none of `\\ / : * ? " < > |` (docs/wire/uploads.md); the full name follows
 * with ModifyVodInfo, which takes more.
 */
export function announcedName(name: string): string {
  return [...name.replace(/[\\/:*?"<>|]/g, '_')].slice(0, 40).join('');
}

async function hashFile(
  handle: FileHandle,
  signal: AbortSignal | undefined,
  onBytes: (hashed: number) => void,
): Promise<string> {
  const hash = createHash('sha1');
  let hashed = 0;
  const stream = handle.createReadStream({ start: 0, autoClose: false, highWaterMark: READ_BYTES, signal });
  for await (const chunk of stream) {
    hash.update(chunk);
    hashed += chunk.length;
    onBytes(hashed);
  }
  return hash.digest('hex');
}

/** Workers take the next part until none is left; the first fault stops them all. */
async function sendParts(
  request: Requester,
  handle: FileHandle,
  fileSha: string,
  parts: Part[],
  options: UploadOptions,
  onSent: (bytes: number) => void,
): Promise<void> {
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const queue = parts.values();
  const worker = async () => {
    // Used for one part after the other: large memory is collected late when each has its own.
    let memory = new Uint8Array();
    for (const { offset, size } of queue) {
      signal.throwIfAborted();
      if (memory.length < size) memory = new Uint8Array(size);
      const body = memory.subarray(0, size);
      await fill(body, handle, offset);
      const dataMd5 = createHash('md5').update(body).digest('hex');
      // Half a minute, and longer for larger parts: lines that carry 20 KB/s must do.
      const timeoutMs = 30_000 + Math.ceil(size / 20);
      const part = { fileSha, offset, dataSize: size, dataMd5 };
      await request('UploadPart', part, { signal, body, timeoutMs });
      onSent(size);
    }
  };
  try {
    await Promise.all(Array.from({ length: options.parallel ?? 4 }, worker));
  } catch (error) {
    stop.abort();
    throw error;
  }
}

/** Reads as many bytes as there is room for. Throws when the file has fewer. */
async function fill(bytes: Uint8Array, handle: FileHandle, offset: number): Promise<void> {
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, offset + filled);
    if (bytesRead === 0) throw new Error('the file became shorter while it was uploaded');
    filled += bytesRead;
  }
}

async function uploadCover(
  request: Requester,
  file: string,
  videoId: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const body = Uint8Array.from(await readFile(file));
  const { ext, name } = path.parse(file);
  const { url } = await request(
    'SmallFileUpload',
    {
      fileName: name,
      fileSha: createHash('sha1').update(body).digest('hex'),
      fileSize: body.length,
      dataSize: body.length,
      fileType: ext.slice(1).toLowerCase(),
      extra: { usage: 1, fileId: videoId },
    },
    { signal, body },
  );
  return String(url);
}
