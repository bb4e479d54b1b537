import type { Params } from '../../e2e/testing/caller.ts';
import { announcement, md5, sha1 } from '../../e2e/testing/upload.ts';
import { GaveUp, type Insistence } from './insistence.ts';

const PART = 1024 ** 2;

/** Uploads a file, its parts at once, each call repeated until it is answered; resolves to the id. Rejects with GaveUp. */
export async function uploadOnce(
  service: Insistence,
  bytes: Buffer<ArrayBuffer>,
  more: Params = {},
): Promise<string> {
  const fileSha = sha1(bytes);
  const wish = announcement(bytes, { dataSize: PART, ...more });
  const begun = await service.until('InitUpload', (call) => call.upload('InitUpload', wish));
  if (begun.code !== 0 && begun.code !== 1) throw refused('InitUpload', begun);
  const offsets = Array.from({ length: Math.ceil(bytes.length / PART) }, (_, index) => index * PART);
  await Promise.all(
    offsets.map(async (offset) => {
      const body = bytes.subarray(offset, offset + PART);
      const part = { fileSha, offset, dataSize: body.length, dataMd5: md5(body) };
      const answer = await service.until('UploadPart', (call) => call.upload('UploadPart', part, body));
      if (answer.code !== 0) throw refused('UploadPart', answer);
    }),
  );
  const finish = await service.until('FinishUpload', (call) => call.upload('FinishUpload', { fileSha }));
  if (finish.code !== 0) throw refused('FinishUpload', finish);
  return finish.fileId;
}

function refused(what: string, { code, message }: { code: number; message: string }): GaveUp {
  return new GaveUp(`${what} was refused for good: ${code} ${message}`);
}
