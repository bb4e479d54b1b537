import { createHash, randomInt } from 'node:crypto';
import { KEYS } from '../testing/caller.ts';
import {
  exchange,
  HOST,
  patiently,
  sendMissing,
  signedQuery,
  type UploadAnswer,
  type UploadClient,
  type Values,
} from './wire.ts';

const PATH = '/v3/index.php';
const PART_SIZE = 1_048_576;
const THREADS = 4;
const RETRIES = 3;

/** HttpWebRequest with the type of a form, whatever the bytes are. */
function send(
  port: number,
  action: string,
  values: Values,
  body: Uint8Array = Buffer.alloc(0),
): Promise<UploadAnswer> {
  const all = {
    Action: action,
    Nonce: randomInt(1, 2 ** 31),
    Region: 'gz',
    SecretId: KEYS.secretId,
    Timestamp: Math.floor(Date.now() / 1000),
    ...values,
  };
  const head = [
    `POST ${PATH}?${signedQuery(PATH, all)} HTTP/1.1`,
    'Content-Type: application/x-www-form-urlencoded',
    `Host: ${HOST}`,
    `Content-Length: ${body.length}`,
    'Connection: Keep-Alive',
  ];
  return exchange(port, head, body);
}

async function call(
  port: number,
  action: string,
  values: Values,
  body?: Uint8Array,
  accepted: readonly number[] = [0],
): Promise<UploadAnswer> {
  const answer = await patiently(RETRIES, () => send(port, action, values, body));
  if (!accepted.includes(answer.code)) throw new Error(`${action}: ${answer.code} ${answer.message}`);
  return answer;
}

/** vod-csharp-server-sdk-v4: SHA-1 in capitals, the name with its extension, covers by the three calls of a video. */
export const csharpV4: UploadClient = {
  name: 'C# v4',
  async upload(port, { name, type, bytes }, wishes = {}) {
    const fileSha = createHash('sha1').update(bytes).digest('hex').toUpperCase();
    const announced = {
      ...{
        fileSha,
        fileSize: bytes.length,
        fileName: `${name}.${type}`,
        fileType: type,
        dataSize: PART_SIZE,
      },
      ...{ isTranscode: Number(wishes.transcode ?? false), isScreenshot: 0, isWatermark: 0 },
      classId: wishes.classId ?? 0,
      ...(wishes.coverOf !== undefined && { usage: 1, fileId: wishes.coverOf }),
      ...Object.fromEntries(wishes.tags?.map((tag, index) => [`tag.${index + 1}`, tag]) ?? []),
    };
    const init = await call(port, 'InitUpload', announced, undefined, [0, 1, 2]);
    const sent = await sendMissing(init, bytes, PART_SIZE, { parallel: THREADS, ...wishes }, (part, body) =>
      call(port, 'UploadPart', { fileSha, ...part }, body),
    );
    const { fileId = '', url = '' } = await call(port, 'FinishUpload', { fileSha });
    // It reports every upload and does not care for the answer, as long as one comes.
    await send(port, 'Report', { fileSha, fileId });
    return { fileId, url, initCode: init.code, sent };
  },
};
