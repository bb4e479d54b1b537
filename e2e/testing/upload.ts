import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Caller, Params } from './caller.ts';

export const PART_SIZE = 524_288;

export const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('hex');
export const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');

/** What InitUpload says of a file. */
export function announcement(bytes: Uint8Array, more: Params = {}): Params {
  const file = { fileName: 'clip', fileType: 'mp4', fileSha: sha1(bytes), fileSize: bytes.length };
  return { ...file, dataSize: PART_SIZE, ...more };
}

/** Parameters and body of one UploadPart. */
export function partAt(bytes: Buffer<ArrayBuffer>, offset: number, size = PART_SIZE) {
  const body = bytes.subarray(offset, offset + size);
  const params = { fileSha: sha1(bytes), offset, dataSize: body.length, dataMd5: md5(body) };
  return { params, body };
}

/** Uploads in the plainest way; every answer must be a success. */
export async function upload(
  call: Caller,
  bytes: Buffer<ArrayBuffer>,
  more: Params = {},
): Promise<{ fileId: string; url: string }> {
  const begun = await call.upload('InitUpload', announcement(bytes, more));
  assert.equal(begun.code, 0, begun.message);
  for (let offset = 0; offset < bytes.length; offset += PART_SIZE) {
    const { params, body } = partAt(bytes, offset);
    const stored = await call.upload('UploadPart', params, body);
    assert.equal(stored.code, 0, stored.message);
  }
  const finished = await call.upload('FinishUpload', { fileSha: sha1(bytes) });
  assert.equal(finished.code, 0, finished.message);
  return { fileId: finished.fileId, url: finished.url };
}
